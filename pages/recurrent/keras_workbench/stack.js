// A stack of layers from the input down to the output: what flows between them over time, and for
// the layer that is looked at its formula and the shapes of its weights.
import { html, svg } from "../../../ui/components/dom.js";

const SLOTS = [20, 68, 116, 156, 196]; // steps 1, 2, 3, something between, the last
const WIDTH = 216;
const REM = 17; // pixels
const GAP = 3; // the slot that stands for all the steps between
const picture = (height) =>
  svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "strip", "aria-hidden": "true" });

function arrow(from, to, y, className) {
  const head = to > from ? -4 : 4;
  const d = `M${from} ${y}H${to}M${to + head} ${y - 3.5}L${to} ${y}L${to + head} ${y + 3.5}`;
  return svg("path", { d, class: className });
}

// What flows: integers, a vector at each step, or one vector. The taller a bar, the more features.
function flow(tensor, height) {
  const drawn = picture(height);
  const tall = Math.min(height - 14, 7 + 3 * Math.log2(1 + (tensor.features ?? 1)));
  SLOTS.forEach((x, slot) => {
    if (tensor.kind === "vector" && slot < SLOTS.length - 1) return;
    if (slot === GAP) {
      drawn.append(svg("text", { x, y: height / 2 + 4, class: "dots" }, "…"));
      return;
    }
    drawn.append(svg("path", { d: `M${x} 0V${height}`, class: "wire" }));
    if (tensor.kind === "integers") {
      drawn.append(svg("circle", { cx: x, cy: height / 2, r: 10.5, class: "integer" }));
      drawn.append(svg("text", { x, y: height / 2 + 4, class: "letter" }, "i"));
      return;
    }
    const top = (height - tall) / 2;
    drawn.append(svg("rect", { x: x - 5, y: top, width: 10, height: tall, class: "features" }));
    for (let y = top + 5; y < top + tall - 1; y += 5)
      drawn.append(svg("path", { d: `M${x - 5} ${y}H${x + 5}`, class: "cut" }));
  });
  return drawn;
}

// The layer at each step: the same weights again and again, and the state that is handed on.
function cells(layer) {
  const height = layer.bidirectional ? 56 : 44;
  const middle = height / 2;
  const drawn = picture(height);
  SLOTS.forEach((x, slot) => {
    if (layer.takes === "vector" && slot < SLOTS.length - 1) return;
    const last = slot === SLOTS.length - 1;
    const goesOn = layer.gives !== "vector" || last;
    if (slot !== GAP)
      drawn.append(svg("path", { d: `M${x} 0V${goesOn ? height : middle}`, class: "wire" }));
    if (slot === GAP) {
      drawn.append(svg("text", { x, y: middle + 4, class: "dots" }, "…"));
    } else {
      const box = { x: x - 17, y: 6, width: 34, height: height - 12, rx: 3, class: "cell" };
      drawn.append(svg("rect", box));
      drawn.append(svg("text", { x, y: middle + 4, class: "sign" }, layer.sign));
    }
    if (layer.recurrent && !last) {
      const [from, to] = [
        x + (slot === GAP ? 9 : 18),
        SLOTS[slot + 1] - (slot + 1 === GAP ? 9 : 18),
      ];
      drawn.append(arrow(from, to, layer.bidirectional ? middle - 9 : middle, "state"));
      if (layer.bidirectional) drawn.append(arrow(to, from, middle + 9, "state"));
    }
  });
  if (layer.bidirectional && layer.gives === "vector") {
    const d = `M${SLOTS[0]} ${height - 6}V${height - 1}H${SLOTS[4]}`;
    drawn.append(svg("path", { d, class: "wire" })); // the backward half has ended at step 1
  }
  return drawn;
}

function tensorRow(tensor) {
  const row = html("div", "tensor");
  const column = html("div", "said");
  column.append(html("code", "", tensor.shape), html("span", "", tensor.what));
  row.append(column, tensor.kind ? flow(tensor, 40) : html("div"));
  return row;
}

function layerRow(layer, i) {
  const row = html("div", "layer");
  row.dataset.index = i;
  row.tabIndex = 0;
  row.setAttribute("role", "button");
  row.setAttribute("aria-description", layer.spoken);
  row.style.setProperty("--layer", `light-dark(${layer.colours.join(", ")})`);
  row.toggleAttribute("data-fault", Boolean(layer.fault));
  const column = html("div", "said");
  const head = html("div", "head");
  head.append(html("strong", "", layer.title), html("span", "", layer.options));
  column.append(head);
  if (layer.worked) column.append(html("div", "count", layer.worked));
  if (layer.share !== null) {
    const bar = html("div", "bar");
    bar.style.setProperty("--share", `${(100 * layer.share).toFixed(1)}%`);
    column.append(bar);
  }
  row.append(column, layer.takes ? cells(layer) : html("div"));
  return row;
}

// A weight array to scale, as far as a thousand columns and one can stand side by side.
function weightPicture(weight) {
  const side = (size) => Math.max(9, 10 * Math.log2(1 + size));
  const [down, across] = weight.shape.length > 1 ? weight.shape : [1, weight.shape[0]];
  const [height, width] = [side(down), Math.max(side(across), 23 * weight.blocks.length)];
  const made = html("div", "weight");
  const name = html("div", "name");
  name.append(html("code", "", weight.name), html("span", "", weight.said));
  made.append(name);
  const box = html("div", "array");
  box.style.width = `${width / REM}rem`; // grows with the type of the class view
  box.style.height = `${Math.max(height, weight.blocks.length ? 20 : 0) / REM}rem`;
  for (const block of weight.blocks.length ? weight.blocks : [""]) {
    const part = html("div", "block");
    const [letter, index] = block.split("_");
    part.append(letter);
    if (index) part.append(html("sub", "", index));
    box.append(part);
  }
  const row = html("div", "sized");
  row.append(html("span", "down", down > 1 ? down : ""), box);
  made.append(row, html("div", "across", across));
  return made;
}

function details(state, index) {
  const layer = state.data.layers[index];
  const panel = state.root.querySelector(".details");
  panel.replaceChildren();
  if (!layer) return;
  panel.style.setProperty("--layer", `light-dark(${layer.colours.join(", ")})`);
  const heading = html("p", "heading", layer.heading);
  heading.setAttribute("role", "heading");
  heading.setAttribute("aria-level", "2");
  panel.append(heading);
  if (layer.fault) panel.append(html("p", "fault", layer.fault));
  panel.append(html("p", "about", layer.about));
  if (layer.formula) {
    const formula = html("div", "formula");
    formula.append(html("div", "symbols", layer.formula));
    formula.append(html("div", "numbers", `= ${layer.numbers}`));
    formula.append(html("div", "result", `= ${layer.params}`));
    panel.append(formula);
    if (layer.where) panel.append(html("p", "where", layer.where));
  }
  const weights = html("div", "weights");
  weights.append(...layer.weights.map(weightPicture));
  panel.append(weights);
  if (layer.twice) panel.append(html("p", "where", layer.twice));
}

function look(state, index) {
  if (state.looked === index) return;
  state.looked = index;
  for (const row of state.rows)
    row.toggleAttribute("data-looked", Number(row.dataset.index) === index);
  details(state, index);
}

function choose(state, index) {
  state.index = index;
  for (const row of state.rows) {
    const chosen = Number(row.dataset.index) === index;
    row.setAttribute("aria-pressed", String(chosen));
  }
  look(state, index);
}

function listen(state) {
  const { flowBox } = state;
  const at = (event) => event.target.closest?.(".layer");
  const press = (row) => {
    choose(state, Number(row.dataset.index));
    state.tell("index", state.index);
  };
  flowBox.onclick = (event) => {
    if (at(event)) press(at(event));
  };
  flowBox.onmouseover = (event) => at(event) && look(state, Number(at(event).dataset.index));
  flowBox.onmouseleave = () => look(state, state.index);
  flowBox.onfocusin = (event) => at(event) && look(state, Number(at(event).dataset.index));
  flowBox.onkeydown = (event) => {
    const row = at(event);
    if (!row) return;
    const i = Number(row.dataset.index);
    const to = { ArrowUp: i - 1, ArrowDown: i + 1 }[event.key];
    if (to !== undefined && state.rows[to]) state.rows[to].focus();
    else if (event.key === "Enter" || event.key === " ") press(row);
    else return;
    event.preventDefault();
  };
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-stack");
  const flowBox = root.querySelector(".flow");
  const state = (root.state ??= { root, flowBox, rows: [] });
  /** @type {HTMLElement} */
  const active = document.activeElement?.closest(".pangloss-stack .layer");
  const focused = active?.dataset.index;
  Object.assign(state, { data, tell: setStateValue, looked: null });
  if (!flowBox.onclick) listen(state);
  flowBox.setAttribute("aria-label", data.alt);
  state.rows = data.layers.map(layerRow);
  const parts = [tensorRow(data.tensors[0])];
  state.rows.forEach((row, i) => parts.push(row, tensorRow(data.tensors[i + 1])));
  flowBox.replaceChildren(...parts);
  choose(state, data.selected);
  if (focused !== undefined) state.rows[Number(focused)]?.focus();
}
