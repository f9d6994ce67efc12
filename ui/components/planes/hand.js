// The hand in a plane: pointer and keys become a place, a rectangle or a sample under it.
import { nearestIn } from "./view.js";

const HOVER_PX = 14;
const CLICK_PX = 4; // a rectangle smaller than this is a click
const KEY_STEPS = 50; // of an arrow key through a plane
const REST_MS = 350; // after a key, before the page is asked

export function listenTo(plane, board) {
  const { glass, grip, frame } = plane;
  const at = (event) => {
    const box = glass.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return [plane.view.fromX(x), plane.view.fromY(y)];
  };
  let [drag, corner, before] = [null, null, null];
  grip.onpointerdown = glass.onpointerdown = (event) => {
    if (event.button !== 0 || !plane.view) return;
    event.preventDefault();
    frame.focus({ preventScroll: true, focusVisible: false });
    glass.setPointerCapture(event.pointerId);
    drag = board.mode === "select" || event.shiftKey ? "select" : "decode";
    board.hovered = null;
    before = board.hand;
    if (drag === "decode") board.moveHand(plane, ...at(event));
    else corner = at(event);
  };
  grip.onpointermove = glass.onpointermove = (event) => {
    if (!plane.view) return;
    const [x, y] = at(event);
    if (drag === "decode") board.moveHand(plane, x, y);
    else if (drag === "select") board.selectBetween(plane, corner, [x, y], CLICK_PX);
    else board.hover(under(plane, x, y));
  };
  const end = (event) => {
    if (drag === "decode") board.tellPick();
    if (drag === "select") {
      const chosen = board.selectBetween(plane, corner, at(event), CLICK_PX);
      if (!chosen) board.clearSelection();
      else board.speak();
    }
    drag = null;
  };
  glass.onpointerup = (event) => {
    if (drag) end(event);
  };
  glass.onpointercancel = () => {
    // The finger scrolls the page: it has moved nothing.
    if (drag === "decode") board.putBack(before);
    drag = null;
  };
  glass.onpointerleave = () => {
    if (!drag) board.hover(null);
  };
  frame.onkeydown = (event) => keyed(event, plane, board);
}

function under(plane, x, y) {
  const { index, distance } = nearestIn(plane.points, x, y, plane.view.perX, plane.view.perY);
  return distance <= HOVER_PX ? index : null;
}

function keyed(event, plane, board) {
  const { view } = plane;
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  const { x, y } = board.handIn(plane);
  if (event.key in arrows) {
    const [across, up] = arrows[event.key];
    const step = [view.x[1] - view.x[0], view.y[1] - view.y[0]].map((extent) => extent / KEY_STEPS);
    plane.corner = event.shiftKey ? (plane.corner ?? [x, y]) : null;
    board.moveHand(plane, x + across * step[0], y + up * step[1]);
    if (plane.corner) board.selectBetween(plane, plane.corner, [board.hand.x, board.hand.y], 0);
  } else if (event.key === "Enter" || event.key === " ") {
    const { index } = nearestIn(plane.points, x, y);
    board.moveHand(plane, plane.points[2 * index], plane.points[2 * index + 1]);
  } else return;
  event.preventDefault();
  clearTimeout(board.rest);
  board.rest = setTimeout(() => board.tellPick(), REST_MS);
}

export function drawHand(pen, view, hand, far, corner, colours) {
  // A ring with four ticks, broken where no data are near, and a line to the nearest sample.
  const [x, y] = [view.toX(hand.x), view.toY(hand.y)];
  [pen.strokeStyle, pen.lineWidth] = [colours.accent, 1];
  if (corner) {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(...corner);
    pen.stroke();
  }
  const ring = (width, colour) => {
    [pen.lineWidth, pen.strokeStyle] = [width, colour];
    pen.setLineDash(far ? [3, 3] : []);
    pen.beginPath();
    pen.arc(x, y, 7, 0, 7);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      pen.moveTo(x + 7 * dx, y + 7 * dy);
      pen.lineTo(x + 13 * dx, y + 13 * dy);
    }
    pen.stroke();
  };
  ring(5, colours.page);
  ring(2, colours.accent);
}

export function drawRing(pen, x, y, colours) {
  for (const [width, colour] of [
    [5, colours.page],
    [2, colours.ink],
  ]) {
    [pen.lineWidth, pen.strokeStyle] = [width, colour];
    pen.beginPath();
    pen.arc(x, y, 9.5, 0, 7);
    pen.stroke();
  }
}

export function drawRectangle(pen, view, [[x0, y0], [x1, y1]], colours) {
  const [left, top] = [view.toX(Math.min(x0, x1)), view.toY(Math.max(y0, y1))];
  const [right, bottom] = [view.toX(Math.max(x0, x1)), view.toY(Math.min(y0, y1))];
  pen.lineWidth = 1.5;
  [pen.strokeStyle, pen.fillStyle] = [colours.accent, `${colours.accent}14`];
  pen.fillRect(left, top, right - left, bottom - top);
  pen.strokeRect(left, top, right - left, bottom - top);
}
