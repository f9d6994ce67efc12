"""What a stack of layers hands on from layer to layer, and how many parameters it has.

    >>> from core.numeric.recurrent.stack.notation import parse
    >>> [row.params for row in rows(parse("embedding:1000:64,lstm:128,dense:10"))]
    [64000, 98816, 1290]

Names, shapes and counts are those of Keras 3; shapes are (batch, time, features) with None where
any size goes.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.numeric.recurrent.stack.layers import CLASSES, Layer

GATES = {  # in Keras's order
    "rnn": ("h",),
    "irnn": ("h",),
    "lstm": ("I", "F", "c", "O"),
    "gru": ("Z", "R", "h"),
}

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Weight:
    """A weight array: its name and shape in Keras, and the gates whose blocks its columns are."""

    name: str
    shape: tuple[int, ...]
    gates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A layer in its place: what comes in, what goes out, what it has to learn.

    name: as Keras names it in a fresh session. formula: the parameter count in symbols (D features
    in, U units; N integers, E numbers for each); worked: the same in numbers, without the result.
    """

    layer: Layer
    name: str
    input_shape: Shape
    output_shape: Shape
    weights: tuple[Weight, ...]
    params: int
    formula: str
    worked: str


def rows(layers: Sequence[Layer]) -> list[Row]:
    """Each layer with its shapes and its parameters, as far as they can be known:

    of a stack with a fault up to the layer that has it.
    """
    return [
        Row(
            layer,
            name,
            shape,
            output_shape(layer, shape),
            tuple(_weights(layer, shape)),
            _count(layer, shape),
            *_formula(layer, shape),
        )
        for name, (layer, shape) in zip(
            _names(layers), _with_shapes(layers, (None, None)), strict=False
        )
    ]


def count_params(layers: Sequence[Layer], features: int | None = None) -> int:
    """All parameters of a stack without fault, skip or split.

    features: of the input's steps, None for integers.
    """
    shape = (None, None, features) if features else (None, None)
    return sum(_count(*each) for each in _with_shapes(layers, shape))


def recurrent_params(layers: Sequence[Layer]) -> int:
    """Parameters that are used again at every step of time: what training costs grows with them."""
    return sum(row.params for row in rows(layers) if len(row.input_shape) == 3)


def output_shape(layer: Layer, shape: Shape) -> Shape:
    """What the layer hands on of an input of ``shape``."""
    if layer.kind == "embedding":
        return (*shape, layer.units)
    features = layer.units * (2 if layer.bidirectional else 1) or shape[-1]
    return (shape[0], features) if layer.ends_time else (*shape[:-1], features)


def shape_text(shape: Shape) -> str:
    """A shape as Keras prints it."""
    return "(" + ", ".join(str(size) for size in shape) + ")"


def _with_shapes(layers: Sequence[Layer], shape: Shape) -> Iterator[tuple[Layer, Shape]]:
    """Each layer with the shape of what comes in, up to the first that it does not fit."""
    for layer in layers:
        if not _fits(layer, shape):
            return
        yield layer, shape
        shape = output_shape(layer, shape)


def _count(layer: Layer, shape: Shape) -> int:
    return sum(math.prod(weight.shape) for weight in _weights(layer, shape))


def _fits(layer: Layer, shape: Shape) -> bool:
    if layer.kind == "embedding":
        return len(shape) == 2 and shape[-1] is None
    if shape[-1] is None:  # still integers
        return False
    return len(shape) == 3 if layer.is_recurrent else True


def _weights(layer: Layer, shape: Shape):
    if not layer.units:
        return
    if layer.kind == "embedding":
        yield Weight("embeddings", (layer.inputs, layer.units))
        return
    features, units = shape[-1] or 0, layer.units
    if layer.kind == "dense":
        yield Weight("kernel", (features, units))
        yield Weight("bias", (units,))
        return
    gates = GATES[layer.kind]
    wide = len(gates) * units
    for direction in ("forward ", "backward ") if layer.bidirectional else ("",):
        yield Weight(direction + "kernel", (features, wide), gates)
        yield Weight(direction + "recurrent_kernel", (units, wide), gates)
        yield Weight(direction + "bias", (2, wide) if layer.reset_after else (wide,), gates)


def _formula(layer: Layer, shape: Shape) -> tuple[str, str]:
    if not layer.units:
        return "0", "0"
    if layer.kind == "embedding":
        return "N × E", f"{layer.inputs} × {layer.units}"
    d, u = shape[-1], layer.units
    if layer.kind == "dense":
        return "D × U + U", f"{d} × {u} + {u}"
    twice = "2 × " if layer.reset_after else ""
    formula, worked = f"D × U + U × U + {twice}U", f"{d} × {u} + {u} × {u} + {twice}{u}"
    factors = "2 × " * layer.bidirectional
    factors += f"{len(GATES[layer.kind])} × " if len(GATES[layer.kind]) > 1 else ""
    return (f"{factors}({formula})", f"{factors}({worked})") if factors else (formula, worked)


def _names(layers: Sequence[Layer]) -> Iterator[str]:
    """Keras's names: the class in snake case, numbered from the second on."""
    seen: Counter[str] = Counter()
    for layer in layers:
        name = ""
        # The layer within a Bidirectional takes a number, too.
        for keras_class in (CLASSES[layer.kind], *["Bidirectional"] * layer.bidirectional):
            name = {"SimpleRNN": "simple_rnn"}.get(keras_class, keras_class.lower())
            seen[name] += 1
        yield f"{name}_{seen[name] - 1}" if seen[name] > 1 else name
