"""Weights made by hand, with which a small cell does something that has a name.

A gate is written as the numbers in its formula: (weight of x_t, weights of h_{t-1}, bias); the
gates of a unit stand in Keras's order, that of ``BLOCKS``.
"""

from collections.abc import Callable, Sequence

import numpy as np

from core.numeric.recurrent.cell_models import CellModel
from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.recurrent.gradient_flow import glorot_uniform, orthogonal

Gate = tuple[float, Sequence[float], float]
_OPEN, _SHUT = 8.0, -8.0  # sigmoid(8) = 0.9997
_DECIMALS = 3  # of random weights: as many as people can read, and a link can carry


def _made(
    cell: str,
    units: Sequence[Sequence[Gate]],
    output: Sequence[float],
    output_bias: float = 0.0,
    activation: str = "tanh",
    sigma_o: str = "linear",
) -> CellModel:
    """The model whose unit j has the gates ``units[j]``."""
    gates = [gate for block in zip(*units, strict=True) for gate in block]
    return CellModel(
        cell,
        Weights(
            np.array([[float(gate[0]) for gate in gates]]),
            np.array([gate[1] for gate in gates], float).T,
            np.array([gate[2] for gate in gates], float),
        ),
        np.array(output, float)[:, None],
        np.array([output_bias], float),
        activation,
        sigma_o,
    )


def _latch(cell: str) -> CellModel:
    """1 sets it, -1 clears it, 0 changes nothing; the output is above its middle while it is set.

    The LSTM's output is 1 or 0 (sigmoid). The RNN and the GRU, whose state has to hold itself by
    tanh, say 1 or -1.
    """
    if cell == "lstm":
        unit = ((12, [0], -6), (12, [0], 6), (0, [0], 4), (0, [0], 6))
        return _made(cell, [unit], [20], -8, sigma_o="sigmoid")
    if cell == "gru":
        return _made(cell, [((0, [0], -6), (0, [0], 6), (6, [3], 0))], [1])
    return _made(cell, [((6, [3], 0),)], [1])


def _remember(cell: str) -> CellModel:
    """The output is the first input, whatever comes after it.

    Unit 1 holds the value and unit 2 says that the first step is over. The LSTM and the GRU hold
    numbers from -1 to 1 within 0.02; the RNN, which needs a third unit and ReLU, from 0 to 10.
    """
    if cell == "lstm":
        value = ((0, [0, -21], _OPEN), (0, [0, 0], _OPEN), (0.1, [0, 0], 0), (0, [0, 0], _OPEN))
        begun = ((0, [0, 0], _OPEN), (0, [0, 0], _SHUT), (0, [0, 0], 4), (0, [0, 0], _OPEN))
        return _made(cell, [value, begun], [10, 0])
    if cell == "gru":
        value = ((0, [0, 16], _SHUT), (0, [0, 0], _OPEN), (0.1, [0, 0], 0))
        begun = ((0, [0, 0], _SHUT), (0, [0, 0], _OPEN), (0, [0, 0], 4))
        return _made(cell, [value, begun], [10, 0])
    kept, begun, entering = (0, [1, 0, 1], 0), (0, [0, 0, 0], 1), (1, [0, -10, 0], 0)
    return _made(cell, [(kept,), (begun,), (entering,)], [1, 0, 1], activation="relu")


def _count(cell: str) -> CellModel:
    """The output is the number of ones so far, among ones and zeros.

    The RNN counts in whole numbers, which ReLU allows; the LSTM and the GRU in hundredths, where
    tanh still is a straight line.
    """
    if cell == "lstm":
        unit = ((0, [0], 10), (0, [0], 10), (0.01, [0], 0), (0, [0], 10))
        return _made(cell, [unit], [100])
    if cell == "gru":
        return _made(cell, [((-16, [0], _OPEN), (0, [0], _OPEN), (0.01, [1], 0))], [100])
    return _made(cell, [((1, [1], 0),)], [1], activation="relu")


def _forget(cell: str) -> CellModel:
    """Of what it has taken in, half is left after each step. The RNN is for inputs from 0."""
    if cell == "lstm":
        unit = ((0, [0], _OPEN), (0, [0], 0), (0.1, [0], 0), (0, [0], _OPEN))
        return _made(cell, [unit], [10])
    if cell == "gru":
        return _made(cell, [((0, [0], 0), (0, [0], _OPEN), (0.2, [0], 0))], [10])
    return _made(cell, [((1, [0.5], 0),)], [1], activation="relu")


PRESETS: dict[str, Callable[[str], CellModel]] = {
    "latch": _latch,
    "remember": _remember,
    "count": _count,
    "forget": _forget,
}
SEQUENCES = {
    "latch": (0, 1, 0, 0, 0, -1, 0, 0, 1, 0),
    "remember": (0.8, 0.3, 0.1, 0.9, 0.5, 0, 0.2, 0.7, 0, 0.4),
    "count": (1, 0, 1, 1, 0, 0, 1, 0, 1, 1),
    "forget": (1, 0, 0, 0, 0, 0.6, 0, 0, 0, 0),
}


def keras_initialised(cell: str, units: int, seed: int) -> CellModel:
    """Weights drawn as Keras initialises a layer of one feature, rounded to three decimals.

    Kernels uniform within sqrt(6 / (inputs + outputs)) of 0 (Glorot & Bengio, 2010), the recurrent
    matrix with orthogonal rows (Saxe et al., 2014), biases 0, but 1 for the LSTM's forget gate. The
    distributions are Keras's, the draws are NumPy's.
    """
    rng = np.random.default_rng(seed)
    width = CELLS[cell].gates * units
    kernel = glorot_uniform(rng, (1, width))
    recurrent = orthogonal(rng, (width, units)).T
    bias = np.zeros(width)
    if cell == "lstm":
        bias[units : 2 * units] = 1
    arrays = (kernel, recurrent, bias, glorot_uniform(rng, (units, 1)), np.zeros(1))
    kernel, recurrent, bias, output_kernel, output_bias = (
        np.round(array, _DECIMALS) for array in arrays
    )
    return CellModel(cell, Weights(kernel, recurrent, bias), output_kernel, output_bias)
