"""The Keras script of one small cell with given weights: it prints what it holds at each step."""

from collections.abc import Sequence

import numpy as np

from core.numeric.recurrent.cell_models import CellModel

_LAYERS = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}

_SCRIPT = '''\
"""{title} of {units} unit{plural}, with the weights that it had on the page.

It reads the sequence and prints, at every step, its state and its output.
"""

import keras
import numpy as np

SEQUENCE = {sequence}
KERNEL = {kernel}
RECURRENT = {recurrent}
BIAS = {bias}{order}
OUTPUT_KERNEL = {output_kernel}
OUTPUT_BIAS = {output_bias}

layer = keras.layers.{layer}({units}, return_sequences=True{options})
output = keras.layers.Dense(1, activation={output!r})
model = keras.Sequential([keras.Input((None, 1)), layer, output])
layer.set_weights([np.array(w, "float32") for w in (KERNEL, RECURRENT, BIAS)])
output.set_weights([np.array(w, "float32") for w in (OUTPUT_KERNEL, OUTPUT_BIAS)])
model.summary()

inputs = np.array(SEQUENCE, "float32").reshape(1, -1, 1)  # (batch, time, features)
outputs = np.asarray(model(inputs))[0, :, 0]
states = [np.zeros((1, {units}), "float32") for _ in range({states})]
for t, x in enumerate(SEQUENCE):
    _, states = layer.cell(inputs[:, t], states)
    held = "  ".join(
        f"{{name}} = " + " ".join(f"{{value:.6f}}" for value in np.asarray(state)[0])
        for name, state in zip({names}, states)
    )
    print(f"step {{t + 1}}: x = {{x:g}}  {{held}}  o = {{outputs[t]:.6f}}")
'''


def cell_script(model: CellModel, sequence: Sequence[float]) -> str:
    """A Python script of Keras alone that builds ``model`` and reads ``sequence``."""
    names = ("h", "c") if model.cell == "lstm" else ("h",)
    order = {
        "lstm": "  # gates side by side: input, forget, candidate, output",
        "gru": "  # gates side by side: update, reset, candidate",
    }
    options = {"gru": ", reset_after=False", "rnn": f', activation="{model.activation}"'}
    return _SCRIPT.format(
        title={"rnn": "An RNN", "lstm": "An LSTM", "gru": "A GRU"}[model.cell],
        units=model.units,
        plural="s" * (model.units > 1),
        sequence=[float(x) for x in sequence],
        kernel=_rows(model.weights.kernel),
        recurrent=_rows(model.weights.recurrent),
        bias=_rows(model.weights.bias),
        order=order.get(model.cell, ""),
        output_kernel=_rows(model.output_kernel),
        output_bias=_rows(model.output_bias),
        layer=_LAYERS[model.cell],
        options=options.get(model.cell, ""),
        output=model.output,
        states=len(names),
        names=names,
    )


def _rows(array: np.ndarray) -> str:
    """The numbers as Python writes them, a row of a matrix on a line of its own."""
    if array.ndim == 1:
        return str(array.tolist())
    rows = [f"    {row}," for row in array.tolist()]
    return "\n".join(["[", *rows, "]"])
