"""What may be wrong with a stack of layers: the reason, and the remedy."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.messages import N_, Problem
from core.numeric.recurrent.stack.layers import CLASSES, Layer, Stack
from core.numeric.recurrent.stack.notation import PRESETS, parse
from core.numeric.recurrent.stack.shapes import Shape, output_shape, rows, shape_text

MOST_LAYERS = 8
MOST_PARAMS = 2_000_000


@dataclass(frozen=True)
class Fault:
    """What is wrong with a stack: the sentence, the layer (from 0; None: no one), the remedy.

    repaired: the stack with the remedy applied, None if there is no obvious one.
    """

    problem: Problem
    layer: int | None
    repaired: Stack | None


def checked(text: str) -> Stack:
    """The stack that ``text`` spells. Raises Problem if no model for a task can be made of it."""
    layers = parse(text)
    wrong = fault(layers)
    if wrong:
        raise wrong.problem
    return layers


def fault(layers: Sequence[Layer]) -> Fault | None:
    """The first thing that is wrong with a stack, None if a model can be made of it."""
    layers = tuple(layers)
    checks = (_wrong_amount, _wrong_embedding, _wrong_sequence, _wrong_end, _too_large)
    return next((wrong for check in checks if (wrong := check(layers))), None)


def _wrong_amount(layers: Stack) -> Fault | None:
    if not layers:
        return Fault(
            Problem(
                N_(
                    "There is no layer. An Embedding comes first, then at least one recurrent "
                    "layer, and a Dense layer at the end."
                )
            ),
            None,
            parse(PRESETS["lstm"]),
        )
    if len(layers) > MOST_LAYERS:
        problem = Problem(
            N_("The stack has {given} layers; at most {most} can be trained here. Remove some."),
            given=len(layers),
            most=MOST_LAYERS,
        )
        return Fault(problem, MOST_LAYERS, None)
    return None


def _wrong_embedding(layers: Stack) -> Fault | None:
    places = [place for place, layer in enumerate(layers) if layer.kind == "embedding"]
    if not places or places[0] != 0:
        first = layers[places[0]] if places else Layer("embedding", 64, 1000)
        others = tuple(layer for layer in layers if layer is not first)
        problem = Problem(
            N_(
                "Layer 1 is {kind}, but what comes in are integers, which are names, not "
                "quantities: put an Embedding first, which learns a vector for each."
            ),
            kind=CLASSES[layers[0].kind],
        )
        return Fault(problem, 0, (first, *others))
    if len(places) > 1:
        problem = Problem(
            N_(
                "Layer {place} is a second Embedding. An Embedding takes integers, and layer "
                "{before} hands on vectors: remove it."
            ),
            place=places[1] + 1,
            before=places[1],
        )
        return Fault(problem, places[1], layers[: places[1]] + layers[places[1] + 1 :])
    return None


def _wrong_sequence(layers: Stack) -> Fault | None:
    shape: Shape = (None, None)
    ended = 0  # the layer that gave the time axis up
    for place, layer in enumerate(layers):
        if layer.is_recurrent and len(shape) == 2:
            before = layers[ended]
            problem = Problem(
                N_(
                    "Layer {place}, {kind}, needs a sequence, (batch, time, features), but "
                    "gets {shape}: layer {ended}, {before}, hands on only its last state. "
                    "Give layer {ended} return_sequences=True."
                ),
                place=place + 1,
                kind=CLASSES[layer.kind],
                shape=shape_text(shape),
                ended=ended + 1,
                before=CLASSES[before.kind],
            )
            return Fault(problem, place, _changed(layers, ended, sequences=True))
        if layer.is_recurrent and not layer.sequences:
            ended = place
        shape = output_shape(layer, shape)
    return None


def _wrong_end(layers: Stack) -> Fault | None:
    last = len(layers) - 1
    recurrent = [place for place, layer in enumerate(layers) if layer.is_recurrent]
    if layers[last].kind != "dense":
        problem = Problem(
            N_(
                "The last layer is {kind}. The tasks here ask for a class: put a Dense layer at "
                "the end, with one output for each class."
            ),
            kind=CLASSES[layers[last].kind],
        )
        return Fault(problem, last, (*layers, Layer("dense", 10)))
    if not recurrent:
        problem = Problem(
            N_(
                "There is no recurrent layer, so Dense answers at each step separately, and "
                "nothing is carried through time. Put a SimpleRNN, an LSTM or a GRU before "
                "it."
            )
        )
        return Fault(problem, last, (layers[0], Layer("lstm", 128), *layers[1:]))
    if layers[recurrent[-1]].sequences:
        culprit = recurrent[-1]
        problem = Problem(
            N_(
                "Layer {place}, Dense, would answer at every step, since layer {before}, {kind}, "
                "hands on the whole sequence; the tasks here ask for one answer. Take "
                "return_sequences away from layer {before}."
            ),
            place=last + 1,
            before=culprit + 1,
            kind=CLASSES[layers[culprit].kind],
        )
        return Fault(problem, last, _changed(layers, culprit, sequences=False))
    if layers[last].activation not in ("", "softmax"):
        problem = Problem(
            N_(
                "The last layer's activation is {activation}, but the loss needs probabilities "
                "that sum to 1: use softmax."
            ),
            activation=layers[last].activation,
        )
        return Fault(problem, last, _changed(layers, last, activation=""))
    if layers[last].units < 2:
        problem = Problem(
            N_(
                "The last layer has one output, and a softmax over one number is always 1. Give "
                "it as many outputs as there are classes."
            )
        )
        return Fault(problem, last, _changed(layers, last, units=10))
    return None


def _too_large(layers: Stack) -> Fault | None:
    table = rows(layers)
    params = sum(row.params for row in table)
    if params <= MOST_PARAMS:
        return None
    largest = max(range(len(table)), key=lambda place: table[place].params)
    problem = Problem(
        N_(
            "The stack has {params:,} parameters; at most {most:,} can be trained here. Make "
            "layer {place}, {kind}, smaller: it has {largest:,} of them."
        ),
        params=params,
        most=MOST_PARAMS,
        place=largest + 1,
        kind=CLASSES[layers[largest].kind],
        largest=table[largest].params,
    )
    return Fault(problem, largest, None)


def _changed(layers: Stack, place: int, **changes: Any) -> Stack:
    layer = dataclasses.replace(layers[place], **changes)
    return (*layers[:place], layer, *layers[place + 1 :])
