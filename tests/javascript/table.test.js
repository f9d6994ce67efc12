import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder } from "../../ui/components/table.js";

/** @type {[string, number | string | null][][]} */
const ROWS = [
  [
    ["GRU", "GRU"],
    ["0.02", 0.02],
  ],
  [
    ["LSTM", "LSTM"],
    ["–", null],
  ],
  [
    ["T = 100", "T = 100"],
    ["0.4", 0.4],
  ],
  [
    ["T = 20", "T = 20"],
    ["0.003", 0.003],
  ],
];
const names = (rows) => rows.map(([[text]]) => text);

test("a table is sorted by numbers, and what is missing comes last", () => {
  assert.deepEqual(names(inOrder(ROWS, 1, "ascending")), ["T = 20", "GRU", "T = 100", "LSTM"]);
  assert.deepEqual(names(inOrder(ROWS, 1, "descending")), ["T = 100", "GRU", "T = 20", "LSTM"]);
});

test("a table is sorted by words, numbers within them as numbers", () => {
  assert.deepEqual(names(inOrder(ROWS, 0, "ascending")), ["GRU", "LSTM", "T = 20", "T = 100"]);
});

test("a table that is not sorted stands as it came", () => {
  assert.equal(inOrder(ROWS, 1, "none"), ROWS);
});
