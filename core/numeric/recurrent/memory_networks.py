"""The networks of the memory race: their sizes, and their answers without Keras.

A network is a stack of recurrent layers of one cell, one-way or both ways, and a dense layer.
Its weights are a mapping of names: "0.forward.kernel", "0.forward.recurrent", "0.forward.bias",
"0.backward.kernel", ..., "1.forward.kernel", ..., "dense.kernel", "dense.bias".
"""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from core.numeric.recurrent.cells import CELLS, Cell, rnn_step
from core.numeric.threads import one_blas_thread

_NEAR = 6  # units more or fewer that are tried
_SAME = 0.05  # sizes that differ by less count as equal


def _relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)


RACERS = {**CELLS, "irnn": Cell(partial(rnn_step, activation=_relu), gates=1, states=1)}


def count_params(
    cell: str, units: int, features: int, outputs: int, layers: int = 1, bidirectional: bool = False
) -> int:
    """The weights of a network: gates x units x (inputs + units + 1) a layer, and the dense one."""
    ways = 2 if bidirectional else 1
    inputs = [features] + [ways * units] * (layers - 1)
    recurrent = sum(ways * RACERS[cell].gates * units * (n + units + 1) for n in inputs)
    return recurrent + outputs * (ways * units + 1)


def matched_units(
    cells: Sequence[str],
    params: int,
    features: int,
    outputs: int,
    layers: int = 1,
    bidirectional: bool = False,
) -> dict[str, int]:
    """Units for each cell: networks within 5 % of each other in weights, near ``params``.

    Where no choice is within 5 %, the most even one.
    """

    def count(cell, units):
        return count_params(cell, units, features, outputs, layers, bidirectional)

    def nearest(cell, aim):
        units = 1
        while count(cell, units + 1) <= aim:
            units += 1
        return min((units, units + 1), key=lambda u: abs(count(cell, u) - aim))

    def badness(choice):
        counts = [count(cell, units) for cell, units in choice.items()]
        uneven = max(counts) / min(counts) - 1
        return max(uneven, _SAME), abs(np.mean(counts) / params - 1)

    coarsest = max(cells, key=lambda cell: RACERS[cell].gates)
    middle = nearest(coarsest, params)
    choices = []
    for units in range(max(1, middle - _NEAR), middle + _NEAR + 1):
        aim = count(coarsest, units)
        choices.append({cell: nearest(cell, aim) for cell in cells})
    return min(choices, key=badness)


def by_cell(arrays: Mapping[str, np.ndarray]) -> dict[str, dict[str, np.ndarray]]:
    """The weights of several networks, CELL/name -> array, as cell -> name -> array."""
    found: dict[str, dict[str, np.ndarray]] = {cell: {} for cell in RACERS}
    for name, array in arrays.items():
        cell, _, weight = name.partition("/")
        found[cell][weight] = array
    return {cell: weights for cell, weights in found.items() if weights}


def answers(
    cell: str, weights: Mapping[str, np.ndarray], inputs: np.ndarray, recall: int = 0
) -> np.ndarray:
    """What a network puts out. inputs: (batch, time, features).

    Returns (batch, outputs) after the last step, or (batch, recall, outputs) of the last steps.
    """
    layers = 1 + max(int(name.split(".")[0]) for name in weights if name[0].isdigit())
    with one_blas_thread():
        for layer in range(layers):
            ways = [w for w in ("forward", "backward") if f"{layer}.{w}.kernel" in weights]
            read = [_read(cell, weights, f"{layer}.{way}", inputs, way) for way in ways]
            if layer < layers - 1 or recall:
                inputs = np.concatenate(read, -1)
            else:  # each direction after its own last step
                ends = [-1 if way == "forward" else 0 for way in ways]
                inputs = np.concatenate(
                    [hidden[:, end] for hidden, end in zip(read, ends, strict=True)], -1
                )
        if recall:
            inputs = inputs[:, -recall:]
        return inputs @ weights["dense.kernel"] + weights["dense.bias"]


def _read(cell, weights, name, inputs, way) -> np.ndarray:
    kernel, recurrent, bias = (
        weights[f"{name}.{part}"] for part in ("kernel", "recurrent", "bias")
    )
    step = slice(None, None, -1 if way == "backward" else 1)
    projected = inputs[:, step] @ kernel + bias
    state = RACERS[cell].zero_state(len(inputs), recurrent.shape[0])
    hidden, _ = RACERS[cell].over_time(projected, state, recurrent)
    return hidden[:, step]
