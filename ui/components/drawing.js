// Small drawings of what a formula says, moved by hand: a slider goes through their states.
import { svg } from "./dom.js";

const WIDTH = 390;
const BOX = 32;

/** @type {Record<string, (data: any, at: number) => any[]>} */
const DRAWN = { unfolded, backwards, boxes, matrices };

/** How far apart so many things stand on a line of this width, at most so far. */
export const apart = (count, width, most) => Math.min(most, width / Math.max(1, count));

/** The scale at which the largest of the stops fits: pixels for a row and for a column. */
export function scaleOf(stops, width, height, gap) {
  const wide = Math.max(...stops.map((shapes) => shapes.reduce((sum, s) => sum + s.columns, 0)));
  const high = Math.max(...stops.flatMap((shapes) => shapes.map((s) => s.rows)));
  const gaps = Math.max(...stops.map((shapes) => shapes.length - 1)) * gap;
  return Math.min((width - gaps) / wide, height / high);
}

const symbol = (x, y, text, more = "") => svg("text", { x, y, class: `symbol ${more}` }, text);
const words = (x, y, text, more = "") => svg("text", { x, y, class: more }, text);
const rect = (x, y, width, height, more = "") =>
  svg("rect", { x, y, width, height, rx: 3, class: more });

/** An arrow from one place to another. */
function arrow(x1, y1, x2, y2, more = "", thick = 1.5) {
  const group = svg("g", { class: more });
  const along = Math.atan2(y2 - y1, x2 - x1);
  const size = 4 + thick;
  const [bx, by] = [x2 - size * Math.cos(along), y2 - size * Math.sin(along)];
  const shaft = svg("line", { x1, y1, x2: bx, y2: by });
  shaft.style.strokeWidth = thick;
  const [sx, sy] = [(-Math.sin(along) * size) / 2, (Math.cos(along) * size) / 2];
  const d = `M${x2} ${y2}L${bx + sx} ${by + sy}L${bx - sx} ${by - sy}Z`;
  group.append(shaft, svg("path", { d, class: "head" }));
  return group;
}

/** A cell with what goes in from below and what comes out above. */
function cell(x, state, read, written) {
  const y = 56;
  return [
    rect(x - BOX / 2, y, BOX, BOX, state),
    arrow(x, y + BOX + 26, x, y + BOX + 2),
    symbol(x, y + BOX + 42, read),
    arrow(x, y - 2, x, y - 26),
    symbol(x, y - 31, written),
  ];
}

const MIDDLE = 56 + BOX / 2;
const low = (letter, place) => letter + ("₀₁₂₃₄₅₆₇₈₉"[place] ?? "ₜ");

/** A cell with its loop, and as many copies of it as are unfolded. */
function unfolded(data, at) {
  const x = 34;
  const loop = "M50 64 C 84 50, 84 94, 56 84";
  const drawn = [
    ...cell(x, at ? "" : "now", "xₜ", "oₜ"),
    svg("path", { d: loop, class: "accent" }),
    svg("path", { d: "M50 81 L58 79 L56 88 Z", class: "head accent" }),
    symbol(88, 76, "V", "accent"),
    symbol(x + 13, 110, "U", "accent"),
    symbol(x + 14, 44, "W", "accent"),
  ];
  const between = apart(data.steps, WIDTH - 130, 62);
  for (let i = 0; i < at; i++) {
    const place = 136 + i * between;
    drawn.push(...cell(place, i === at - 1 ? "on now" : "on", low("x", i + 1), low("o", i + 1)));
    const from = i ? place - between + BOX / 2 + 2 : place - BOX / 2 - 22;
    drawn.push(arrow(from, MIDDLE, place - BOX / 2 - 2, MIDDLE, "accent"));
    drawn.push(symbol(place + 13, 110, "U", "accent"), symbol(place + 14, 44, "W", "accent"));
    drawn.push(symbol((from + place - BOX / 2) / 2, MIDDLE - 6, "V", "accent"));
  }
  return drawn;
}

/** The gradient on its way back through the copies: each step multiplies, and the arrow thins. */
function backwards(data, at) {
  const between = apart(data.steps, WIDTH - 40, 66);
  const drawn = [];
  for (let i = 0; i < data.steps; i++) {
    const place = 30 + i * between;
    const back = data.steps - 1 - i;
    const state = back === at ? "on now" : back < at ? "on" : "";
    drawn.push(...cell(place, state, low("x", i + 1), i === data.steps - 1 ? "L" : ""));
    if (!i) continue;
    const [left, right] = [place - between + BOX / 2 + 2, place - BOX / 2 - 2];
    const reached = back < at;
    const thick = Math.min(9, 4 * data.factor ** back);
    if (reached) drawn.push(arrow(right, MIDDLE, left, MIDDLE, "accent", Math.max(0.4, thick)));
    else drawn.push(arrow(left, MIDDLE, right, MIDDLE, "faint"));
  }
  return drawn;
}

/** The two boxes: what the encoder has read, the state it hands on, what the decoder has written. */
function boxes(data, at) {
  const [given, written] = [data.given, data.written];
  const gap = 58;
  const unit = apart(given.length + written.length, WIDTH - gap - 20, 34);
  const size = Math.min(24, unit - 6);
  const [top, height] = [44, 44];
  const first = 10 + given.length * unit + gap;
  const y = top + (height - size) / 2;
  const middle = top + height / 2;
  const drawn = [
    rect(6, top, given.length * unit + 8, height),
    rect(first - 4, top, written.length * unit + 8, height),
    words(10 + (given.length * unit) / 2, 14, data.names[0]),
    words(first + (written.length * unit) / 2, 14, data.names[1]),
  ];
  given.forEach((sign, i) => {
    const x = 10 + (i + 0.5) * unit;
    drawn.push(rect(x - size / 2, y, size, size, i + 1 === at ? "on now" : i < at ? "on" : ""));
    drawn.push(arrow(x, top + height + 18, x, top + height + 2, i < at ? "" : "faint"));
    drawn.push(words(x, top + height + 33, sign, i < at ? "" : "faint"));
  });
  const full = at >= given.length;
  if (data.looks_back && at > given.length) {
    const from = first + (at - given.length - 0.5) * unit;
    given.forEach((_sign, i) => {
      const to = 10 + (i + 0.5) * unit;
      const d = `M${from} ${y} C ${from} 12, ${to} 12, ${to} ${y}`;
      drawn.push(svg("path", { d, class: "accent faint" }));
    });
  }
  const hand = 14 + given.length * unit;
  drawn.push(arrow(hand + 3, middle, first - 7, middle, full ? "accent" : "faint", full ? 3 : 1.5));
  drawn.push(symbol(hand + gap / 2 - 4, middle - 10, data.state, full ? "accent" : "faint"));
  written.forEach((sign, i) => {
    const x = first + (i + 0.5) * unit;
    const step = at - given.length;
    drawn.push(rect(x - size / 2, y, size, size, i + 1 === step ? "on now" : i < step ? "on" : ""));
    drawn.push(arrow(x, top - 2, x, top - 13, i < step ? "" : "faint"));
    if (i < step) drawn.push(words(x, top - 17, sign));
    const reads = data.reads ?? ["", ...written][i];
    if (i < step) drawn.push(words(x, top + height + 33, reads, "faint"));
    if (reads) drawn.push(arrow(x, top + height + 18, x, top + height + 2, "faint dashed"));
  });
  return drawn;
}

/** Matrices to scale: a pixel of one is as many weights as of another. */
function matrices(data, at) {
  const gap = 26;
  const scale = scaleOf(data.stops, WIDTH - 20, 96, gap);
  const drawn = [];
  let x = 10;
  for (const { rows, columns, name } of data.stops[at]) {
    const [letter, index = ""] = name.split("_");
    const label = symbol(x + Math.max(1, columns * scale) / 2, 15, letter);
    label.append(svg("tspan", { dy: 3, "font-size": 11 }, index));
    const [width, height] = [Math.max(1, columns * scale), Math.max(1, rows * scale)];
    const middle = x + width / 2;
    drawn.push(rect(x, 22, width, height, "on"));
    drawn.push(label, words(middle, 38 + height, `${rows} × ${columns}`));
    x += Math.max(width, 46) + gap;
  }
  return drawn;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-drawing");
  const [figure, range] = [root.querySelector("svg"), root.querySelector("input")];
  const line = root.querySelector("p");
  const show = () => {
    const at = Number(range.value);
    figure.replaceChildren(...DRAWN[data.kind](data, at));
    figure.setAttribute("aria-label", data.said[at]);
    range.setAttribute("aria-valuetext", data.said[at]);
    line.textContent = data.said[at];
  };
  figure.setAttribute("viewBox", `0 0 ${WIDTH} ${data.height}`);
  root.querySelector("label span").textContent = data.label;
  range.max = data.said.length - 1;
  if (root.dataset.kind !== data.kind) {
    root.dataset.kind = data.kind;
    range.value = data.at;
  }
  range.oninput = show;
  show();
}
