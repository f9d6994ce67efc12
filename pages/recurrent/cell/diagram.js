// The diagram with the numbers of one step, in the colours of their size.
import { drawCell } from "./drawings.js";

const NARROW_PX = 560;

export function drawDiagram(cell) {
  const { data } = cell;
  const narrow = cell.root.clientWidth > 0 && cell.root.clientWidth < NARROW_PX;
  const shape = [data.cell, data.units, data.activation, narrow];
  if (cell.changed("diagram", shape)) {
    cell.pen = drawCell(cell.parts.diagram, data, narrow);
    for (const { name, group } of cell.pen.gates) group.onclick = () => cell.hold(name);
    for (const { unit, box } of cell.pen.swatches) {
      box.addEventListener("pointerenter", () =>
        cell.parts.diagram.setAttribute("data-unit", unit),
      );
    }
  }
  cell.parts.diagram.setAttribute("aria-label", data.alt);
  for (const { name, unit, before, box, rect, text } of cell.pen.swatches) {
    const value = cell.value(name, unit, cell.t - before);
    const [back, ink] = cell.paint(value, cell.scale(name));
    rect.style.fill = back;
    text.style.fill = ink;
    const typed = name === "input" && cell.mode === "values";
    text.textContent = typed ? cell.plain(value) : cell.say(value);
    const single = name === "input" || name === "output";
    box.classList.toggle("chosen", data.units > 1 && !single && unit === cell.unit);
  }
  for (const { circle, text, by } of cell.pen.ops) {
    const gate = by.replace("-", "");
    const open = data.rows.find((row) => row.name === gate).values[cell.t];
    const mean = open.reduce((sum, value) => sum + value, 0) / open.length;
    const [back, ink] = cell.paint(by === gate ? mean : 1 - mean, 1);
    circle.style.fill = back;
    text.style.fill = ink;
  }
  for (const { name, group, button, note } of cell.pen.gates) {
    const how = cell.held(name);
    note.textContent = how ? data.words[how] : "";
    group.classList.toggle("on", Boolean(how));
    button.setAttribute(
      "aria-label",
      `${data.rows.find((row) => row.name === name).label}: ${data.words[how || "free"]}`,
    );
  }
}
