import assert from "node:assert/strict";
import { test } from "node:test";
import { legendPlace } from "../../ui/components/charts/legend.js";

test("a legend begins beneath the axis's name, whatever the height", () => {
  for (const height of [200, 400, 800]) {
    const sizes = { below: 44, legend: 40, height, top: 60 };
    const axes = height - 60 - 44 - 40 - 12; // what Plotly leaves for them
    assert.ok(Math.abs(legendPlace(sizes) * axes + 50) < 1e-9);
  }
});

test("in a chart that is too low the legend has some place all the same", () => {
  assert.equal(legendPlace({ below: 44, legend: 300, height: 200, top: 60 }), -50 / 40);
});
