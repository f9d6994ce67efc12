import assert from "node:assert/strict";
import { test } from "node:test";

import { moved } from "../../ui/components/attention.js";

test("arrow keys move to the next cell, and not beyond the last", () => {
  assert.deepEqual(moved("ArrowRight", [0, 1], [3, 2]), [0, 2]);
  assert.deepEqual(moved("ArrowRight", [0, 2], [3, 2]), [0, 2]);
  assert.deepEqual(moved("ArrowLeft", [1, 0], [3, 2]), [1, 0]);
  assert.deepEqual(moved("ArrowUp", [1, 1], [3, 2]), [0, 1]);
  assert.deepEqual(moved("ArrowDown", [1, 1], [3, 2]), [1, 1]);
});

test("a shorter row ends sooner, and Home and End lead to the ends of a row", () => {
  assert.deepEqual(moved("ArrowDown", [0, 2], [3, 2]), [1, 1]);
  assert.deepEqual(moved("End", [0, 0], [3, 2]), [0, 2]);
  assert.deepEqual(moved("Home", [1, 1], [3, 2]), [1, 0]);
  assert.equal(moved("Enter", [0, 0], [3, 2]), null);
});
