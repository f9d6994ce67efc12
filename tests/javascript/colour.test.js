import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, luminance, readable, rgb, shade } from "../../ui/components/colour.js";

/** @type {import("../../ui/components/colour.js").Palette} */
const DIVERGING = [
  [0, "#0000ff"],
  [0.5, "#ffffff"],
  [1, "#ff0000"],
];

test("a colour is read with and without its sign", () => {
  assert.deepEqual(rgb("#0A80ff"), [10, 128, 255]);
  assert.deepEqual(rgb("0a80FF"), [10, 128, 255]);
});

test("luminance and contrast are WCAG's", () => {
  assert.equal(luminance([0, 0, 0]), 0);
  assert.ok(Math.abs(luminance([255, 255, 255]) - 1) < 1e-12);
  assert.ok(Math.abs(contrast([0, 0, 0], [255, 255, 255]) - 21) < 1e-9);
  // #767676 on white is the well-known grey that just passes AA.
  assert.ok(Math.abs(contrast(rgb("#767676"), rgb("#ffffff")) - 4.54) < 0.005);
  assert.equal(contrast(rgb("#123456"), rgb("#fedcba")), contrast(rgb("#fedcba"), rgb("#123456")));
});

test("the ink is the one that is read better", () => {
  assert.equal(readable([250, 250, 250], ["#000000", "#ffffff"]), "#000000");
  assert.equal(readable([10, 10, 40], ["#000000", "#ffffff"]), "#ffffff");
});

test("text is read on any colour of the palette, of both themes", () => {
  const inks = ["#20242E", "#E8E6E1"];
  for (const [low, page, high] of [
    ["#1F5FBF", "#FBFAF6", "#C05A00"],
    ["#74AEFF", "#14171F", "#F2A24A"],
  ]) {
    /** @type {import("../../ui/components/colour.js").Palette} */
    const palette = [
      [0, low],
      [0.5, page],
      [1, high],
    ];
    for (let value = -1; value <= 1; value += 0.01) {
      const back = shade(value, palette);
      assert.ok(contrast(back, rgb(readable(back, inks))) >= 4.5, `${low} at ${value}`);
    }
  }
});

test("a value's colour lies between the palette's, and beyond its ends at them", () => {
  assert.deepEqual(shade(0, DIVERGING), [255, 255, 255]);
  assert.deepEqual(shade(-1, DIVERGING), [0, 0, 255]);
  assert.deepEqual(shade(0.5, DIVERGING), [255, 128, 128]);
  assert.deepEqual(shade(-7, DIVERGING), shade(-1, DIVERGING));
  assert.deepEqual(shade(7, DIVERGING), [255, 0, 0]);
});
