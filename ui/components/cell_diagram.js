// The three cells as drawings: where each wire, gate and number stands. Nothing is computed here.
const SVG = "http://www.w3.org/2000/svg";
const ROW = 24; // of a number
const OPS = 12; // radius of × and +

class Pen {
  // Draws one cell; keeps the places of numbers in ``swatches`` and of gates in ``gates``.
  constructor(svg, data, narrow) {
    Object.assign(this, { svg, data, narrow, swatches: [], gates: [], ops: [] });
    this.half = (data.units * ROW) / 2;
    this.wide = narrow ? 54 : 62; // of a number
    svg.replaceChildren();
    this.wires = this.add(svg, "g", { class: "wires" });
    const defs = this.add(svg, "defs");
    const tip = this.add(defs, "marker", {
      id: "pangloss-tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7,
      orient: "auto-start-reverse",
    });
    this.add(tip, "path", { d: "M0,0.6 L7.4,4 L0,7.4 Z", class: "tip" });
  }

  add(parent, tag, attributes = {}) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    parent.append(made);
    return made;
  }

  size(width, height) {
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.style.aspectRatio = `${width} / ${height}`;
  }

  wire(path, tip = false) {
    this.add(this.wires, "path", { d: path, ...(tip ? { "marker-end": "url(#pangloss-tip)" } : {}) });
  }

  dot(x, y) {
    this.add(this.wires, "circle", { cx: x, cy: y, r: 3.2, class: "dot" });
  }

  label(x, y, formula, kind = "symbol", anchor = "middle") {
    const text = this.add(this.svg, "text", { x, y, class: kind, "text-anchor": anchor });
    return typesetSvg(text, formula);
  }

  numbers(group, x, y, name, before = 0) {
    // The numbers of all units, one below the other, centred at (x, y).
    const units = name === "input" || name === "output" ? 1 : this.data.units;
    for (let unit = 0; unit < units; unit++) {
      const top = y - (units * ROW) / 2 + unit * ROW;
      const box = this.add(group, "g", { class: "swatch", "data-unit": unit });
      const rect = this.add(box, "rect", {
        x: x - this.wide / 2, y: top + 1, width: this.wide, height: ROW - 2, rx: 2,
      });
      const text = this.add(box, "text", { x, y: top + ROW / 2 + 5, "text-anchor": "middle" });
      this.swatches.push({ name, unit, before, box, rect, text });
    }
  }

  plate(x, y, name, symbol, before = 0) {
    const group = this.add(this.svg, "g", { class: "plate", "data-name": name });
    const half = name === "input" || name === "output" ? ROW / 2 : this.half;
    this.add(group, "rect", {
      x: x - this.wide / 2 - 2, y: y - half - 2, width: this.wide + 4, height: 2 * half + 4, rx: 3,
      class: "frame",
    });
    this.numbers(group, x, y, name, before);
    this.label(x, y - half - 9, symbol);
  }

  gate(x, top, name, symbol, squash, held, side = this.narrow ? 7 : 15) {
    // A box with its symbol, the function that it ends in, and the numbers; a gate can be pressed.
    const width = this.wide + 2 * side;
    const group = this.add(this.svg, "g", { class: "gate", "data-name": name });
    this.add(group, "rect", {
      x: x - width / 2, y: top, width, height: this.boxHeight(), rx: 5, class: "frame",
    });
    const pad = this.narrow ? 8 : 12;
    const at = { y: top + 20 };
    typesetSvg(
      this.add(group, "text", { x: x - width / 2 + pad, ...at, class: "symbol" }), symbol);
    typesetSvg(
      this.add(group, "text", {
        x: x + width / 2 - pad, ...at, class: "squash", "text-anchor": "end",
      }), squash);
    this.numbers(group, x, top + 30 + this.half, name);
    if (held === undefined) return group;
    const note = this.add(group, "text", {
      x, y: top + this.boxHeight() - 8, class: "held", "text-anchor": "middle",
    });
    group.classList.add("pressable");
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "0");
    this.gates.push({ name, group, note });
    return group;
  }

  boxHeight() {
    return 30 + 2 * this.half + 24;
  }

  op(x, y, sign, by) {
    // × takes the colour of the gate that it multiplies by: what is let through.
    const group = this.add(this.svg, "g", { class: "op" });
    const circle = this.add(group, "circle", { cx: x, cy: y, r: OPS });
    const text = this.add(group, "text", { x, y: y + 6, "text-anchor": "middle" });
    text.textContent = sign;
    if (by) this.ops.push({ circle, text, by });
  }

  squash(x, y, formula, name) {
    const width = 24 + 7 * formula.replace(/[_{}]/g, "").length;
    const group = this.add(this.svg, "g", { class: "function", ...(name ? { "data-name": name } : {}) });
    this.add(group, "rect", { x: x - width / 2, y: y - 13, width, height: 26, rx: 13 });
    typesetSvg(this.add(group, "text", { x, y: y + 5, "text-anchor": "middle" }), formula);
  }
}

// A wire up to ``y`` that hops over a wire at ``over``.
const hop = (over, y) => `V${over + 8} a8,8 0 0 1 0,-16 V${y}`;

function output(pen, x, from, over, boxAt, top) {
  // From h_t up through sigma_o to o_t; ``over``: a wire that is crossed, if any.
  const plate = top + ROW / 2 + 24;
  pen.wire(`M${x},${from} ${over ? hop(over, plate + ROW / 2 + 5) : `V${plate + ROW / 2 + 5}`}`, true);
  pen.squash(x, boxAt, "σ_o", "output");
  pen.plate(x, plate, "output", "o_t");
}

function drawRnn(pen) {
  const { half, narrow, data } = pen;
  const [width, left, sum, box, right, out] = narrow
    ? [470, 34, 112, 250, 430, 360] : [800, 50, 200, 400, 742, 610];
  const middle = Math.max(126, half + 40);
  const boxTop = middle - pen.boxHeight() / 2;
  const bottom = middle + Math.max(92, half + 60);
  const side = 18; // of the box, beside its numbers
  pen.size(width, bottom + ROW / 2 + 8);
  pen.wire(`M${left + pen.wide / 2},${middle} H${sum - OPS - 3}`, true);
  pen.wire(`M${sum},${bottom - ROW / 2 - 4} V${middle + OPS + 4}`, true);
  pen.wire(`M${sum + OPS},${middle} H${box - pen.wide / 2 - side - 3}`, true);
  pen.wire(`M${box + pen.wide / 2 + side},${middle} H${right - pen.wide / 2 - 5}`, true);
  pen.label((left + pen.wide / 2 + sum - OPS) / 2, middle - 8, "V", "weight-name");
  pen.label(sum + 12, (middle + bottom) / 2 + 4, "U", "weight-name");
  pen.label(sum, middle - OPS - 26, "b_h", "weight-name");
  pen.wire(`M${sum},${middle - OPS - 22} V${middle - OPS - 3}`, true);
  pen.dot(out, middle);
  output(pen, out, middle, null, middle - 52, 0);
  pen.label(out + 15, middle - 12, "W", "weight-name");
  pen.op(sum, middle, "+");
  pen.plate(left, middle, "hidden", "h_{t−1}", 1);
  const plateX = narrow ? sum + pen.wide / 2 + 34 : sum + pen.wide / 2 + 44;
  pen.plate(sum, bottom, "input", "");
  pen.label(plateX - 20, bottom + 6, "x_t");
  pen.gate(box, boxTop, "hidden", "h_t", data.activation === "relu" ? "ReLU" : "tanh",
    undefined, side);
  pen.plate(right, middle, "hidden", "h_t");
}

function drawLstm(pen) {
  const { half, narrow, data } = pen;
  const [width, left, join, f, i, g, o, out, right] = narrow
    ? [500, 32, 70, 112, 188, 264, 352, 418, 466] : [860, 46, 118, 196, 322, 448, 592, 708, 810];
  const top = Math.max(86, half + 30); // the line of c
  const [times, gates] = [top + 96, top + 128];
  const line = gates + pen.boxHeight() + 30; // the line of h and x
  const bottom = line + Math.max(half + 10, 72);
  pen.size(width, bottom);
  const edge = pen.wide / 2;
  pen.wire(`M${left + edge},${top} H${f - OPS - 3}`, true);
  pen.wire(`M${f + OPS},${top} H${g - OPS - 3}`, true);
  pen.wire(`M${g + OPS},${top} H${right - edge - 5}`, true);
  pen.wire(`M${f},${gates} V${top + OPS + 4}`, true);
  pen.wire(`M${i},${gates} V${top + 52} H${g - OPS - 3}`, true);
  pen.wire(`M${g},${gates} V${top + 52 + OPS + 4}`, true);
  pen.wire(`M${g},${top + 52 - OPS} V${top + OPS + 4}`, true);
  pen.dot(o, top);
  pen.wire(`M${o},${top} V${times - OPS - 4}`, true);
  pen.wire(`M${o},${gates} V${times + OPS + 4}`, true);
  pen.wire(`M${o + OPS},${times} H${out}`);
  pen.dot(out, times);
  pen.wire(`M${out},${times} V${line} H${right - edge - 5}`, true);
  pen.wire(`M${left + edge},${line} H${o}`);
  for (const x of [f, i, g, o]) {
    pen.wire(`M${x},${line} V${gates + pen.boxHeight() + 5}`, true);
    if (x !== o) pen.dot(x, line);
  }
  pen.wire(`M${join},${line + 42} V${line}`);
  pen.dot(join, line);
  output(pen, out, times, top, top + 46, 0);
  pen.squash(o, top + 40, "tanh");
  pen.op(f, top, "×", "forget_gate");
  pen.op(g, top, "+");
  pen.op(g, top + 52, "×", "input_gate");
  pen.op(o, times, "×", "output_gate");
  pen.plate(left, top, "cell", "c_{t−1}", 1);
  pen.plate(left, line, "hidden", "h_{t−1}", 1);
  pen.plate(join + (narrow ? 30 : 0), line + 56, "input", "");
  pen.label(join + (narrow ? 30 : 0) + edge + 16, line + 62, "x_t");
  if (narrow) pen.wire(`M${join},${line + 42} V${line + 56}`);
  pen.gate(f, gates, "forget_gate", "F_t", "σ", data.held.forget_gate ?? "");
  pen.gate(i, gates, "input_gate", "I_t", "σ", data.held.input_gate ?? "");
  pen.gate(g, gates, "candidate", "c̃_t", "tanh");
  pen.gate(o, gates, "output_gate", "O_t", "σ", data.held.output_gate ?? "");
  pen.plate(right, top, "cell", "c_t");
  pen.plate(right, line, "hidden", "h_t");
}

function drawGru(pen) {
  const { half, narrow, data } = pen;
  const [width, left, down, r, z, g, out, right] = narrow
    ? [510, 32, 72, 120, 218, 322, 404, 476] : [800, 46, 104, 200, 360, 530, 660, 750];
  const top = Math.max(112, half + 30); // the line of h
  const [blend, reset] = [top + 56, top + 100];
  const gates = reset + 34;
  const foot = gates + pen.boxHeight();
  const [hLine, xLine] = [foot + 26, foot + 48];
  pen.size(width, xLine + 66);
  const edge = pen.wide / 2;
  const side = pen.wide / 2 + (narrow ? 7 : 15);
  pen.wire(`M${left + edge},${top} H${z - OPS - 3}`, true);
  pen.wire(`M${z + OPS},${top} H${g - OPS - 3}`, true);
  pen.wire(`M${g + OPS},${top} H${right - edge - 5}`, true);
  pen.dot(down, top);
  pen.wire(`M${down},${top} V${hLine} H${z - 10} V${foot + 5}`, true);
  pen.dot(r - 10, hLine);
  pen.wire(`M${r - 10},${hLine} V${foot + 5}`, true);
  pen.wire(`M${down},${xLine + 36} V${xLine} H${g} V${foot + 5}`, true);
  for (const x of [r, z]) {
    pen.dot(x + 10, xLine);
    const over = x === r ? hop(hLine, foot + 5) : `V${foot + 5}`;
    pen.wire(`M${x + 10},${xLine} ${over}`, true);
  }
  pen.dot(r, top);
  pen.wire(`M${r},${top} V${reset - OPS - 4}`, true);
  pen.wire(`M${r},${gates} V${reset + OPS + 4}`, true);
  const turn = g - side - (narrow ? 9 : 22);
  pen.wire(
    `M${r + OPS},${reset} H${z - 8} a8,8 0 0 1 16,0 H${turn} V${gates + 46} H${g - side - 4}`, true);
  pen.wire(`M${z},${gates} V${top + OPS + 4}`, true);
  pen.dot(z, blend);
  pen.wire(`M${z},${blend} H${g - OPS - 3}`, true);
  pen.wire(`M${g},${gates} V${blend + OPS + 4}`, true);
  pen.wire(`M${g},${blend - OPS} V${top + OPS + 4}`, true);
  pen.dot(out, top);
  output(pen, out, top, null, top - 38, 0);
  pen.squash((z + g) / 2, blend, narrow ? "1−" : "1 −");
  pen.op(z, top, "×", "update_gate");
  pen.op(g, top, "+");
  pen.op(g, blend, "×", "-update_gate");
  pen.op(r, reset, "×", "reset_gate");
  pen.plate(left, top, "hidden", "h_{t−1}", 1);
  pen.plate(down, xLine + 50, "input", "");
  pen.label(down + edge + 18, xLine + 56, "x_t");
  pen.gate(r, gates, "reset_gate", "R_t", "σ", data.held.reset_gate ?? "");
  pen.gate(z, gates, "update_gate", "Z_t", "σ", data.held.update_gate ?? "");
  pen.gate(g, gates, "candidate", "h̃_t", "tanh");
  pen.plate(right, top, "hidden", "h_t");
}

const DRAW = { rnn: drawRnn, lstm: drawLstm, gru: drawGru };

function drawCell(svg, data, narrow) {
  const pen = new Pen(svg, data, narrow);
  DRAW[data.cell](pen);
  return pen;
}
