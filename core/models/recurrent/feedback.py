"""Two recurrent layers with a recurrence between them: the lower also reads the upper's past."""

from typing import Any

import keras

from core.models.seeds import glorot, orthogonal


class FeedbackCell(keras.layers.Layer):
    """Two GRU layers as one cell: at each step the lower reads the input and its own state.

    With ``feedback`` it also reads what the upper layer said a step before, h2_{t-1}: the
    recurrence between layers of Pascanu et al. (2014), arXiv:1312.6026, and, with a gate more, of
    Chung et al. (2015), arXiv:1502.02367. States and output: (batch, units) each.
    """

    def __init__(self, units: int, *, feedback: bool, seed: int = 0, **kwargs: Any):
        super().__init__(**kwargs)
        self.feedback = feedback
        self.state_size, self.output_size = [units, units], units
        self.lower, self.upper = (_gru_cell(units, 4 * seed), _gru_cell(units, 4 * seed + 2))

    def build(self, input_shape: tuple[Any, ...]) -> None:
        """Make the weights. input_shape: (batch, features)."""
        batch, features = input_shape
        self.lower.build((batch, features + self.output_size * self.feedback))
        self.upper.build((batch, self.output_size))
        self.built = True

    def call(self, inputs: Any, states: list[Any]) -> tuple[Any, list[Any]]:
        """One step: inputs (batch, features), states as ``state_size``."""
        low, high = states
        if self.feedback:
            inputs = keras.ops.concatenate([inputs, high], axis=-1)
        low, _ = self.lower(inputs, [low])
        high, _ = self.upper(low, [high])
        return high, [low, high]


def _gru_cell(units: int, seed: int) -> keras.layers.GRUCell:
    return keras.layers.GRUCell(
        units,
        reset_after=False,
        kernel_initializer=glorot(seed),
        recurrent_initializer=orthogonal(seed + 1),
    )


def two_layers(units: int, features: int, *, feedback: bool, seed: int = 0) -> keras.Model:
    """A network of the cell that answers with one number. In: (batch, time, features)."""
    return keras.Sequential(
        [
            keras.Input((None, features)),
            keras.layers.RNN(FeedbackCell(units, feedback=feedback, seed=seed)),
            keras.layers.Dense(1, kernel_initializer=glorot(4 * seed + 1)),
        ]
    )
