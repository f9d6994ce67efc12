"""The layers of a recurrent network, from its input to its output.

A stack says everything that a network is made of but its weights; ``read`` computes its outputs
with NumPy, ``core.models.recurrent.stack`` builds it in Keras, and ``code`` writes it as Keras
code. All three go through the layers by ``walk``.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from core.numeric.activations import relu
from core.numeric.recurrent.cells import CELLS, Cell, rnn_step

KINDS = ("embedding", *CELLS, "dense", "dropout")
CLASSES = {
    "embedding": "Embedding",
    "rnn": "SimpleRNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "irnn": "SimpleRNN",
    "dense": "Dense",
    "dropout": "Dropout",
    "crop": "Cropping1D",
    "max_pooling": "GlobalMaxPooling1D",
}
RECURRENT_CELLS = {**CELLS, "irnn": Cell(partial(rnn_step, activation=relu), gates=1, states=1)}
KEEPING_GATES = {"lstm": 1, "gru": 0}  # the block of units in the bias, in Keras's order
GATE_BIAS = {"lstm": 1.0, "gru": 0.0}  # where Keras starts them
DIRECTIONS = ("forward", "backward")
SEEDS_A_LAYER = 4  # kernel and recurrent kernel of each direction

Value = TypeVar("Value")


@dataclass(frozen=True)
class Layer:
    """A layer and its options.

    kind: a key of CLASSES, or "split". An "irnn" is the ReLU RNN that starts at the identity (Le,
    Jaitly & Hinton 2015, arXiv:1504.00941). A "crop" drops the first steps. After a "split" the
    forward direction reads the first half of the sequence and the backward one the second from its
    end, so that they meet in the middle; they are joined where the axis of time ends.
    units: features that it hands on. inputs: of an embedding, how many different integers it knows.
    rate: of a dropout. whole_steps: the dropout hides all features of a step or none.
    steps: that a crop drops. sequences: return_sequences. reset_after: the GRU's second form.
    skip: a recurrent layer that also reads what the first one does (Graves 2013, arXiv:1308.0850).
    gate_bias: at the start, of the gate that keeps (the LSTM's F, the GRU's Z); None is Keras's.
    activation: of a dense layer, "" for softmax at the end of the stack and ReLU elsewhere.
    seed: of the kernel; the recurrent kernel has the next, and a backward direction the two after.
    """

    kind: str
    units: int = 0
    inputs: int = 0
    rate: float = 0.0
    sequences: bool = False
    bidirectional: bool = False
    reset_after: bool = False
    activation: str = ""
    whole_steps: bool = False
    steps: int = 0
    skip: bool = False
    gate_bias: float | None = None
    seed: int = 0

    @property
    def is_recurrent(self) -> bool:
        """Whether it has a state that it carries through time."""
        return self.kind in RECURRENT_CELLS

    @property
    def ends_time(self) -> bool:
        """Whether it takes a sequence and hands on one vector."""
        return self.kind == "max_pooling" or (self.is_recurrent and not self.sequences)

    def __str__(self) -> str:
        match self.kind:
            case "embedding":
                return f"embedding:{self.inputs}:{self.units}"
            case "dropout":
                return f"dropout:{self.rate:g}"
            case "dense":
                return f"dense:{self.units}" + f":{self.activation}" * bool(self.activation)
        options = ("bidirectional", "sequences", "reset_after")
        chosen = [option for option in options if getattr(self, option)]
        return ":".join([self.kind, str(self.units), *chosen])


Stack = tuple[Layer, ...]


def recurrent_stack(
    cell: str,
    units: int,
    outputs: int,
    *,
    layers: int = 1,
    direction: str = "one",
    pooling: str = "last",
    skip: bool = False,
    dropout: float = 0.0,
    gate_bias: float | None = None,
    seed: int = 0,
) -> Stack:
    """Recurrent layers of one cell, and a linear layer.

    direction: "one", from the first step to the last; "both", Keras's Bidirectional; "middle", one
    from each end to the middle. pooling: "last", the state after the last step (of each
    direction); "max", each unit's highest value; "none", an output at every step.
    skip: of the layers above the first. dropout: after each recurrent layer.
    """
    stack = [Layer("split")] if direction == "middle" else []
    for i in range(layers):
        stack.append(
            Layer(
                cell,
                units,
                sequences=i < layers - 1 or pooling != "last",
                bidirectional=direction != "one",
                skip=skip and i > 0,
                gate_bias=gate_bias,
                seed=seed + SEEDS_A_LAYER * i,
            )
        )
        if dropout:
            stack.append(Layer("dropout", rate=dropout, seed=seed + 50 + i))
    if pooling == "max":
        stack.append(Layer("max_pooling"))
    return (*stack, linear(outputs, seed + SEEDS_A_LAYER * layers))


def linear(units: int, seed: int) -> Layer:
    """A dense layer without activation."""
    return Layer("dense", units, activation="linear", seed=seed)


def seeded(layers: Stack, seed: int) -> Stack:
    """The stack with seeds by place: ``seed``, ``seed`` + 4, ..."""
    return tuple(
        dataclasses.replace(layer, seed=seed + SEEDS_A_LAYER * place)
        for place, layer in enumerate(layers)
    )


def fitted(layers: Sequence[Layer], codes: int, classes: int) -> Stack:
    """A faultless stack as a task needs it: at least ``codes`` inputs, ``classes`` outputs."""
    first, *between, last = layers
    first = dataclasses.replace(first, inputs=max(first.inputs, codes))
    return (first, *between, dataclasses.replace(last, units=classes))


def activation_of(layers: Sequence[Layer], place: int) -> str:
    """The activation of the dense layer at ``place`` (from 0)."""
    return layers[place].activation or ("softmax" if place == len(layers) - 1 else "relu")


def is_sequential(layers: Sequence[Layer]) -> bool:
    """Whether each layer reads nothing but what the one before it hands on."""
    return not any(layer.skip or layer.kind == "split" for layer in layers)


def layer_names(layers: Sequence[Layer]) -> Iterator[str]:
    """The name under which each layer's weights are stored, "" of a layer that has none.

    Recurrent layers are "0", "1", ..., the last dense layer "dense", others "hidden_0", ...
    """
    recurrent = hidden = 0
    for place, layer in enumerate(layers):
        if layer.is_recurrent:
            yield str(recurrent)
            recurrent += 1
        elif layer.kind == "dense" and place < len(layers) - 1:
            yield f"hidden_{hidden}"
            hidden += 1
        else:
            yield layer.kind if layer.kind in ("dense", "embedding") else ""


def weight_names(layers: Sequence[Layer]) -> list[str]:
    """The names of all weights in Keras's order: "0.forward.kernel", ..., "dense.bias"."""
    names = []
    for layer, name in zip(layers, layer_names(layers), strict=True):
        if layer.is_recurrent:
            directions = DIRECTIONS if layer.bidirectional else DIRECTIONS[:1]
            parts = ("kernel", "recurrent", "bias")
            names += [f"{name}.{direction}.{part}" for direction in directions for part in parts]
        elif layer.kind == "dense":
            names += [f"{name}.kernel", f"{name}.bias"]
        elif layer.kind == "embedding":
            names.append("embedding.embeddings")
    return names


def walk(
    layers: Sequence[Layer],
    inputs: Value,
    apply: Callable[[int, str, Value], Value],
    split: Callable[[Value], tuple[Value, Value]],
    join: Callable[[Sequence[Value]], Value],
) -> Value:
    """What comes out of a stack, whatever a value is: an array, a tensor or a line of code.

    apply: (place of a layer, direction, value) -> value. The direction is "" but between a split
    and the end of the axis of time, where each layer is applied once a direction. split: a
    sequence -> its two halves, each as it is read. join: puts values side by side.
    """
    values, read = [inputs], None
    for place, layer in enumerate(layers):
        if layer.kind == "split":
            values = list(split(values[0]))
            continue
        if layer.is_recurrent:
            read = read or values
            if layer.skip:
                values = [join(both) for both in zip(values, read, strict=True)]
        directions = DIRECTIONS if len(values) > 1 else ("",)
        values = [apply(place, *each) for each in zip(directions, values, strict=True)]
        if layer.ends_time and len(values) > 1:
            values = [join(values)]
    return values[0]
