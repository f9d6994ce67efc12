// A batch of rows of unequal length: drag the length, and see padding, states and errors follow.
// Everything that any length needs was sent once; nothing here asks the server.
import { shade, themeOf } from "../../../ui/components/colour.js";
import { filled, html, svg } from "../../../ui/components/dom.js";

const LINES = ["masked", "real", "counted"];

/**
 * What stands in each place of a row: a value, or null where it is filled.
 * @param {string[]} row
 * @param {number} length
 * @param {string} side on which it is filled or cut: "start" or "end"
 * @returns {(string | null)[]}
 */
export function cellsOf(row, length, side) {
  const kept = side === "end" ? row.slice(0, length) : row.slice(Math.max(0, row.length - length));
  const filling = Array(length - kept.length).fill(null);
  return side === "end" ? [...kept, ...filling] : [...filling, ...kept];
}

function stateCells(values, palette, format) {
  const box = html("span", "state");
  for (const value of values) {
    const cell = html("i", "");
    cell.style.backgroundColor = `rgb(${shade(value, palette).join(" ")})`;
    cell.title = format(value);
    box.append(cell);
  }
  return box;
}

function rows(state) {
  const { data, root, length, at, format } = state;
  const palette = data.palette[themeOf(root)];
  const table = root.querySelector(".rows");
  const head = html("div", "row head");
  head.append(html("span", "name"), html("span", "cells"));
  head.append(html("span", "state", data.words.without), html("span", "state", data.words.with));
  const lines = data.rows.map((row, i) => {
    const line = html("div", "row");
    const cells = html("span", "cells");
    cells.style.gridTemplateColumns = `repeat(${length}, minmax(0, 1.9rem))`;
    for (const value of cellsOf(row, length, data.side)) {
      const cell = html("b", value === null ? "filling" : "", value ?? "0");
      cells.append(cell);
    }
    const name = html("span", "name", "x");
    name.append(html("sub", "", String(i + 1)));
    line.append(name, cells);
    line.append(stateCells(data.without_mask[at][i], palette, format));
    line.append(stateCells(data.with_mask[at][i], palette, format));
    return line;
  });
  table.dataset.small = length > 26;
  table.replaceChildren(head, ...lines);
}

/**
 * The largest absolute difference of two matrices.
 * @param {number[][]} a
 * @param {number[][]} b
 */
export function difference(a, b) {
  return Math.max(...a.flatMap((row, i) => row.map((value, k) => Math.abs(value - b[i][k]))));
}

function sentence(state) {
  const { data, root, length, at, format } = state;
  const kept = data.rows.reduce((sum, row) => sum + Math.min(row.length, length), 0);
  const cut = data.rows.reduce((sum, row) => sum + Math.max(0, row.length - length), 0);
  const truth = data.with_mask[data.lengths.length - 1];
  const counts = {
    length,
    filled: data.rows.length * length - kept,
    all: data.rows.length * length,
    cut,
    without: format(difference(data.without_mask[at], truth)),
    with: format(difference(data.with_mask[at], truth)),
  };
  const words = cut ? data.words.cut : data.words.whole;
  root.querySelector(".said").textContent = filled(words, counts);
}

function chart(state) {
  const { data, root, at, format } = state;
  const drawing = root.querySelector("svg");
  const [width, height, left, bottom] = [drawing.clientWidth || 600, 210, 34, 40];
  const top = 1.1 * Math.max(...LINES.flatMap((name) => data.errors[name]));
  const last = data.lengths.length - 1;
  const first = data.lengths[0];
  const x = (i) => left + ((width - left - 12) * i) / last;
  const y = (value) => 8 + (height - bottom - 8) * (1 - value / top);
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const parts = [];
  for (let value = 0; value < top; value += top > 6 ? 2 : 1) {
    const [from, to] = [left, width - 12];
    parts.push(svg("line", { class: "grid", x1: from, x2: to, y1: y(value), y2: y(value) }));
    const tick = svg("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" });
    tick.textContent = value;
    parts.push(tick);
  }
  for (let length = 5 * Math.ceil(first / 5); length <= data.lengths[last]; length += 5) {
    const tick = svg("text", { x: x(length - first), y: height - 22, "text-anchor": "middle" });
    tick.textContent = length;
    parts.push(tick);
  }
  const axis = svg("text", { x: (left + width) / 2, y: height - 4, "text-anchor": "middle" });
  axis.textContent = data.words.axis;
  const hand = { class: "hand", x1: x(at), x2: x(at), y1: 8, y2: height - bottom };
  parts.push(axis, svg("line", hand));
  for (const name of LINES) {
    const points = data.errors[name].map((value, i) => `${x(i)},${y(value)}`).join(" ");
    parts.push(svg("polyline", { class: name, points }));
    const dot = { class: name, cx: x(at), cy: y(data.errors[name][at]), r: 4.5 };
    parts.push(svg("circle", dot));
  }
  drawing.replaceChildren(...parts);
  for (const name of LINES) {
    root.querySelector(`.key .${name} output`).textContent = format(data.errors[name][at]);
  }
}

function show(state, length) {
  const [low, high] = [state.data.lengths[0], state.data.lengths[state.data.lengths.length - 1]];
  state.length = Math.max(low, Math.min(high, length));
  state.at = state.length - low;
  state.input.value = state.length;
  state.root.querySelector(".hand output").textContent = state.length;
  rows(state);
  sentence(state);
  chart(state);
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-ragged");
  const input = root.querySelector("input");
  const state = (root.state ??= { root, input });
  const numbers = new Intl.NumberFormat(data.language, { maximumFractionDigits: 2 });
  state.data = data;
  state.format = (value) => numbers.format(value);
  state.tell = setStateValue;
  input.min = data.lengths[0];
  input.max = data.lengths[data.lengths.length - 1];
  root.querySelector(".hand .label").textContent = data.words.length;
  root.querySelector(".title").textContent = data.words.title;
  root.querySelector("svg").setAttribute("aria-label", data.words.title);
  root.querySelector(".rows").setAttribute("aria-label", data.words.rows);
  for (const name of LINES) {
    root.querySelector(`.key .${name} .label`).textContent = data.words[name];
  }
  input.oninput = () => show(state, Number(input.value));
  input.onchange = () => state.tell("length", Number(input.value));
  const overruled = state.told !== data.length; // by the page, which overrules the hand
  show(state, overruled ? data.length : state.length);
  state.told = data.length;
  state.sized ??= new ResizeObserver(() => root.clientWidth && chart(state));
  state.sized.observe(root);
  return () => {
    if (!root.isConnected) state.sized.disconnect();
  };
}
