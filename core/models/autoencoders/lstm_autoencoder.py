"""An LSTM autoencoder: a sequence in, a short code, the same sequence out."""

from typing import Any

import keras
import numpy as np

from core.models.recurrent.layers import bidirectional_layer, recurrent_layer
from core.models.seeds import glorot

_LAYERS = ("encoder", "code", "decoder", "output")


def build_lstm_autoencoder(
    samples: int,
    units: int,
    latent_dim: int,
    *,
    frame: int = 1,
    bidirectional: bool = False,
    backwards: bool = False,
    seed: int = 0,
) -> keras.Model:
    """A network from signals (batch, samples) to the same, through a code (batch, latent_dim).

    frame: samples that a step of the LSTM reads and writes; it divides ``samples``.
    bidirectional: a second encoder reads from the end. backwards: the decoder writes the last
    frame first (Srivastava et al. 2015, arXiv:1502.04681, section 3.1). The code is linear; the
    decoder gets it at every step. Weights are in layers called encoder, code, decoder and output.
    """
    steps = samples // frame
    inputs = keras.Input((samples,))
    frames = keras.layers.Reshape((steps, frame))(inputs)
    make = bidirectional_layer if bidirectional else recurrent_layer
    read: Any = make("lstm", units, seed=seed, name="encoder")
    code = keras.layers.Dense(latent_dim, kernel_initializer=glorot(seed + 4), name="code")
    again = keras.layers.RepeatVector(steps)(code(read(frames)))
    write = recurrent_layer("lstm", units, seed=seed + 5, return_sequences=True, name="decoder")
    output = keras.layers.Dense(frame, kernel_initializer=glorot(seed + 7), name="output")
    written: Any = output(write(again))
    if backwards:
        written = keras.ops.flip(written, axis=1)
    return keras.Model(inputs, keras.layers.Reshape((samples,))(written), name="lstm_autoencoder")


def autoencoder_weights(model: keras.Model) -> dict[str, np.ndarray]:
    """The weights under the names of ``core.numeric``'s LSTM autoencoder: LAYER/NUMBER."""
    return {
        f"{name}/{i}": np.array(weight)
        for name in _LAYERS
        for i, weight in enumerate(model.get_layer(name).get_weights())
    }
