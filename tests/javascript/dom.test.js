import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, floatsOf } from "../../ui/components/bytes.js";
import { filled } from "../../ui/components/dom.js";

test("fields are filled in, and what fills them is text", () => {
  assert.equal(filled("{a} of {b}: {a}", { a: 1, b: "{a}" }), "1 of {a}: 1");
});

test("arrays come back from base 64", () => {
  const floats = Float32Array.of(1.5, -0.25, 1e-8);
  const text = Buffer.from(floats.buffer).toString("base64");
  assert.deepEqual(floatsOf(text), floats);
  assert.deepEqual(bytesOf("AAEC/w=="), Uint8Array.of(0, 1, 2, 255));
});
