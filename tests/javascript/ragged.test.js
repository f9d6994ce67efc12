import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, difference } from "../../pages/sequences/sequential_data/ragged.js";

test("a short row is filled at the side that was chosen", () => {
  assert.deepEqual(cellsOf(["a", "b"], 4, "end"), ["a", "b", null, null]);
  assert.deepEqual(cellsOf(["a", "b"], 4, "start"), [null, null, "a", "b"]);
});

test("a long row is cut there as well, as Keras's pad_sequences does", () => {
  assert.deepEqual(cellsOf(["a", "b", "c"], 2, "end"), ["a", "b"]);
  assert.deepEqual(cellsOf(["a", "b", "c"], 2, "start"), ["b", "c"]);
});

test("the largest difference", () => {
  assert.equal(difference([[1, 2], [3]], [[1, 4], [2.5]]), 2);
});
