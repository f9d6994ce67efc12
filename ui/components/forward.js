// A network of dense layers, forward: the formulas of core/numeric/autoencoder.py.
const activations = {
  relu: (x) => Math.max(0, x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  linear: (x) => x,
};

function readLayers(cleaners, floats) {
  // Kernels and biases one behind the other, as the server put them -> each cleaner's layers.
  let at = 0;
  const take = (count) => floats.subarray(at, (at += count));
  return cleaners.map(({ layers }) =>
    layers.map(([inputs, outputs, activation]) => ({
      kernel: take(inputs * outputs),
      bias: take(outputs),
      activate: activations[activation],
    })));
}

function cleaned(layers, pixels) {
  let values = pixels;
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

function psnr(wanted, said) {
  const square = wanted.reduce((sum, value, i) => sum + (value - said[i]) ** 2, 0);
  return square ? -10 * Math.log10(square / wanted.length) : Infinity;
}
