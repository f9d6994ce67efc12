import assert from "node:assert/strict";
import { test } from "node:test";
import { inside, placeLabels, shared } from "../../ui/components/charts/labels.js";

const FRAME = { left: 60, right: 560, top: 40, bottom: 300 };
const PAGE = { left: 0, right: 700, top: 0, bottom: 360 };

// Numbers that look random and are the same each time (Park and Miller, 1988).
function randomNumbers(seed) {
  let state = seed + 1;
  for (let i = 0; i < 5; i++) state = (state * 48271) % 2147483647;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const end = (x, y, width = 90) => ({
  kind: "end",
  at: [{ x, y }],
  width,
  height: 20,
  frame: FRAME,
});

const line = (y, width = 120) => ({
  kind: "horizontal",
  at: [{ x: FRAME.right, y }],
  width,
  height: 18,
  frame: FRAME,
  box: {
    left: FRAME.right - width,
    top: y - 18,
    right: FRAME.right,
    bottom: y,
  },
});

function assertApart(places) {
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) assert.equal(shared(a.box, b.box), 0);
    assert.ok(a.box.left >= PAGE.left && a.box.right <= PAGE.right);
    assert.ok(a.box.top >= PAGE.top && a.box.bottom <= PAGE.bottom);
  }
}

test("how much of a line is within a box", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.equal(inside({ x: -5, y: 5 }, { x: 20, y: 5 }, box), 10);
  assert.equal(inside({ x: 5, y: 5 }, { x: 5, y: 30 }, box), 5);
  assert.equal(inside({ x: -5, y: -5 }, { x: -5, y: 20 }, box), 0);
  assert.equal(inside({ x: -5, y: 4 }, { x: 4, y: -5 }, box), 0);
});

test("crowded ends of curves: no two names meet, all are within, in the order of the curves", () => {
  for (let seed = 0; seed < 60; seed++) {
    const next = randomNumbers(seed);
    const count = 2 + Math.floor(next() * 11);
    const span = 1 + next() * 258; // some all but end at one point
    const ends = Array.from({ length: count }, () =>
      end(560, FRAME.top + next() * span, 30 + next() * 90),
    );
    const places = placeLabels(ends, {}, PAGE);
    assertApart(places);
    const heights = places.map(({ box }) => (box.top + box.bottom) / 2);
    for (const [i, a] of ends.entries()) {
      for (const [j, b] of ends.entries()) {
        if (a.at[0].y < b.at[0].y) assert.ok(heights[i] < heights[j]);
      }
    }
  }
});

test("a name alone stands beside its end, one that had to go far has a leader", () => {
  const [alone] = placeLabels([end(560, 100)], {}, PAGE);
  assert.ok(Math.abs((alone.box.top + alone.box.bottom) / 2 - 100) <= 2);
  assert.equal(alone.led, false);
  const crowd = placeLabels(
    Array.from({ length: 7 }, () => end(560, 100)),
    {},
    PAGE,
  );
  assert.equal(crowd[0].led, true);
});

test("names of curves, of references and of points: none meets another or is struck out", () => {
  for (let seed = 0; seed < 30; seed++) {
    const next = randomNumbers(seed);
    const last = 300 + next() * 260;
    const heights = Array.from({ length: 3 }, () => 60 + next() * 220);
    const curves = heights.map((y) => ({
      points: [
        { x: 60, y: 50 },
        { x: 100 + next() * 60, y },
        { x: last, y },
      ],
    }));
    const references = [70 + next() * 100, 190 + next() * 100];
    curves.push(
      ...references.map((y) => ({
        points: [
          { x: 60, y },
          { x: 560, y },
        ],
        weight: 0.6,
      })),
    );
    const labels = [...heights.map((y) => end(last, y)), ...references.map((y) => line(y))];
    const point = { x: 120 + next() * 100, y: 150 };
    labels.push({ ...line(150, 50), kind: "point", at: [point], box: null });
    const places = placeLabels(labels, { curves }, PAGE);
    assertApart(places);
    for (const { struck } of places.slice(3)) assert.equal(struck, false);
  }
});

test("a reference's name makes way for the curve that passes at its right end", () => {
  const curve = {
    points: [
      { x: 400, y: 100 },
      { x: 560, y: 190 },
    ],
  };
  const [place] = placeLabels([line(200)], { curves: [curve] }, PAGE);
  assert.equal(place.struck, false);
  assert.ok(place.box.top >= 200 || place.box.bottom <= 200);
});

test("more names than there is room for still come out in order, within the chart", () => {
  const crowd = Array.from({ length: 40 }, (_, i) => end(560, 100 + i));
  const places = placeLabels(crowd, {}, PAGE);
  for (const [i, { box }] of places.entries()) {
    assert.ok(box.top >= 0 && box.bottom <= PAGE.bottom + 2);
    if (i) assert.ok(box.top >= places[i - 1].box.top);
  }
});
