import assert from "node:assert/strict";
import { test } from "node:test";
import { selected } from "../../ui/components/planes/panel.js";
import { atlasAt } from "../../ui/components/planes/picture.js";
import { nearestIn, ticks, viewOf } from "../../ui/components/planes/view.js";

test("a view shows all points, and its pixels lead back to their places", () => {
  const view = viewOf([-1, 2, 3, 4, 0, -2], null, 300, 200);
  for (const [x, y] of [
    [-1, 2],
    [3, 4],
    [0, -2],
  ]) {
    const [across, down] = [view.toX(x), view.toY(y)];
    assert.ok(across >= 0 && across <= 300 && down >= 0 && down <= 200);
    assert.ok(Math.abs(view.fromX(across) - x) < 1e-12);
    assert.ok(Math.abs(view.fromY(down) - y) < 1e-12);
  }
  assert.equal(view.perX, view.perY); // what is near looks near
});

test("very unequal axes are stretched, and points on one place have a view", () => {
  const stretched = viewOf([0, 0, 100, 1], null, 200, 200);
  assert.ok(stretched.perX > 50 * stretched.perY);
  const single = viewOf([5, 5, 5, 5], null, 200, 200);
  assert.ok(single.x[0] < 5 && single.x[1] > 5);
});

test("ticks are round and lie within the range", () => {
  assert.deepEqual(ticks([-1, 1], 300), { places: [-1, -0.5, 0, 0.5, 1], decimals: 1 });
  assert.deepEqual(ticks([0, 40], 150), { places: [0, 20, 40], decimals: 0 });
  assert.ok(Object.is(ticks([-1, 1], 300).places[2], 0)); // never −0
  for (const range of [
    [0.31, 0.39],
    [-7, 1234],
    [2.9, 4.1],
  ]) {
    const { places } = ticks(range, 160);
    assert.ok(places.length >= 2, `${range}: ${places}`);
    assert.ok(places.every((place) => place >= range[0] && place <= range[1]));
  }
});

test("the nearest point, in the plane's units or in pixels", () => {
  const points = [0, 0, 3, 4, 10, 0];
  assert.deepEqual(nearestIn(points, 3, 3), { index: 1, distance: 1 });
  assert.deepEqual(nearestIn(points, 6, 0, 1, 0.1), { index: 2, distance: 4 });
});

test("the atlas is decoded images where they stand, and blends them between", () => {
  /** @type {import("../../ui/components/planes/view.js").Atlas} */
  const atlas = { x: [0, 1], y: [0, 1], start: 1, shape: [2, 2, 1, 1] };
  const bytes = Uint8Array.of(99, 0, 100, 200, 40);
  const at = (x, y) => [...atlasAt(atlas, bytes, x, y)];
  assert.deepEqual([at(0, 0), at(1, 0), at(0, 1), at(1, 1)], [[0], [100], [200], [40]]);
  assert.deepEqual(at(0.5, 0), [50]);
  assert.deepEqual(at(0.5, 0.5), [85]);
});

test("a selection names its most frequent classes and counts the others", () => {
  const words = {
    none_selected: "none",
    several: "{count} x {name}",
    more: "{count} more",
    selected: "{count}: {classes}",
  };
  const classes = ["a", "b", "c", "d", "e", "f"];
  const labels = [0, 1, 1, 2, 3, 4, 5, 0, 1];
  const sentence = (lit) => selected({ data: { words, classes }, lit, labels });
  assert.equal(sentence(labels.map(() => 0)), "none");
  assert.equal(sentence([1, 1, 1, 0, 0, 0, 0, 0, 0]), "3: 2 x b, 1 x a");
  assert.equal(sentence(labels.map(() => 1)), "9: 3 x b, 2 x a, 1 x c, 1 x d, 2 more");
});
