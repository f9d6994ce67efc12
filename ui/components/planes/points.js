// What stands still in a plane: axes, and a marker for each sample, in the colour of its class.
import { contrast, rgb } from "../colour.js";
import { ticks } from "./view.js";

const LEAST_WITHOUT_EDGE = 2.6; // of a marker against the page; a paler one gets an edge of ink
const FADED = 0.13;
const GLYPH_LETTERS = 2; // a longer name than this is no marker: its class gets a shape

export const allGlyphs = (names) => names.every((name) => Array.from(name).length <= GLYPH_LETTERS);

const SHAPES = [
  (pen, r) => pen.arc(0, 0, r, 0, 7),
  (pen, r) => pen.rect(-0.85 * r, -0.85 * r, 1.7 * r, 1.7 * r),
  (pen, r) => polygon(pen, 3, 1.2 * r, -90),
  (pen, r) => polygon(pen, 4, 1.2 * r, 0),
  (pen, r) => polygon(pen, 3, 1.2 * r, 90),
  (pen, r) => bars(pen, r, 0),
  (pen, r) => bars(pen, r, 45),
  (pen, r) => polygon(pen, 5, 1.1 * r, -90),
  (pen, r) => polygon(pen, 10, 1.3 * r, -90, 0.45),
  (pen, r) => polygon(pen, 3, 1.2 * r, 0),
];

function polygon(pen, corners, radius, turn, inner = 1) {
  for (let i = 0; i < corners; i++) {
    const angle = ((turn + (360 * i) / corners) * Math.PI) / 180;
    const r = i % 2 ? inner * radius : radius;
    pen.lineTo(r * Math.cos(angle), r * Math.sin(angle));
  }
  pen.closePath();
}

function bars(pen, r, turn) {
  pen.rotate((turn * Math.PI) / 180);
  pen.rect(-1.2 * r, -0.35 * r, 2.4 * r, 0.7 * r);
  pen.rect(-0.35 * r, -1.2 * r, 0.7 * r, 2.4 * r);
}

export function sized(canvas, width, height) {
  // A pen for a canvas of so many CSS pixels, sharp on any screen, and cleared.
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

export function marker(name, place, names, colours, size, family) {
  // A class's marker on a canvas of its own: drawn once, stamped for each sample.
  const side = Math.ceil(1.8 * size);
  const canvas = document.createElement("canvas");
  const pen = sized(canvas, side, side);
  pen.translate(side / 2, side / 2);
  const colour = colours.classes[place];
  const weak = contrast(rgb(colour), rgb(colours.page)) < LEAST_WITHOUT_EDGE;
  [pen.fillStyle, pen.strokeStyle, pen.lineJoin] = [colour, colours.ink, "round"];
  if (allGlyphs(names)) {
    pen.font = `700 ${size}px ${family}`;
    [pen.textAlign, pen.textBaseline] = ["center", "alphabetic"];
    const box = pen.measureText("0");
    const drop = (box.actualBoundingBoxAscent - box.actualBoundingBoxDescent) / 2;
    pen.lineWidth = 0.11 * size;
    pen.globalAlpha = 0.7; // of the edge: it must not outshine the others
    if (weak) pen.strokeText(name, 0, drop);
    pen.globalAlpha = 1;
    pen.fillText(name, 0, drop);
  } else {
    pen.beginPath();
    SHAPES[place](pen, 0.34 * size);
    pen.lineWidth = 1.5;
    if (weak) pen.stroke();
    pen.fill();
  }
  return { canvas, side };
}

export function drawPoints(pen, view, points, labels, markers, lit) {
  // lit: for each sample whether it is selected, or null where none is.
  const stamp = (i) => {
    const { canvas, side } = markers[labels[i]];
    const [x, y] = [view.toX(points[2 * i]), view.toY(points[2 * i + 1])];
    pen.drawImage(canvas, x - side / 2, y - side / 2, side, side);
  };
  pen.globalAlpha = lit ? FADED : 1;
  for (let i = 0; i < labels.length; i++) if (!lit?.[i]) stamp(i);
  pen.globalAlpha = 1;
  for (let i = 0; lit && i < labels.length; i++) if (lit[i]) stamp(i);
}

export function drawAxes(pen, view, { left, top }, titles, font, colours, say) {
  // The pen's origin is the canvas's corner; the plot begins at (left, top).
  const bottom = top + view.height;
  const [across, up] = [ticks(view.x, view.width), ticks(view.y, view.height)];
  pen.font = `${font.size}px ${font.family}`;
  [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [colours.quiet, colours.grid, 1];
  pen.beginPath();
  [pen.textAlign, pen.textBaseline] = ["right", "middle"];
  for (const y of up.places) {
    const at = Math.round(top + view.toY(y)) + 0.5;
    pen.moveTo(left, at);
    pen.lineTo(left + view.width, at);
    pen.fillText(say(y, up.decimals), left - 6, at);
  }
  pen.stroke();
  [pen.textAlign, pen.textBaseline] = ["center", "top"];
  for (const x of across.places) {
    const label = say(x, across.decimals);
    const half = pen.measureText(label).width / 2;
    const at = left + view.toX(x);
    if (at + half <= left + view.width) pen.fillText(label, at, bottom + 6);
  }
  pen.strokeStyle = colours.quiet;
  pen.beginPath();
  pen.moveTo(left, bottom + 0.5);
  pen.lineTo(left + view.width, bottom + 0.5);
  pen.stroke();
  pen.fillText(titles[0], left + view.width / 2, bottom + 10 + font.size, view.width);
  pen.save();
  pen.translate(0, top + view.height / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(titles[1], 0, 0, view.height);
  pen.restore();
}
