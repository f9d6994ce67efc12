import assert from "node:assert/strict";
import { test } from "node:test";

import { latest, merged } from "../../ui/frame/remembered.js";

test("what is new is remembered once, as the newest: another tab may change it afterwards", () => {
  const merges = {};
  const memory = merged({ a: "1", b: "1" }, { a: "2" }, merges);
  assert.deepEqual(Object.entries(memory), [
    ["b", "1"],
    ["a", "2"],
  ]);
  assert.deepEqual(merged({ ...memory, a: "3" }, { a: "2" }, merges), { b: "1", a: "3" });
});

test("the cookie has as much of the newest as it holds, written as a query", () => {
  const memory = { "opened.cell": "1", "voltaire.first.answer": "with & and =" };
  assert.equal(latest(memory, 100), "opened.cell=1&voltaire.first.answer=with+%26+and+%3D");
  assert.equal(latest(memory, 50), "voltaire.first.answer=with+%26+and+%3D");
  assert.equal(latest({}, 0), "");
});
