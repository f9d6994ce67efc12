// What is drawn on a map of words: points and names, what was asked, and the word under the pointer.
import { placeLabels } from "../../../../ui/components/charts/labels.js";
import { onOneAnother } from "./sight.js";

const [SMALLEST_PX, LARGEST_PX] = [1.3, 7]; // radius of a word, by how often it comes

export function radii(counts) {
  const logs = counts.map((count) => Math.log(Math.max(1, count)));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  return logs.map(
    (log) => SMALLEST_PX + ((LARGEST_PX - SMALLEST_PX) * (log - low)) / (high - low || 1),
  );
}

export const holds = (box, x, y) =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

// The names of what was asked and answered: beside their points, none on another.
export function markedLabels({ data, view, pen, font, page }) {
  pen.font = `600 ${font.size}px ${font.family}`;
  const inSight = ({ x, y }) =>
    view.toX(x) >= 0 && view.toX(x) <= view.width && view.toY(y) >= 0 && view.toY(y) <= view.height;
  const marks = data.marks.filter(inSight);
  const labels = marks.map(({ word, x, y }) => ({
    kind: "point",
    at: [{ x: view.toX(x), y: view.toY(y) }],
    width: pen.measureText(word).width + 2,
    height: 1.2 * font.size,
    frame: page,
  }));
  const points = labels.map(({ at: [{ x, y }] }) => ({
    left: x - 5,
    top: y - 5,
    right: x + 5,
    bottom: y + 5,
  }));
  return placeLabels(labels, { marks: points }, page).map(({ box, led, at }, i) => ({
    ...marks[i],
    box,
    led,
    at,
  }));
}

export function draw(map) {
  const { pen, view, places, known, colours, data, font } = map;
  pen.clearRect(0, 0, view.width, view.height);
  guides(map);
  const hovered = map.under === null ? null : hoveredLabels(map);
  const quiet = hovered || data.marks.length > 0 || map.group !== null;
  for (let i = places.length / 2 - 1; i >= 0; i--) {
    const lit = map.group === null ? !quiet : known.groups[i] === map.group;
    pen.globalAlpha = lit ? 0.8 : map.group === null ? 0.35 : 0.1;
    pen.fillStyle = known.groups ? colours.classes[known.groups[i]] : colours.quiet;
    circle(pen, view.toX(places[2 * i]), view.toY(places[2 * i + 1]), map.radius(i));
    pen.fill();
  }
  pen.globalAlpha = 1;
  pen.font = `${0.93 * font.size}px ${font.family}`;
  [pen.textAlign, pen.textBaseline] = ["left", "middle"];
  const over = hovered?.labels.map(({ box }) => box) ?? [];
  for (const { index, box } of map.labels) {
    if (over.some((other) => onOneAnother(box, other))) continue;
    halo(
      pen,
      known.words[index],
      box.left + 1,
      (box.top + box.bottom) / 2,
      colours,
      colours.letters,
    );
  }
  lines(map);
  pen.font = `600 ${font.size}px ${font.family}`;
  for (const mark of map.marked) {
    if (over.some((other) => onOneAnother(mark.box, other))) continue;
    drawMark(map, mark);
  }
  if (hovered) drawHovered(map, hovered);
}

function guides({ pen, view, data, colours }) {
  // Of an axis that two words make: where each of them stands.
  pen.setLineDash([4, 4]);
  [pen.strokeStyle, pen.lineWidth] = [colours.quiet, 1];
  for (const { x, y } of data.guides) {
    pen.beginPath();
    if (x === undefined) {
      pen.moveTo(0, view.toY(y));
      pen.lineTo(view.width, view.toY(y));
    } else {
      pen.moveTo(view.toX(x), 0);
      pen.lineTo(view.toX(x), view.height);
    }
    pen.stroke();
  }
  pen.setLineDash([]);
}

function circle(pen, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 7);
}

function halo(pen, word, x, y, colours, ink) {
  [pen.lineWidth, pen.lineJoin, pen.strokeStyle, pen.fillStyle] = [3, "round", colours.page, ink];
  pen.strokeText(word, x, y);
  pen.fillText(word, x, y);
}

function lines({ pen, view, data, colours }) {
  for (const { from, to, arrow, dashed } of data.lines) {
    const [x0, y0] = [view.toX(from[0]), view.toY(from[1])];
    const [x1, y1] = [view.toX(to[0]), view.toY(to[1])];
    [pen.strokeStyle, pen.lineWidth] = [colours.accent, 1.5];
    pen.setLineDash(dashed ? [5, 4] : []);
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    pen.stroke();
    pen.setLineDash([]);
    if (arrow) head(pen, x0, y0, x1, y1, colours.accent);
  }
}

function head(pen, x0, y0, x1, y1, colour) {
  const turn = Math.atan2(y1 - y0, x1 - x0);
  if (Math.hypot(x1 - x0, y1 - y0) < 8) return;
  pen.fillStyle = colour;
  pen.beginPath();
  for (const [ahead, aside] of [
    [-5, 0],
    [-14, 5],
    [-14, -5],
  ])
    pen.lineTo(
      x1 + ahead * Math.cos(turn) - aside * Math.sin(turn),
      y1 + ahead * Math.sin(turn) + aside * Math.cos(turn),
    );
  pen.fill();
}

function leader(pen, box, at, colours) {
  [pen.strokeStyle, pen.lineWidth] = [colours.quiet, 1];
  pen.beginPath();
  pen.moveTo(at.x, at.y);
  pen.lineTo(Math.max(box.left, Math.min(box.right, at.x)), (box.top + box.bottom) / 2);
  pen.stroke();
}

// Asked words are rings, answers full: they differ without their colour, too.
function drawMark({ pen, colours }, { word, kind, box, led, at }) {
  const asked = kind === "asked";
  if (led) leader(pen, box, at, colours);
  [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [
    asked ? colours.page : colours.accent,
    colours.accent,
    2,
  ];
  circle(pen, at.x, at.y, asked ? 5 : 4);
  pen.fill();
  pen.stroke();
  const ink = asked || kind === "best" ? colours.ink : colours.accent;
  halo(pen, word, box.left + 1, (box.top + box.bottom) / 2, colours, ink);
}

function hoveredLabels({ pen, view, places, known, under, font, page }) {
  pen.font = `600 ${font.size}px ${font.family}`;
  const near = Array.from(known.near.subarray(known.each * under, known.each * (under + 1)));
  const drawn = [under, ...near.filter((index) => index < places.length / 2)];
  const labels = drawn.map((index) => ({
    kind: "point",
    at: [{ x: view.toX(places[2 * index]), y: view.toY(places[2 * index + 1]) }],
    width: pen.measureText(known.words[index]).width + 2,
    height: 1.2 * font.size,
    frame: page,
    index,
  }));
  const inSight = labels.filter(
    ({ at: [{ x, y }] }) => x >= 0 && y >= 0 && x <= view.width && y <= view.height,
  );
  const placed = placeLabels(inSight, {}, page);
  return { drawn, labels: inSight.map((label, i) => ({ ...label, ...placed[i] })) };
}

function drawHovered(map, { drawn, labels }) {
  const { pen, view, places, known, colours } = map;
  const pixel = (index) => [view.toX(places[2 * index]), view.toY(places[2 * index + 1])];
  const [x, y] = pixel(drawn[0]);
  [pen.strokeStyle, pen.lineWidth] = [colours.ink, 1];
  for (const index of drawn.slice(1)) {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(...pixel(index));
    pen.stroke();
  }
  for (const { index, box, led, at } of labels) {
    if (led) leader(pen, box, at, colours);
    const own = index === drawn[0];
    [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [
      own ? colours.page : colours.ink,
      colours.ink,
      2,
    ];
    circle(pen, ...pixel(index), own ? 5 : 3);
    pen.fill();
    pen.stroke();
    halo(pen, known.words[index], box.left + 1, (box.top + box.bottom) / 2, colours, colours.ink);
  }
}
