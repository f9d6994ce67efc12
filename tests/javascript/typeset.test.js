import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces, written } from "../../pages/recurrent/cell/typeset.js";

test("a formula is read letter by letter, with what stands below", () => {
  assert.deepEqual(pieces("W_f h_{t−1}+tanh"), [
    { base: "W", sub: "f", italic: true },
    { base: " ", sub: "", italic: false },
    { base: "h", sub: "t−1", italic: true },
    { base: "+", sub: "", italic: false },
    { base: "tanh", sub: "", italic: false },
  ]);
});

test("a letter keeps its tilde", () => {
  assert.deepEqual(pieces("c̃_t"), [{ base: "c̃", sub: "t", italic: true }]);
});

test("a number has so many decimals, fewer where it is large", () => {
  assert.equal(written(0, 2, "."), "0");
  assert.equal(written(-0.256, 2, "."), "−0.26");
  assert.equal(written(3.14159, 3, ","), "3,142");
  assert.equal(written(12.34, 2, "."), "12.3");
  assert.equal(written(123.4, 2, "."), "123");
  assert.equal(written(-0.001, 2, "."), "0.00");
});
