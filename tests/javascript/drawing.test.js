import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, scaleOf } from "../../ui/components/drawing.js";

test("things stand as far apart as there is room, and no further than they need", () => {
  assert.equal(apart(10, 300, 34), 30);
  assert.equal(apart(2, 300, 34), 34);
  assert.equal(apart(0, 300, 34), 34);
});

test("matrices have one scale, at which the largest fits", () => {
  const stops = [
    [
      { rows: 1, columns: 64 },
      { rows: 64, columns: 1 },
    ],
    [
      { rows: 32, columns: 64 },
      { rows: 64, columns: 32 },
    ],
  ];
  assert.equal(scaleOf(stops, 218, 1000, 26), 2);
  assert.equal(scaleOf(stops, 218, 96, 26), 1.5);
});
