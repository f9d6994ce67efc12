// A network of dense layers, forward: the formulas of core/numeric/autoencoders.

/** @typedef {{ kernel: Float32Array, bias: Float32Array, activate: (x: number) => number }} Layer */

const activations = {
  relu: (x) => Math.max(0, x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  linear: (x) => x,
};

/**
 * Kernels and biases one behind the other, as the server put them -> each cleaner's layers.
 * @param {{ layers: [inputs: number, outputs: number, activation: string][] }[]} cleaners
 * @param {Float32Array} floats
 * @returns {Layer[][]}
 */
export function readLayers(cleaners, floats) {
  let at = 0;
  const take = (count) => floats.subarray(at, (at += count));
  return cleaners.map(({ layers }) =>
    layers.map(([inputs, outputs, activation]) => ({
      kernel: take(inputs * outputs),
      bias: take(outputs),
      activate: activations[activation],
    })),
  );
}

/**
 * What a network makes of an image, clipped to 0..1.
 * @param {Layer[]} layers
 * @param {ArrayLike<number>} pixels
 */
export function cleaned(layers, pixels) {
  let values = Float64Array.from(pixels);
  for (const { kernel, bias, activate } of layers) {
    const next = Float64Array.from(bias);
    values.forEach((value, i) => {
      if (!value) return;
      const start = i * next.length;
      for (let j = 0; j < next.length; j++) next[j] += value * kernel[start + j];
    });
    values = next.map(activate);
  }
  return values.map((value) => Math.max(0, Math.min(1, value)));
}

/**
 * Peak signal-to-noise ratio in dB of images from 0 to 1.
 * @param {Float32Array} wanted
 * @param {ArrayLike<number>} image
 */
export function psnr(wanted, image) {
  const square = wanted.reduce((sum, value, i) => sum + (value - image[i]) ** 2, 0);
  return square ? -10 * Math.log10(square / wanted.length) : Infinity;
}
