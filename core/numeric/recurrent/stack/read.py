"""The outputs of a stack of layers with given weights, by NumPy."""

from collections.abc import Mapping, Sequence

import numpy as np

from core.numeric.activations import ACTIVATIONS, softmax
from core.numeric.recurrent.cells import Weights
from core.numeric.recurrent.stack.layers import (
    DIRECTIONS,
    RECURRENT_CELLS,
    Layer,
    activation_of,
    layer_names,
    walk,
)
from core.numeric.threads import one_blas_thread


def stack_outputs(
    layers: Sequence[Layer], weights: Mapping[str, np.ndarray], inputs: np.ndarray
) -> np.ndarray:
    """What the network puts out: (batch, outputs), or (batch, time, outputs) of every step.

    weights: by the names of ``weight_names``. inputs: (batch, time, features), or integers
    (batch, time) for an embedding. Dropout is off.
    """
    names = list(layer_names(layers))

    def apply(place: int, direction: str, x: np.ndarray) -> np.ndarray:
        layer, name = layers[place], names[place]
        if layer.is_recurrent:
            return _recurrent(layer, weights, name, direction, x)
        match layer.kind:
            case "embedding":
                return weights["embedding.embeddings"][x]
            case "dense":
                x = x @ weights[f"{name}.kernel"] + weights[f"{name}.bias"]
                return _ACTIVATIONS[activation_of(layers, place)](x)
            case "crop":
                return x[:, layer.steps :]
            case "max_pooling":
                return x.max(1)
        return x

    with one_blas_thread():
        return walk(layers, inputs, apply, _halves, lambda values: np.concatenate(values, -1))


def by_network(arrays: Mapping[str, np.ndarray]) -> dict[str, dict[str, np.ndarray]]:
    """The weights of several networks, NETWORK/name -> array, as network -> name -> array."""
    networks: dict[str, dict[str, np.ndarray]] = {}
    for path, array in arrays.items():
        network, _, name = path.partition("/")
        networks.setdefault(network, {})[name] = array
    return networks


_ACTIVATIONS = {**ACTIVATIONS, "softmax": softmax}


def _recurrent(
    layer: Layer, weights: Mapping[str, np.ndarray], name: str, direction: str, x: np.ndarray
) -> np.ndarray:
    directions = (direction,) if direction else DIRECTIONS[: 1 + layer.bidirectional]
    outputs = []
    for each in directions:
        given = Weights(*(weights[f"{name}.{each}.{part}"] for part in Weights._fields))
        step = -1 if each == "backward" and not direction else 1  # halves are turned already
        hidden, _ = RECURRENT_CELLS[layer.kind].read(x[:, ::step], given)
        outputs.append(hidden[:, ::step] if layer.sequences else hidden[:, -1])
    return np.concatenate(outputs, -1)


def _halves(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    half = x.shape[1] // 2
    return x[:, :half], x[:, half:][:, ::-1]
