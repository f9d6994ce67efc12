"""One small cell, with the weights that it had on the page.

It reads the sequence and prints, at every step, its state and its output.
"""

import keras
import numpy as np

SEQUENCE = [1.0, 0.0, 0.0]
# The gates of an LSTM side by side: input, forget, candidate, output; of a GRU: update, reset,
# candidate.
KERNEL = [[1.0]]
RECURRENT = [[1.0]]
BIAS = [0.0]
OUTPUT_KERNEL = [[1.0]]
OUTPUT_BIAS = [0.0]
CELL, UNITS, ACTIVATION, OUTPUT = "rnn", 1, "tanh", "linear"

if CELL == "rnn":
    layer = keras.layers.SimpleRNN(UNITS, activation=ACTIVATION, return_sequences=True)
elif CELL == "lstm":
    layer = keras.layers.LSTM(UNITS, return_sequences=True)
else:
    layer = keras.layers.GRU(UNITS, return_sequences=True, reset_after=False)
names = ("h", "c") if CELL == "lstm" else ("h",)
output = keras.layers.Dense(1, activation=OUTPUT)
model = keras.Sequential([keras.Input((None, 1)), layer, output])
layer.set_weights([np.array(w, "float32") for w in (KERNEL, RECURRENT, BIAS)])
output.set_weights([np.array(w, "float32") for w in (OUTPUT_KERNEL, OUTPUT_BIAS)])
model.summary()

inputs = np.array(SEQUENCE, "float32").reshape(1, -1, 1)  # (batch, time, features)
outputs = np.asarray(model(inputs))[0, :, 0]
states = [np.zeros((1, UNITS), "float32") for _ in names]
for t, x in enumerate(SEQUENCE):
    _, states = layer.cell(inputs[:, t], states)
    held = "  ".join(
        f"{name} = " + " ".join(f"{value:.6f}" for value in np.asarray(state)[0])
        for name, state in zip(names, states, strict=True)
    )
    print(f"step {t + 1}: x = {x:g}  {held}  o = {outputs[t]:.6f}")
