// All steps side by side; the inputs are drawn by hand.
import { make } from "./make.js";
import { typeset } from "./typeset.js";

const TAP_PX = 8; // that a finger moves while it taps

export function drawUnrolled(cell) {
  const { data } = cell;
  const shape = [data.rows.map((row) => [row.name, row.symbol, row.label]), data.steps, data.units];
  if (cell.changed("unrolled", [shape, data.words])) buildUnrolled(cell);
  const inputs = cell.inputs();
  for (const { row, unit, t, box } of cell.boxes) {
    const value = cell.value(row.name, unit, t);
    const now = cell.data.rows.find((r) => r.name === row.name);
    const [back, ink] = cell.paint(value, cell.scale(row.name));
    box.style.background = back;
    box.style.color = ink;
    box.firstChild.textContent = cell.say(value);
    box.title =
      `${now.label}${data.units > 1 && now.values[0].length > 1 ? `, ${data.words.unit} ${unit + 1}` : ""}, ` +
      `${data.words.step_word} ${t + 1}: ${cell.say(value, 3)}`;
  }
  for (const { name, t, box, fill, number, grip } of cell.bars) {
    const all =
      name === "input" ? inputs : data.rows.find((r) => r.name === name).values.map((v) => v[0]);
    const reach = reachOf(cell, all);
    const [value, height] = [all[t], 36 * Math.min(1, Math.abs(all[t]) / reach)];
    fill.style.height = `${height}%`;
    fill.style.top = value >= 0 ? `${50 - height}%` : "50%";
    fill.style.background = cell.paint(value, reach)[0];
    number.textContent = name === "input" ? cell.plain(value) : cell.say(value);
    if (grip) grip.style.top = value >= 0 ? `${50 - height}%` : `${50 + height}%`;
    number.style.top = value >= 0 ? `calc(${50 - height}% - 1.15em)` : `${50 + height}%`;
    if (name === "input") {
      box.setAttribute("aria-valuenow", value);
      box.setAttribute("aria-valuemin", -reach);
      box.setAttribute("aria-valuemax", reach);
    }
  }
  cell.columns.forEach((column) =>
    column.classList.toggle("now", Number(column.dataset.t) === cell.t),
  );
  cell.frame.style.gridColumn = `${cell.t + 2}`;
}

function reachOf(cell, values) {
  return cell.drawing ?? Math.max(1, Math.ceil(Math.max(...values.map(Math.abs))));
}

function buildUnrolled(cell) {
  const { data } = cell;
  const grid = make("div", { class: "grid", role: "group", "aria-label": data.words.unrolled });
  grid.style.setProperty("--steps", data.steps);
  [cell.boxes, cell.bars, cell.columns] = [[], [], []];
  let line = 1;
  const place = (element, row, column, height = 1) => {
    element.style.gridArea = `${row} / ${column} / span ${height}`;
    grid.append(element);
    return element;
  };
  const barRow = (name) => {
    const row = data.rows.find((r) => r.name === name);
    const label = place(
      make("div", { class: "symbol", "data-name": name, title: row.label }),
      line,
      1,
    );
    typeset(label, row.symbol);
    for (let t = 0; t < data.steps; t++) {
      const [fill, number] = [make("span", { class: "fill" }), make("span", { class: "number" })];
      const box = place(
        make("div", { class: `bar-box ${name}`, "data-t": t, "data-name": name }, fill, number),
        line,
        t + 2,
      );
      if (name === "input") {
        box.setAttribute("role", "slider");
        box.setAttribute("tabindex", "0");
        box.setAttribute("aria-label", `x, ${data.words.step_word} ${t + 1}`);
      } else box.onclick = () => cell.go({ t });
      const grip = name === "input" ? make("span", { class: "grip" }) : null;
      if (grip) box.append(grip);
      cell.bars.push({ name, t, box, fill, number, grip });
    }
    if (name === "input") {
      label.append(
        make(
          "span",
          { class: "length" },
          make(
            "button",
            {
              type: "button",
              title: data.words.shorter,
              "aria-label": data.words.shorter,
              onclick: () => cell.longer(-1),
            },
            "−",
          ),
          make(
            "button",
            {
              type: "button",
              title: data.words.longer,
              "aria-label": data.words.longer,
              onclick: () => cell.longer(1),
            },
            "+",
          ),
        ),
      );
    }
    line += 1;
  };
  const heatRow = (row) => {
    const units = row.values[0].length;
    const label = place(
      make("div", { class: "symbol slopes", "data-name": row.name, title: row.label }),
      line,
      1,
      units,
    );
    typeset(label, row.symbol);
    for (let unit = 0; unit < units; unit++, line++) {
      for (let t = 0; t < data.steps; t++) {
        const box = place(
          make(
            "button",
            { type: "button", class: "box", tabindex: "-1", "data-name": row.name, "data-t": t },
            make("span"),
          ),
          line,
          t + 2,
        );
        box.classList.toggle("first", unit === 0);
        box.onclick = () => cell.go({ t, unit: row.name === "input" ? cell.unit : unit });
        cell.boxes.push({ row, unit, t, box });
      }
    }
  };
  barRow("output");
  for (const row of data.rows) {
    if (row.name !== "output" && row.name !== "input") heatRow(row);
  }
  heatRow(data.rows.find((row) => row.name === "input"));
  barRow("input");
  for (let t = 0; t < data.steps; t++) {
    const head = make(
      "button",
      { type: "button", class: "head", "data-t": t, onclick: () => cell.go({ t }) },
      String(t + 1),
    );
    head.setAttribute("aria-label", `${data.words.step_word} ${t + 1}`);
    cell.columns.push(place(head, line, t + 2));
  }
  place(make("div", { class: "symbol steps" }, data.words.step_word), line, 1);
  cell.frame = make("div", { class: "now-frame", "aria-hidden": "true" });
  cell.frame.style.gridRow = `1 / ${line + 1}`;
  grid.append(cell.frame);
  grid.onpointerdown = (event) => startDrawing(cell, event, grid);
  cell.parts.unrolled.replaceChildren(grid);
}

function startDrawing(cell, event, grid) {
  const hit = event.target.closest(".bar-box.input");
  if (!hit) return;
  event.preventDefault();
  hit.focus({ preventScroll: true });
  cell.drawing = reachOf(cell, cell.inputs());
  // A finger may be on its way past: beside a bar's end it has to go sideways, or to be lifted.
  let waits = event.pointerType === "touch" && !event.target.closest(".grip");
  const bars = cell.bars.filter((bar) => bar.name === "input").map((bar) => bar.box);
  const set = ({ clientX, clientY }) => {
    const at = bars.findIndex((box) => {
      const { left, right } = box.getBoundingClientRect();
      return clientX >= left && clientX <= right;
    });
    if (at < 0) return;
    const { top, height } = bars[at].getBoundingClientRect();
    const place = Math.max(-1, Math.min(1, (0.5 - (clientY - top) / height) / 0.36));
    cell.t = at;
    cell.input(at, Math.round(10 * place * cell.drawing) / 10);
  };
  grid.setPointerCapture(event.pointerId);
  grid.onpointermove = (move) => {
    const across = Math.abs(move.clientX - event.clientX);
    if (waits && across < TAP_PX) return;
    waits = false;
    set(move);
  };
  grid.onpointerup = grid.onpointercancel = (end) => {
    grid.onpointermove = grid.onpointerup = grid.onpointercancel = null;
    const tapped = Math.abs(end.clientY - event.clientY) < TAP_PX;
    if (waits && tapped && end.type === "pointerup") set(end);
    cell.drawing = undefined;
    cell.draw();
    cell.report();
  };
  if (!waits) set(event);
}
