import assert from "node:assert/strict";
import { test } from "node:test";

import { changed, stepper } from "../../ui/frame/steps.js";

test("what differs between two queries, whatever their order", () => {
  assert.deepEqual(changed("?a=1&b=2", "?b=2&a=1"), []);
  assert.deepEqual(changed("", "?a=1"), ["a"]);
  assert.deepEqual(changed("?b=1&a=1&c=1", "?a=2&c=1"), ["a", "b"]);
});

test("a step is what the visitor did, and all that followed from it", () => {
  const steps = stepper(["lang"]);
  assert.equal(steps.isStep("", "?a=1", 0), false); // nobody did anything
  steps.touch();
  assert.equal(steps.isStep("", "?a=1", 0), true);
  assert.equal(steps.isStep("?a=1", "?a=1&b=1", 10), false);
  steps.touch();
  assert.equal(steps.isStep("?a=1", "?a=1&lang=fr", 20), false);
  assert.equal(steps.isStep("?a=1", "?a=2", 5000), true);
  steps.touch();
  steps.moved();
  assert.equal(steps.isStep("?a=2", "?a=1", 9000), false);
});

test("a setting that goes on moving is one step", () => {
  const steps = stepper([]);
  const moved = [0, 300, 900, 2500].map((at) => {
    steps.touch();
    return steps.isStep(`?a=${at}`, `?a=${at + 1}`, at);
  });
  assert.deepEqual(moved, [true, false, false, true]);
  steps.touch();
  assert.equal(steps.isStep("?a=1", "?a=1&b=1", 2600), true);
});
