"""A sequence to play with: mark two numbers, and trained networks answer at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

import numpy as np
import streamlit as st

from core.data.sequences.memory_tasks import Adding, adding_answers, held_out
from core.experiments.kit.config import Config, choice, whole
from core.experiments.long_memory import recorded as long_memory_recorded
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.run import score
from core.figures.recurrent.memory import answers_on_a_line, marked_numbers
from core.messages import N_
from core.numeric.recurrent.stack.layers import Stack
from core.numeric.recurrent.stack.read import by_network, stack_outputs
from pages.recurrent.long_memory.labels import cell_names
from ui.components.charts import live_plot, look
from ui.layout import in_the_figure
from ui.notices import significant
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, number

_STRIP = ("read_length", "first_mark", "second_mark", "numbers")
_FRESH = 100  # sequences that the error at a length is measured on


class HashableWeights(dict[str, np.ndarray]):
    """Weights that a cache can hold by what they are, not by how they compare."""

    def __init__(self, weights: Mapping[str, np.ndarray]):
        super().__init__(weights)
        self._key = hash(tuple((name, array.tobytes()) for name, array in weights.items()))

    def __hash__(self) -> int:  # type: ignore[override]  # never changed once made
        return self._key

    def __eq__(self, other: object) -> bool:
        return hash(self) == hash(other)


Networks = dict[str, tuple[Stack, HashableWeights]]  # by cell


@dataclass(frozen=True)
class MemoryReading(Config):
    """The sequence that is read, and by whom."""

    readers: str = choice(
        "recorded",
        {"recorded": N_("Recorded networks"), "run": N_("Those of your run")},
        N_("Who answers"),
        N_("Networks trained when this lesson was made, or those of the run below."),
    )
    read_length: int = whole(
        100,
        20,
        400,
        N_("Length read"),
        N_("The recorded networks were trained at 100 steps. How far can they be stretched?"),
        step=20,
    )
    first_mark: int = whole(12, 1, 200, N_("First mark"), N_("Its step, in the first half."))
    second_mark: int = whole(
        20, 1, 200, N_("Second, from the middle"), N_("Its step, counted from the middle on.")
    )
    numbers: int = whole(1, 1, 50, N_("Other numbers"), N_("Each number draws another sequence."))


def reading(run: Run | None):
    """The figure that can be touched, with the answers of networks that were trained."""
    own = {}
    if run and run.finished and run.config.task == "adding":
        own = _networks(run.config, run.finished.arrays)
    st.fragment(_reading)(own)


def _networks(config: LongMemoryConfig, arrays: Mapping[str, np.ndarray]) -> Networks:
    stacks = config.networks
    return {cell: (stacks[cell], HashableWeights(w)) for cell, w in by_network(arrays).items()}


@cache
def _recorded_networks() -> Networks:
    return _networks(long_memory_recorded.SETTINGS, long_memory_recorded.load_weights())


def _reading(own: Networks):
    config = controls(MemoryReading, strip=("readers", *_STRIP) if own else _STRIP)
    if config is None:
        return
    mine = config.readers == "run" and bool(own)
    networks = own if mine else _recorded_networks()
    inputs, marks = sequence(config)
    truth = float(adding_answers(inputs)[0, 0])
    answers = {
        cell: float(stack_outputs(*network, inputs)[0, 0]) for cell, network in networks.items()
    }
    draws = [partial(_draw_sequence, inputs[0, :, 0], marks, truth)]
    if answers:
        draws.append(partial(_draw_answers, answers, truth, mine))
    in_the_figure(*draws)
    if answers:
        _say_errors(networks, config.read_length)


def sequence(config: MemoryReading) -> tuple[np.ndarray, tuple[int, int]]:
    """The inputs, (1, time, 2), and the two steps from 0 that are marked.

    A mark beyond the end of its half stands at that end. The numbers have two decimals, as they are
    shown: else 0.42 + 0.61 might be 1.04.
    """
    length = config.read_length
    half = length // 2
    inputs = np.zeros((1, length, 2), np.float32)
    inputs[0, :, 0] = np.random.default_rng(config.numbers).random(length, np.float32).round(2)
    marks = min(config.first_mark, half) - 1, half + min(config.second_mark, length - half) - 1
    inputs[0, marks, 1] = 1
    return inputs, marks


def _draw_sequence(numbers: np.ndarray, marks: tuple[int, int], truth: float, room: float):
    first, second = (number(float(numbers[mark]), 2) for mark in marks)
    title = _("Marked: {first} + {second} = {truth}").format(
        first=first, second=second, truth=number(truth, 2)
    )
    figure = partial(
        marked_numbers, look(title, _("step"), _("number")), numbers, marks, (first, second)
    )
    live_plot(figure, key="long_memory.sequence", height=320, room=room)


def _draw_answers(answers: Mapping[str, float], truth: float, mine: bool, room: float):
    names, labels = cell_names(), {cell: number(answer, 2) for cell, answer in answers.items()}
    title = _("The networks of your run answer") if mine else _("The recorded networks answer")
    summary = ", ".join(f"{names[cell]} {label}" for cell, label in labels.items())
    alt = f"{title}: {summary}. " + _("The sum is {truth}.").format(truth=number(truth, 2))
    figure = partial(
        answers_on_a_line,
        look(title, _("answer"), alt=alt),
        answers,
        labels,
        names,
        truth,
        truth_name=_("the sum"),
        trivial_name=_("always answering 1"),
    )
    live_plot(figure, key="long_memory.answers", height=160 + 48 * len(answers), room=room)


def _say_errors(networks: Networks, length: int):
    names = cell_names()
    summary = ", ".join(
        f"{names[cell]} {significant(error_at(*network, length))}"
        for cell, network in networks.items()
    )
    st.caption(
        _(
            "On {count} other sequences of {length} steps their error (RMSE) is: {told}. "
            "Always answering 1 gives 0.408."
        ).format(count=_FRESH, length=length, told=summary)
    )


@lru_cache(maxsize=256)
def error_at(layers: Stack, weights: HashableWeights, length: int) -> float:
    """The RMSE of a network on sequences of a length that it may never have seen."""
    inputs, targets = held_out(Adding(length), _FRESH)
    outputs = stack_outputs(layers, weights, inputs)
    return score("adding", outputs, targets)
