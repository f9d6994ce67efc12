// The formulas with their numbers; each weight can be dragged, turned or typed.
import { make } from "./make.js";
import { typeset } from "./typeset.js";

export function drawFormulas(cell) {
  const lines = cell.data.formulas[cell.unit];
  const { words } = cell.data;
  if (cell.changed("formulas", [lines, words, cell.unit])) {
    cell.fills = [];
    cell.parts.formulas.replaceChildren(...lines.map((line) => lineOf(cell, line)));
  }
  for (const fill of cell.fills) fill();
}

function lineOf(cell, line) {
  const left = typeset(make("span", { class: "left" }), line.symbol);
  const course = typeset(make("span", { class: "course" }), line.course);
  const numbers = make("span", { class: "numbers" });
  if (line.parts.length) {
    numbers.append("= ");
    line.parts.forEach((part, i) => {
      const before = line.parts[i - 1] ?? "("; // a minus needs no parentheses of its own there
      const alone = typeof before === "string" && before.endsWith("(");
      numbers.append(partOf(cell, part, alone));
    });
  } else {
    const note = make("em");
    numbers.append(note);
    cell.fills.push(() => (note.textContent = cell.data.words[cell.held(line.name) || "free"]));
  }
  const result = make("b", { class: "result" });
  const unit = line.name === "output" ? 0 : cell.unit;
  cell.fills.push(() => {
    const value = cell.value(line.name, unit, cell.t, "values");
    const [back, ink] = cell.paint(value, cell.data.rows.find((r) => r.name === line.name).scale);
    result.style.cssText = `background: ${back}; color: ${ink}`;
    result.textContent = cell.say(value, 3);
  });
  numbers.append(make("span", { class: "gives" }, " = ", result));
  return make(
    "div",
    { class: "line", "data-name": line.name },
    make("div", { class: "letters" }, left, " = ", course),
    numbers,
  );
}

function partOf(cell, part, alone) {
  if (typeof part === "string") return typeset(make("span"), part);
  if ("w" in part) return scrubber(cell, part.w, alone);
  const number = make("span", { class: "value" });
  cell.fills.push(() => {
    const value = cell.value(part.v, part.u, cell.t - (part.b ?? 0), "values");
    const text = part.v === "input" ? cell.plain(value) : cell.say(value, 3);
    number.textContent = text.startsWith("−") && !alone ? `(${text})` : text;
  });
  return number;
}

// A weight: dragged sideways, turned with the arrow keys, or typed after a click.
function scrubber(cell, place, alone) {
  const name = cell.data.names[place];
  const number = make("span", {
    class: "weight",
    role: "spinbutton",
    tabindex: "0",
    title: `${name}. ${cell.data.words.drag}`,
    "aria-label": name,
    "data-weight": place,
  });
  cell.fills.push(() => {
    if (number.querySelector("input")) return;
    const value = cell.weight(place);
    const text = cell.plain(value);
    number.textContent = value < 0 && !alone ? `(${text})` : text;
    number.setAttribute("aria-valuenow", value);
  });
  const set = (value) => {
    const most = cell.data.most_weight;
    const kept = Math.max(-most, Math.min(most, Number(value.toFixed(3))));
    cell.edit({ weights: { ...cell.local.weights, [place]: kept } });
  };
  let from = null;
  number.onpointerdown = (event) => {
    if (number.querySelector("input")) return;
    from = { x: event.clientX, value: cell.weight(place), moved: false };
    number.setPointerCapture(event.pointerId);
    event.preventDefault();
    number.focus();
  };
  number.onpointermove = (event) => {
    if (!from) return;
    const by = event.clientX - from.x;
    from.moved ||= Math.abs(by) > 3;
    if (!from.moved) return;
    const step = Math.abs(from.value) >= 5 ? 0.1 : 0.02;
    set(Math.round((from.value + by * step) / step) * step);
  };
  number.onpointerup = () => {
    if (from && !from.moved) typeIn(cell, number, place, set);
    from = null;
  };
  number.onpointercancel = () => (from = null);
  number.onkeydown = (event) => {
    const turn = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (number.querySelector("input")) return;
    if (turn) set(cell.weight(place) + turn * (event.shiftKey ? 1 : 0.1));
    else if (event.key === "Enter") typeIn(cell, number, place, set);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return number;
}

function typeIn(cell, number, place, set) {
  const field = make("input", { inputmode: "decimal", "aria-label": cell.data.names[place] });
  field.value = String(cell.weight(place)).replace(".", cell.data.words.point);
  number.replaceChildren(field);
  field.select();
  const close = (keep) => {
    field.onblur = null;
    const value = Number(field.value.replace(",", ".").replace("−", "-"));
    number.replaceChildren();
    if (keep && field.value.trim() && Number.isFinite(value)) set(value);
    else drawFormulas(cell);
    number.focus();
  };
  field.onblur = () => close(true);
  field.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Enter") close(true);
    if (event.key === "Escape") close(false);
  };
}
