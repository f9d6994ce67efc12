import assert from "node:assert/strict";
import { test } from "node:test";
import { viewOf } from "../../ui/components/planes/view.js";
import {
  fillingView,
  heldZoom,
  NEAREST,
  nearerView,
  nextToward,
  onOneAnother,
  onTheWay,
  withRoom,
  zoomedAt,
} from "../../pages/language/word_embeddings/wordmap/sight.js";

const POINTS = [-2, -1, 2, 1, 0, 0.5];
const WHOLE = viewOf(POINTS, null, 400, 300);

test("a nearer view is about its place, and its pixels lead back", () => {
  const view = nearerView(WHOLE, { times: 4, x: 1, y: 0.5 });
  assert.ok(Math.abs(view.toX(1) - 200) < 1e-9 && Math.abs(view.toY(0.5) - 150) < 1e-9);
  assert.ok(Math.abs(view.fromX(view.toX(0.3)) - 0.3) < 1e-12);
  assert.ok(Math.abs(view.fromY(view.toY(-0.2)) + 0.2) < 1e-12);
  assert.ok(Math.abs(view.x[1] - view.x[0] - (WHOLE.x[1] - WHOLE.x[0]) / 4) < 1e-9);
});

test("a filling view shows all points and stretches an axis 1.6 times at most", () => {
  const view = fillingView(viewOf([0, 0, 1, 10], null, 400, 300), [0, 0, 1, 10]);
  for (const [x, y] of [
    [0, 0],
    [1, 10],
  ]) {
    assert.ok(view.toX(x) > 0 && view.toX(x) < 400 && view.toY(y) > 0 && view.toY(y) < 300);
  }
  assert.ok(Math.abs(view.perY / view.perX - 1.6) < 1e-9);
});

test("a zoom stays within the map and its bounds", () => {
  assert.equal(heldZoom(WHOLE, { times: 0.2, x: 0, y: 0 }).times, 1);
  assert.equal(heldZoom(WHOLE, { times: 1e6, x: 0, y: 0 }).times, NEAREST);
  const held = heldZoom(WHOLE, { times: 2, x: 99, y: -99 });
  const view = nearerView(WHOLE, held);
  assert.ok(Math.abs(view.x[1] - WHOLE.x[1]) < 1e-9);
  assert.ok(Math.abs(view.y[0] - WHOLE.y[0]) < 1e-9);
});

test("what one zooms at stays where it is on the screen", () => {
  const place = { x: 1.2, y: -0.4 };
  const zoom = { times: 2, x: 0.5, y: 0.1 };
  const [before, after] = [zoom, zoomedAt(zoom, 1.5, place)].map((one) => nearerView(WHOLE, one));
  assert.ok(Math.abs(before.toX(place.x) - after.toX(place.x)) < 1e-9);
  assert.ok(Math.abs(before.toY(place.y) - after.toY(place.y)) < 1e-9);
});

test("an arrow key goes to the next word in its direction, or nowhere", () => {
  const points = [0, 0, 1, 0.1, 5, 0, 0.2, 2];
  assert.equal(nextToward(points, 0, [1, 0]), 1);
  assert.equal(nextToward(points, 1, [1, 0]), 2);
  assert.equal(nextToward(points, 0, [0, 1]), 3);
  assert.equal(nextToward(points, 0, [-1, 0]), null);
});

test("no two names stand on one another or on what is taken, the first has the say", () => {
  const page = { left: 0, top: 0, right: 300, bottom: 200 };
  const names = Array.from({ length: 60 }, (_, i) => ({
    x: 150 + 3 * Math.cos(i),
    y: 100 + 3 * Math.sin(i),
    r: 3,
    width: 40,
    height: 14,
  }));
  const taken = [{ left: 155, top: 80, right: 300, bottom: 120 }];
  const boxes = withRoom(names, taken, page).filter(Boolean);
  assert.ok(boxes.length > 0 && boxes.length < 60);
  const all = [...taken, ...boxes];
  all.forEach((a, i) => all.slice(i + 1).forEach((b) => assert.ok(!onOneAnother(a, b))));
  assert.ok(withRoom(names, [], page)[0]);
  assert.deepEqual(withRoom([{ x: 290, y: 199, r: 3, width: 400, height: 14 }], [], page), [null]);
});

test("words are on their way from where they were", () => {
  const [from, to] = [new Float32Array([0, 2]), new Float32Array([4, 0])];
  assert.deepEqual([...onTheWay(from, to, 0.25)], [1, 1.5]);
});
