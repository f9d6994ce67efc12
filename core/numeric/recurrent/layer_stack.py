"""A recurrent model as a stack of layers: written in a line, checked, with shapes and parameters.

    >>> layers = parse("embedding:1000:64,lstm:128,dense:10")
    >>> [row.params for row in rows(layers)]
    [64000, 98816, 1290]

The stack's own spelling: ``embedding:INPUTS:OUTPUTS``, ``rnn|lstm|gru:UNITS``, ``dense:UNITS`` and
``dropout:RATE``, with options behind (``lstm:64:bidirectional:sequences``). Layers, weights and
counts are those of Keras 3; shapes are (batch, time, features) with None where any size goes.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.messages import N_, Problem
from core.numeric.recurrent.cells import CELLS

RECURRENT = tuple(CELLS)
KINDS = ("embedding", *RECURRENT, "dense", "dropout")
CLASSES = {
    "embedding": "Embedding",
    "rnn": "SimpleRNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "dense": "Dense",
    "dropout": "Dropout",
}
ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear", "softmax")
GATES = {"rnn": ("h",), "lstm": ("I", "F", "c", "O"), "gru": ("Z", "R", "h")}  # as Keras has them

MOST_LAYERS = 8
MOST_UNITS = 512
MOST_INPUTS = 20_000
MOST_PARAMS = 2_000_000
MOST_RATE = 0.9

PRESETS = {
    "rnn": "embedding:1000:64,rnn:128,dense:10",
    "lstm": "embedding:1000:64,lstm:128,dense:10",
    "gru": "embedding:1000:64,gru:128,dense:10",
    "deep": "embedding:1000:64,gru:256:sequences,rnn:128,dense:10",
}  # the course's four models

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Layer:
    """A layer and its options.

    kind: one of KINDS. units: features that it hands on (not of a dropout, which keeps them).
    inputs: of an embedding, how many different integers it knows. rate: of a dropout.
    sequences: return_sequences. reset_after: the GRU's second form. activation: of a dense layer,
    "" for softmax at the end of the stack and ReLU elsewhere.
    """

    kind: str
    units: int = 0
    inputs: int = 0
    rate: float = 0.0
    sequences: bool = False
    bidirectional: bool = False
    reset_after: bool = False
    activation: str = ""

    @property
    def is_recurrent(self) -> bool:
        """Whether it has a state that it carries through time."""
        return self.kind in RECURRENT

    @property
    def keras_class(self) -> str:
        """The name that a summary prints."""
        return "Bidirectional" if self.bidirectional else CLASSES[self.kind]

    def __str__(self) -> str:
        match self.kind:
            case "embedding":
                return f"embedding:{self.inputs}:{self.units}"
            case "dropout":
                return f"dropout:{self.rate:g}"
            case "dense":
                return f"dense:{self.units}" + f":{self.activation}" * bool(self.activation)
        options = ("bidirectional", "sequences", "reset_after")
        said = [option for option in options if getattr(self, option)]
        return ":".join([self.kind, str(self.units), *said])


Stack = tuple[Layer, ...]


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


def parse(text: str) -> Stack:
    """The stack that ``text`` spells, whether or not its layers fit each other.

    Raises Problem for a word, a number or an option that is none.
    """
    words = [word.strip() for word in text.split(",")]
    if words == [""]:
        return ()
    return tuple(_layer(word, place) for place, word in enumerate(words, start=1))


def spell(layers: Sequence[Layer]) -> str:
    """The line from which ``parse`` makes these layers."""
    return ",".join(map(str, layers))


def rows(layers: Sequence[Layer]) -> list[Row]:
    """Each layer with its shapes and its parameters, as far as they can be told.

    A stack with a fault is told up to the layer that has it.
    """
    found: list[Row] = []
    shape: Shape = (None, None)
    names = _Names()
    for layer in layers:
        if not _fits(layer, shape):
            break
        weights = tuple(_weights(layer, shape))
        formula, worked = _formula(layer, shape)
        after = output_shape(layer, shape)
        params = sum(_size(weight.shape) for weight in weights)
        found.append(Row(layer, names(layer), shape, after, weights, params, formula, worked))
        shape = after
    return found


def count_params(layers: Sequence[Layer]) -> int:
    """All parameters of a stack without fault."""
    return sum(row.params for row in rows(layers))


def recurrent_params(layers: Sequence[Layer]) -> int:
    """Parameters that are used again at every step of time: what training costs grows with them."""
    return sum(row.params for row in rows(layers) if len(row.input_shape) == 3)


def output_shape(layer: Layer, shape: Shape) -> Shape:
    """What the layer hands on of an input of ``shape``."""
    if layer.kind == "dropout":
        return shape
    if layer.kind == "embedding":
        return (*shape, layer.units)
    if layer.kind == "dense":
        return (*shape[:-1], layer.units)
    features = layer.units * (2 if layer.bidirectional else 1)
    return (shape[0], shape[1], features) if layer.sequences else (shape[0], features)


def activation_of(layers: Sequence[Layer], place: int) -> str:
    """The activation of the dense layer at ``place`` (from 0)."""
    return layers[place].activation or ("softmax" if place == len(layers) - 1 else "relu")


def fitted(layers: Sequence[Layer], codes: int, classes: int) -> Stack:
    """A faultless stack as a task needs it: at least ``codes`` inputs, ``classes`` outputs."""
    first, *between, last = layers
    first = dataclasses.replace(first, inputs=max(first.inputs, codes))
    return (first, *between, dataclasses.replace(last, units=classes))


def shape_text(shape: Shape) -> str:
    """A shape as Keras prints it."""
    return "(" + ", ".join(str(size) for size in shape) + ")"


def _layer(word: str, place: int) -> Layer:
    kind, *given = (part.strip() for part in word.split(":"))
    if kind not in KINDS:
        raise Problem(
            N_("Layer {place}: “{given}” is no layer here; the layers are {kinds}."),
            place=place,
            given=_short(kind),
            kinds=", ".join(KINDS),
        )
    if kind == "embedding":
        numbers, options = given[:2], given[2:]
        inputs = _whole(numbers[0] if numbers else "", 2, MOST_INPUTS, "input_dim", kind, place)
        units = _whole(numbers[1] if numbers[1:] else "", 1, MOST_UNITS, "output_dim", kind, place)
        return Layer(kind, units, inputs, **_options(options, kind, place))
    if kind == "dropout":
        rate = _rate(given[0] if given else "", place)
        return Layer(kind, rate=rate, **_options(given[1:], kind, place))
    units = _whole(given[0] if given else "", 1, MOST_UNITS, "units", kind, place)
    return Layer(kind, units, **_options(given[1:], kind, place))


def _options(given: Sequence[str], kind: str, place: int) -> dict[str, Any]:
    allowed: tuple[str, ...] = ()
    if kind in RECURRENT:
        allowed = ("bidirectional", "sequences") + ("reset_after",) * (kind == "gru")
    elif kind == "dense":
        allowed = ACTIVATIONS
    for option in given:
        if not allowed:
            raise Problem(
                N_("Layer {place}: {kind} has no option “{given}”."),
                place=place,
                kind=CLASSES[kind],
                given=_short(option),
            )
        if option not in allowed:
            raise Problem(
                N_("Layer {place}: {kind} has no option “{given}”; its options are {options}."),
                place=place,
                kind=CLASSES[kind],
                given=_short(option),
                options=", ".join(allowed),
            )
    if kind == "dense":
        return {"activation": given[-1]} if given else {}
    return dict.fromkeys(given, True)


def _whole(given: str, low: int, high: int, what: str, kind: str, place: int) -> int:
    if given.isascii() and given.isdecimal() and len(given) < 10 and low <= int(given) <= high:
        return int(given)
    raise Problem(
        N_(
            "Layer {place}, {kind}: {what} must be a whole number from {low} to {high}, "
            "not “{given}”."
        ),
        place=place,
        kind=CLASSES[kind],
        what=what,
        low=low,
        high=high,
        given=_short(given),
    )


def _rate(given: str, place: int) -> float:
    try:
        rate = float(given)
    except ValueError:
        rate = -1.0
    if 0 <= rate <= MOST_RATE:  # not NaN
        return round(rate, 3)
    raise Problem(
        N_("Layer {place}, Dropout: the rate must be a number from 0 to {high}, not “{given}”."),
        place=place,
        high=MOST_RATE,
        given=_short(given),
    )


def _short(given: str) -> str:
    return given if len(given) <= 30 else given[:27] + "..."


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for part in shape:
        size *= part
    return size


def _fits(layer: Layer, shape: Shape) -> bool:
    if layer.kind == "embedding":
        return len(shape) == 2 and shape[-1] is None
    if shape[-1] is None:  # still integers
        return False
    return len(shape) == 3 if layer.is_recurrent else True


def _weights(layer: Layer, shape: Shape):
    if layer.kind == "dropout":
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
    if layer.kind == "dropout":
        return "0", "0"
    if layer.kind == "embedding":
        return "N × E", f"{layer.inputs} × {layer.units}"
    d, u = shape[-1], layer.units
    if layer.kind == "dense":
        return "D × U + U", f"{d} × {u} + {u}"
    twice = "2 × " if layer.reset_after else ""
    said, worked = f"D × U + U × U + {twice}U", f"{d} × {u} + {u} × {u} + {twice}{u}"
    factors = "2 × " * layer.bidirectional
    factors += f"{len(GATES[layer.kind])} × " if len(GATES[layer.kind]) > 1 else ""
    return (f"{factors}({said})", f"{factors}({worked})") if factors else (said, worked)


class _Names:
    """Keras's names: the class in snake case, numbered from the second on."""

    def __init__(self):
        self._seen: dict[str, int] = {}

    def __call__(self, layer: Layer) -> str:
        name = self._next(CLASSES[layer.kind])  # the layer within a Bidirectional takes one, too
        return self._next("Bidirectional") if layer.bidirectional else name

    def _next(self, keras_class: str) -> str:
        name = {"SimpleRNN": "simple_rnn"}.get(keras_class, keras_class.lower())
        count = self._seen.get(name, 0)
        self._seen[name] = count + 1
        return f"{name}_{count}" if count else name
