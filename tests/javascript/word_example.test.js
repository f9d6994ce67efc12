import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterStep,
  drawnWords,
  examplesOf,
  meanOf,
  negativeSampling,
  randomNumbers,
  windowAround,
} from "../../pages/language/word_embeddings/glass/example.js";
import { sumInWords } from "../../pages/language/word_embeddings/onehot.js";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("a window ends with its sentence", () => {
  const ids = [0, 1, 2, -1, 3, 4];
  assert.deepEqual(windowAround(ids, 1, 1), [0, 2]);
  assert.deepEqual(windowAround(ids, 2, 2), [0, 1]);
  assert.deepEqual(windowAround(ids, 4, 5), [5]);
});

test("skip-gram makes a pair of each neighbour, CBOW one example of each window", () => {
  const ids = [5, 6, 7];
  assert.deepEqual(
    examplesOf(ids, "skip-gram", 1).map(({ inputs, target }) => [inputs, target]),
    [
      [[0], 1],
      [[1], 0],
      [[1], 2],
      [[2], 1],
    ],
  );
  assert.deepEqual(
    examplesOf(ids, "cbow", 1).map(({ inputs, target }) => [inputs, target]),
    [
      [[1], 0],
      [[0, 2], 1],
      [[1], 2],
    ],
  );
  assert.deepEqual(examplesOf([1, -1, 2, -1], "cbow", 2), []);
});

test("an example by hand: the true word is pulled, the drawn one pushed away", () => {
  // The numbers of tests/unit/numeric/language/embeddings/test_embedding_example.py.
  const example = negativeSampling(
    [1, 0],
    [
      [Math.log(3), 5],
      [0, 7],
    ],
  );
  example.probabilities.forEach((p, i) => near(p, [0.75, 0.5][i]));
  near(example.loss, -Math.log(0.75) - Math.log(0.5));
  example.outputGradients.flat().forEach((slope, i) => near(slope, [-0.25, 0, 0.5, 0][i]));
  near(example.hiddenGradient[0], -0.25 * Math.log(3));
  near(example.hiddenGradient[1], -0.25 * 5 + 0.5 * 7);
  assert.ok(example.errors[0] < 0 && example.errors[1] > 0);
});

test("the gradient is that of finite differences", () => {
  const [hidden, outputs] = [
    [0.3, -0.7],
    [
      [0.2, 0.5],
      [-0.4, 0.1],
      [0.9, -0.2],
    ],
  ];
  const { hiddenGradient, outputGradients } = negativeSampling(hidden, outputs);
  const step = 1e-6;
  hidden.forEach((_, k) => {
    const moved = hidden.map((value, i) => value + (i === k ? step : 0));
    const slope =
      (negativeSampling(moved, outputs).loss - negativeSampling(hidden, outputs).loss) / step;
    assert.ok(Math.abs(slope - hiddenGradient[k]) < 1e-5);
  });
  const bent = outputs.map((row, i) => (i === 1 ? [row[0] + step, row[1]] : row));
  const slope =
    (negativeSampling(hidden, bent).loss - negativeSampling(hidden, outputs).loss) / step;
  assert.ok(Math.abs(slope - outputGradients[1][0]) < 1e-5);
});

test("a step lowers the loss of its example and shares CBOW's move", () => {
  const model = {
    inputs: [
      [0.5, 0.1],
      [-0.2, 0.4],
    ],
    outputs: [
      [0.1, 0.3],
      [0.4, -0.6],
    ],
  };
  const loss = ({ inputs, outputs }) => negativeSampling(meanOf(inputs), outputs);
  const before = loss(model);
  const after = afterStep(model, [0, 1], [0, 1], before, 0.1);
  assert.ok(loss(after).loss < before.loss);
  near(after.inputs[0][0], 0.5 - (0.1 * before.hiddenGradient[0]) / 2);
  near(model.inputs[0][0], 0.5); // as it was
});

test("draws follow their distribution, and never the true word", () => {
  const random = randomNumbers(1);
  const drawn = drawnWords(random, [0.5, 0.25, 0.125, 0.125], 8000, 0);
  const counts = [0, 0, 0, 0];
  drawn.forEach((word) => counts[word]++);
  assert.equal(counts[0], 0);
  assert.ok(Math.abs(counts[1] / 8000 - 0.5) < 0.02);
  assert.ok(Math.abs(counts[2] / 8000 - 0.25) < 0.02);
  assert.deepEqual(drawnWords(random, [1], 3, 0), []);
  assert.equal(randomNumbers(5)(), randomNumbers(5)());
});

test("a one-hot row times a column is told as the sum that it is", () => {
  assert.equal(sumInWords(1, [0.5, -2], String), "0 · 0.5 + 1 · (-2)");
});
