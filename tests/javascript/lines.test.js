import assert from "node:assert/strict";
import { test } from "node:test";
import { breakWords, inLines, missing, wordsOf } from "../../ui/components/charts/lines.js";

const letters = (text) => 10 * text.length;

test("a text is broken where a line would be too long, and a long word stands alone", () => {
  assert.deepEqual(inLines("one two three", 80, letters), ["one two", "three"]);
  assert.deepEqual(inLines("a considerable word", 60, letters), ["a", "considerable", "word"]);
  assert.deepEqual(inLines("k\u00a0=\u00a02 and back", 100, letters), [
    "k\u00a0=\u00a02 and",
    "back",
  ]);
});

test("what fits or is marked up stays as it is", () => {
  assert.deepEqual(inLines("one two", 70, letters), ["one two"]);
  assert.deepEqual(inLines("z<sub>1</sub> and z<sub>2</sub>", 50, letters).length, 1);
});

test("the words of a layout are asked before they are broken", () => {
  const layout = {
    title: { text: "one two three", font: { size: 20 } },
    margin: { t: 60 },
    xaxis: { title: { text: "steps" } },
    xaxis2: {},
    template: { layout: { title: { pad: { t: 4 }, font: { family: "serif" } } } },
  };
  const words = wordsOf(layout);
  assert.deepEqual(words, {
    title: "one two three",
    font: { size: 20, family: "serif" },
    pad: 4,
    top: 60,
    axes: [["xaxis", "steps"]],
  });
  breakWords(layout, { "title.text": "one two <br>three", "title.pad.t": 18, "margin.t": 87 });
  assert.equal(words.title, "one two three");
  assert.deepEqual(layout.title, {
    text: "one two <br>three",
    font: { size: 20 },
    pad: { t: 18 },
  });
  assert.equal(layout.margin.t, 87);
});

test("only what a drawn chart does not have yet is changed", () => {
  const changes = { "title.text": "a", "title.pad.t": 0, "margin.t": 48 };
  assert.deepEqual(missing({ title: { text: "a" }, margin: { t: 60 } }, changes), {
    "margin.t": 48,
  });
});
