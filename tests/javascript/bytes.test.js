import assert from "node:assert/strict";
import { test } from "node:test";
import { floatsOfHalves } from "../../ui/components/bytes.js";

test("half precision is read as IEEE 754 writes it", () => {
  // 1, -2, 65504 (the largest), 2^-24 (the smallest), 0 and 1/3 as near as it goes.
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x0000, 0x3555);
  const read = floatsOfHalves(new Uint8Array(halves.buffer));
  assert.deepEqual([...read], [1, -2, 65504, 2 ** -24, 0, 0.333251953125]);
});
