import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, leading } from "../../ui/components/table.js";

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

test("a text that begins with a number is sorted by that, in the language's marks", () => {
  assert.equal(leading("0,146", ","), 0.146);
  assert.equal(leading("1\u202f600,5 s", ","), 1600.5);
  assert.equal(leading("1,600.5", "."), 1600.5);
  assert.equal(leading("−0.5 (2/5: 1,600)", "."), -0.5);
  assert.ok(Number.isNaN(leading("T = 20", ".")));
  /** @type {[string, string][][]} */
  const rows = ["0,0492 (1/1)", "best", "0,146", "0,043"].map((text) => [[text, text]]);
  assert.deepEqual(names(inOrder(rows, 0, "ascending", ",")), [
    "0,043",
    "0,0492 (1/1)",
    "0,146",
    "best",
  ]);
});

test("a table that is not sorted stands as it came", () => {
  assert.equal(inOrder(ROWS, 1, "none"), ROWS);
});
