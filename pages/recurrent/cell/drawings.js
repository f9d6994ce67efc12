// The three cells as drawings: where each wire, gate and number stands. Nothing is computed here.
import { OPS, Pen, ROW } from "./pen.js";

// A wire up to ``y`` that hops over a wire at ``over``.
const hop = (over, y) => `V${over + 8} a8,8 0 0 1 0,-16 V${y}`;

function output(pen, x, from, over, boxAt, top) {
  // From h_t up through sigma_o to o_t; ``over``: a wire that is crossed, if any.
  const plate = top + ROW / 2 + 24;
  pen.wire(
    `M${x},${from} ${over ? hop(over, plate + ROW / 2 + 5) : `V${plate + ROW / 2 + 5}`}`,
    true,
  );
  pen.squash(x, boxAt, "σ_o", "output");
  pen.plate(x, plate, "output", "o_t");
}

function drawRnn(pen) {
  const { half, narrow, data } = pen;
  const [width, left, sum, box, right, out] = narrow
    ? [470, 34, 112, 250, 430, 360]
    : [800, 50, 200, 400, 742, 610];
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
  pen.gate(
    box,
    boxTop,
    "hidden",
    "h_t",
    data.activation === "relu" ? "ReLU" : "tanh",
    undefined,
    side,
  );
  pen.plate(right, middle, "hidden", "h_t");
}

function drawLstm(pen) {
  const { half, narrow, data } = pen;
  const [width, left, join, f, i, g, o, out, right] = narrow
    ? [500, 32, 70, 112, 188, 264, 352, 418, 466]
    : [860, 46, 118, 196, 322, 448, 592, 708, 810];
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
    ? [510, 32, 72, 120, 218, 322, 404, 476]
    : [800, 46, 104, 200, 360, 530, 660, 750];
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
    `M${r + OPS},${reset} H${z - 8} a8,8 0 0 1 16,0 H${turn} V${gates + 46} H${g - side - 4}`,
    true,
  );
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

export function drawCell(canvas, data, narrow) {
  const pen = new Pen(canvas, data, narrow);
  DRAW[data.cell](pen);
  return pen;
}
