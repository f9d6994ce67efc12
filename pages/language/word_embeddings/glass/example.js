// One training example of word2vec, in the browser: windows, draws, scores, gradients, an update.
// The same formulas as core/numeric/language/embeddings/example.py, whose tests have the same numbers.

/** @typedef {{ inputs: number[], target: number, at: number }} Example places in the text */

/**
 * A source of numbers from 0 to 1, the same for the same seed.
 * @param {number} seed
 */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0; // mulberry32
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The places in the window around a place of a text, within its sentence.
 * @param {number[]} ids of the words; negative between sentences
 * @param {number} at
 * @param {number} reach
 */
export function windowAround(ids, at, reach) {
  const places = [];
  for (let i = at - 1; i >= Math.max(0, at - reach) && ids[i] >= 0; i--) places.unshift(i);
  for (let i = at + 1; i <= Math.min(ids.length - 1, at + reach) && ids[i] >= 0; i++)
    places.push(i);
  return places;
}

/**
 * What a text gives to learn from, in its order: skip-gram's pairs, or CBOW's windows.
 * @param {number[]} ids
 * @param {string} method "skip-gram" or "cbow"
 * @param {number} reach
 * @returns {Example[]}
 */
export function examplesOf(ids, method, reach) {
  return ids.flatMap((id, at) => {
    const places = id < 0 ? [] : windowAround(ids, at, reach);
    if (!places.length) return [];
    if (method === "cbow") return [{ inputs: places, target: at, at }];
    return places.map((target) => ({ inputs: [at], target, at }));
  });
}

/**
 * So many draws of a distribution, without one of its numbers.
 * @param {() => number} random
 * @param {number[]} shares they sum to 1
 * @param {number} count
 * @param {number} without
 */
export function drawnWords(random, shares, count, without) {
  const rest = 1 - shares[without];
  if (rest <= 0) return [];
  return Array.from({ length: count }, () => {
    let left = random() * rest;
    let last = 0;
    for (const [i, share] of shares.entries()) {
      if (i === without) continue;
      last = i;
      left -= share;
      if (left < 0) return i;
    }
    return last;
  });
}

/** @param {number[][]} vectors */
export const meanOf = (vectors) =>
  vectors[0].map((_, k) => vectors.reduce((sum, vector) => sum + vector[k], 0) / vectors.length);

const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);
const sigmoid = (score) => 1 / (1 + Math.exp(-score));

/**
 * A prediction among the true word and the drawn ones, and how it pulls and pushes.
 * @param {number[]} hidden
 * @param {number[][]} outputs the true word's first
 */
export function negativeSampling(hidden, outputs) {
  const scores = outputs.map((output) => dot(output, hidden));
  const probabilities = scores.map(sigmoid);
  const errors = probabilities.map((p, i) => p - (i === 0 ? 1 : 0));
  const costs = scores.map((score, i) => Math.log1p(Math.exp(i === 0 ? -score : score)));
  return {
    scores,
    probabilities,
    errors,
    loss: costs.reduce((sum, cost) => sum + cost, 0),
    hiddenGradient: hidden.map((_, k) =>
      outputs.reduce((sum, output, i) => sum + errors[i] * output[k], 0),
    ),
    outputGradients: errors.map((error) => hidden.map((value) => error * value)),
  };
}

/**
 * The matrices after a step against the gradient; words that come twice are moved twice.
 * @param {{ inputs: number[][], outputs: number[][] }} model
 * @param {number[]} read words whose input vectors made the hidden one
 * @param {number[]} held words that it was held against
 * @param {{ hiddenGradient: number[], outputGradients: number[][] }} gradient
 * @param {number} rate
 */
export function afterStep(model, read, held, gradient, rate) {
  const inputs = model.inputs.map((row) => row.slice());
  const outputs = model.outputs.map((row) => row.slice());
  for (const word of read)
    gradient.hiddenGradient.forEach(
      (slope, k) => (inputs[word][k] -= (rate * slope) / read.length),
    );
  held.forEach((word, i) =>
    gradient.outputGradients[i].forEach((slope, k) => (outputs[word][k] -= rate * slope)),
  );
  return { inputs, outputs };
}
