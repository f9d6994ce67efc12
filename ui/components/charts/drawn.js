// What is read of a drawn chart before its labels are placed, and what Plotly is told afterwards.
import { clamp, placeLabels } from "./labels.js";

const KINDS = new Set(["end", "horizontal", "vertical", "point", "along"]);
// What else is written in a chart; a point's own words, such as a value beside it, are moved by nobody.
const WORDS =
  ".legend .traces, .infolayer :is(.gtitle, .xtitle, .ytitle), .colorbar, .scatterlayer .textpoint, " +
  '[class$="tick"]';

// Of a drawn chart: what labels keep off. Lines are thinned to steps of two pixels.
function thingsOf(root) {
  const layout = root._fullLayout;
  const things = { curves: [], words: [], marks: [] };
  for (const [i, trace] of root._fullData.entries()) {
    if (trace.visible !== true || !trace.xaxis || !layout[axisName(trace.xaxis)]) continue;
    const [across, up] = [layout[axisName(trace.xaxis)], layout[axisName(trace.yaxis)]];
    const drawn = root.calcdata[i] ?? [];
    if (trace.type === "bar") {
      for (const bar of drawn) {
        if (!(bar.s1 ?? bar.s)) continue;
        const [x0, x1] = [across, across].map(
          (axis, k) => axis._offset + axis.c2p(k ? bar.p1 : bar.p0),
        );
        const [y0, y1] = [bar.s0 ?? bar.b ?? 0, bar.s1 ?? bar.s].map((s) => up._offset + up.c2p(s));
        if (![x0, x1, y0, y1].every(Number.isFinite)) continue;
        things.marks.push({
          left: Math.min(x0, x1),
          right: Math.max(x0, x1),
          top: Math.min(y0, y1),
          bottom: Math.max(y0, y1),
        });
      }
      continue;
    }
    if (trace.type !== "scatter") continue;
    const points = drawn.map(({ x, y }) => ({
      x: across._offset + across.c2p(x),
      y: up._offset + up.c2p(y),
    }));
    if (trace.mode?.includes("markers") && points.length < 200) {
      for (const { x, y } of points) {
        if (Number.isFinite(x + y))
          things.marks.push({ left: x - 6, top: y - 6, right: x + 6, bottom: y + 6 });
      }
    }
    if (!trace.mode?.includes("lines") || !trace.line?.width) continue;
    const weight = trace.opacity < 1 ? 0.4 : 1;
    let piece = [];
    for (const point of points) {
      const last = piece.at(-1);
      if (!Number.isFinite(point.x + point.y)) {
        if (piece.length > 1) things.curves.push({ points: piece, weight });
        piece = [];
      } else if (!last || Math.hypot(point.x - last.x, point.y - last.y) >= 2) piece.push(point);
    }
    if (piece.length > 1) things.curves.push({ points: piece, weight });
  }
  for (const shape of layout.shapes ?? []) {
    if (shape.type !== "line" || shape.visible === false) continue;
    const line = { points: shapeEnds(layout, shape), weight: 0.6 };
    if (line.points.every(({ x, y }) => Number.isFinite(x + y))) things.curves.push(line);
  }
  const here = root.getBoundingClientRect();
  for (const node of root.querySelectorAll(WORDS)) {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    if (right > left) {
      things.words.push({
        left: left - here.left,
        right: right - here.left,
        top: top - here.top,
        bottom: bottom - here.top,
      });
    }
  }
  return things;
}

const axisName = (id) => `${id[0]}axis${id.slice(1)}`;

// A place along one side of the chart: of an axis, a share of that axis, or of the whole plot.
function pixel(layout, ref, value, side) {
  const [id, domain] = String(ref).split(" ");
  if (id === "paper") {
    const { l, t, w, h } = layout._size;
    return side === "x" ? l + value * w : t + (1 - value) * h;
  }
  const axis = layout[axisName(id)];
  if (!axis) return NaN;
  if (domain) return axis._offset + (side === "x" ? value : 1 - value) * axis._length;
  return axis._offset + axis.r2p(value);
}

function shapeEnds(layout, { x0, x1, y0, y1, xref, yref }) {
  // Plotly gives the heights of shapes as they are, those of annotations in powers of ten.
  const side = (ref, value, name) => {
    const axis = layout[axisName(String(ref).split(" ")[0])];
    const plain = axis && !String(ref).includes("domain");
    return plain ? axis._offset + axis.d2p(value) : pixel(layout, ref, value, name);
  };
  return [
    { x: side(xref, x0, "x"), y: side(yref, y0, "y") },
    { x: side(xref, x1, "x"), y: side(yref, y1, "y") },
  ];
}

function frameOf(layout, note) {
  const axes = ["x", "y"].map((side) => {
    const id = String(note[`${side}ref`]).split(" ")[0];
    return layout[axisName(id === "paper" ? side : id)];
  });
  const [across, up] = axes;
  if (!across || !up) return null;
  return {
    left: across._offset,
    right: across._offset + across._length,
    top: up._offset,
    bottom: up._offset + up._length,
  };
}

/** Moves the labels of a drawn chart: the annotations whose name is a kind of label. */
export function settleLabels(Plotly, root) {
  const layout = root._fullLayout;
  const notes = layout?.annotations ?? [];
  if (!notes.some((note) => KINDS.has(note.name))) return null;
  const things = thingsOf(root);
  const here = root.getBoundingClientRect();
  const labels = [];
  for (const [index, note] of notes.entries()) {
    const group = root.querySelector(`.annotation[data-index="${index}"] .annotation-text-g`);
    if (!group || note.visible === false) continue;
    const drawn = group.getBoundingClientRect();
    if (!drawn.width) continue;
    const box = {
      left: drawn.left - here.left,
      top: drawn.top - here.top,
      right: drawn.right - here.left,
      bottom: drawn.bottom - here.top,
    };
    const frame = frameOf(layout, note);
    if (!KINDS.has(note.name) || !frame) {
      things.words.push(box);
      continue;
    }
    const point = {
      x: pixel(layout, note.xref, note.x, "x"),
      y: pixel(layout, note.yref, note.y, "y"),
    };
    if (note.name === "point") {
      point.x = clamp(point.x, frame.left, frame.right); // one that is out of sight
      point.y = clamp(point.y, frame.top, frame.bottom);
    }
    const label = { index, kind: note.name, frame, box, at: [point] };
    label.width = drawn.width;
    label.height = drawn.height + 2; // Plotly rounds
    if (note.name === "along") {
      const curve = root._fullData.findIndex((trace) => trace.name === note.text);
      const points = curve < 0 ? [] : pointsIn(root, curve, frame);
      if (points.length) label.at = points;
    }
    labels.push(label);
  }
  const page = { left: 2, top: 2, right: layout.width - 2, bottom: layout.height - 2 };
  const update = {};
  for (const [i, place] of placeLabels(labels, things, page).entries()) {
    Object.assign(update, moved(labels[i], place, notes[labels[i].index], layout));
  }
  return Object.keys(update).length ? Plotly.relayout(root, update) : null;
}

function pointsIn(root, curve, frame) {
  const trace = root._fullData[curve];
  const [across, up] = [trace.xaxis, trace.yaxis].map((id) => root._fullLayout[axisName(id)]);
  const points = root.calcdata[curve]
    .map(({ x, y }) => ({ x: across._offset + across.c2p(x), y: up._offset + up.c2p(y) }))
    .filter(
      ({ x, y }) => x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom,
    );
  const each = Math.max(1, Math.floor(points.length / 12));
  return points.filter((_, i) => i % each === 0);
}

// What Plotly has to be told to put a label there, or nothing if it stands there already.
function moved(label, { box, at, led, struck }, note, layout) {
  const { left, top } = label.box;
  const stays = Math.hypot(left - box.left, top - box.top) < 1.5;
  const paper = note.bgcolor && note.bgcolor !== "rgba(0,0,0,0)";
  const wish = {};
  if (paper && !struck) wish.bgcolor = "rgba(0,0,0,0)"; // it would hide what passes close by
  if (!stays || led !== note.showarrow) {
    // From its own point, which its axes keep: the label's left edge, and its middle.
    const own = {
      x: pixel(layout, note.xref, note.x, "x"),
      y: pixel(layout, note.yref, note.y, "y"),
    };
    const right = Math.round(box.left - (led ? at.x : own.x));
    const down = Math.round((box.top + box.bottom) / 2 - (led ? at.y : own.y));
    Object.assign(wish, { xanchor: "left", yanchor: "middle", showarrow: led });
    if (led) {
      const head = { xshift: at.x - own.x, yshift: own.y - at.y, ax: right, ay: down };
      const line = { arrowhead: 0, arrowwidth: 1, arrowcolor: note.font.color, standoff: 3 };
      Object.assign(wish, head, line);
    } else Object.assign(wish, { xshift: right, yshift: -down });
  }
  const named = Object.entries(wish).map(([key, value]) => [
    `annotations[${label.index}].${key}`,
    value,
  ]);
  return Object.fromEntries(named);
}
