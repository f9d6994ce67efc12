import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cleaned,
  psnr,
  readLayers,
} from "../../pages/autoencoders/denoising_autoencoder/forward.js";
import { drawStroke } from "../../pages/autoencoders/denoising_autoencoder/stroke.js";

test("a network is read from one row of numbers and runs forward", () => {
  // 2 -> 2 by ReLU -> 1, linear: worked by hand.
  const floats = Float32Array.of(1, -1, 2, 0.5, 0, 0.25, 0.5, 1, 0.125);
  /** @type {[number, number, string][]} */
  const layers = [
    [2, 2, "relu"],
    [2, 1, "linear"],
  ];
  const [network] = readLayers([{ layers }], floats);
  // Hidden: relu(0.1·1 + 0.2·2), relu(0.25 - 0.1·1 + 0.2·0.5) = 0.5, 0.25; out 0.25 + 0.25 + 0.125.
  const [out] = cleaned(network, Float64Array.of(0.1, 0.2));
  assert.ok(Math.abs(out - 0.625) < 1e-7);
});

test("several networks stand one behind the other, and outputs are clipped", () => {
  const [low, high] = readLayers(
    [{ layers: [[1, 1, "linear"]] }, { layers: [[1, 1, "linear"]] }],
    Float32Array.of(1, -5, 1, 5),
  );
  assert.deepEqual([...cleaned(low, [0.5])], [0]);
  assert.deepEqual([...cleaned(high, [0.5])], [1]);
});

test("the sigmoid is the sigmoid", () => {
  const [network] = readLayers([{ layers: [[1, 1, "sigmoid"]] }], Float32Array.of(2, -1));
  assert.ok(Math.abs(cleaned(network, [0.5])[0] - 0.5) < 1e-12);
});

test("PSNR in dB", () => {
  const wanted = Float32Array.of(0, 0, 1, 1);
  assert.equal(psnr(wanted, wanted), Infinity);
  assert.ok(Math.abs(psnr(wanted, [0.5, 0.5, 0.5, 0.5]) - 6.0206) < 1e-4);
});

test("a stroke leaves ink along the line, and erasing takes it away", () => {
  const pixels = new Float32Array(25);
  drawStroke(pixels, [5, 5], [0, 2], [4, 2], false);
  assert.deepEqual([...pixels.slice(10, 15)], [1, 1, 1, 1, 1]);
  assert.deepEqual([...pixels.slice(0, 5)], [0, 0, 0, 0, 0]);
  assert.ok(pixels[5] > 0 && pixels[5] < 1); // the brush's soft edge
  drawStroke(pixels, [5, 5], [0, 2], [4, 2], true);
  assert.ok(Math.max(...pixels) < 0.71); // of the edge less than its own ink is taken
  assert.deepEqual([...pixels.slice(10, 15)], [0, 0, 0, 0, 0]);
});
