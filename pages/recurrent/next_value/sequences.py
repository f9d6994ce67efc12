"""Sequences that share a rule: a visitor gives some and a beginning, the run's network goes on."""

import re
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from core.data.sequences import number_rules
from core.experiments.kit.config import Config, text
from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.generation import GenerationTask
from core.experiments.next_value.task import BASELINES, Predict
from core.figures.recurrent.forecasting import shared_rule
from core.messages import N_, Problem
from core.numeric.recurrent.stack.read import stack_outputs
from pages.recurrent.next_value import figures
from ui.components.charts import live_plot, look
from ui.layout import the_figure
from ui.notices import plain
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, say

_LARGEST = 999
_NUDGE = 1e-3
_STEP, _STARTS = 2, (1, 7, 13, 19)  # of the course's slide, and on from there


@dataclass(frozen=True)
class SequenceAsked(Config):
    """What the network is to go on from; the examples as on the course's slide."""

    shown: str = text(
        "(1, 3, 5), (7, 9, 11)",
        0,
        200,
        N_("Examples of a rule"),
        N_("Sequences of whole numbers in brackets, as many and as long as in the settings above."),
    )
    begun: str = text(
        "5", 0, 60, N_("The new one begins"), N_("Its first number, or its first numbers.")
    )


def asked() -> SequenceAsked | None:
    """What the visitor gives, None if it is not allowed."""
    return controls(SequenceAsked, strip=("shown", "begun"))


def answer(config: NextValueConfig, run: Run | None, asked: SequenceAsked):
    """What follows, by the run's network of the epoch that is looked at and by the baselines."""
    task = figures.task(config)
    assert isinstance(task, GenerationTask)
    try:
        examples, begun = numbers_of(asked, task)
    except Problem as problem:
        st.error(plain(say(problem)))
        return
    weights = run.weights() if run else {}  # of the epoch that is looked at
    predict = partial(stack_outputs, config.network, weights) if weights else None
    _show(task, config, examples, begun, predict)


def numbers_of(asked: SequenceAsked, task: GenerationTask) -> tuple[np.ndarray, np.ndarray]:
    """Examples, (examples, numbers), and the new one's beginning. Raises Problem.

    As long as nothing was asked, the slide's rule in as many and as long examples as are needed.
    """
    if asked == SequenceAsked():
        rule = number_rules.Rule((_STEP,))
        examples = [rule.sequence(start, task.numbers) for start in _STARTS[: task.examples]]
        return np.array(examples), np.array([5])
    groups = [_numbers(part) for part in re.split(r"[()\[\];]+", asked.shown)]
    groups = [group for group in groups if group]
    if len(groups) != task.examples or any(len(group) != task.numbers for group in groups):
        raise Problem(
            N_(
                "The settings ask for {examples} examples of {numbers} numbers each, as in "
                "(1, 3, 5), (7, 9, 11)."
            ),
            examples=task.examples,
            numbers=task.numbers,
        )
    begun = _numbers(asked.begun)
    if not 1 <= len(begun) < task.numbers:
        raise Problem(
            N_("The new sequence begins with 1 to {most} whole numbers."), most=task.numbers - 1
        )
    return np.array(groups), np.array(begun)


def _numbers(typed: str) -> list[int]:
    words = [word for word in re.split(r"[\s,]+", typed.strip()) if word]
    for word in words:
        if not re.fullmatch(r"[-−]?\d{1,3}", word):
            raise Problem(
                N_("{given} is no whole number from −{most} to {most}."),
                given=word[:20],
                most=_LARGEST,
            )
    return [int(word.replace("−", "-")) for word in words]


def _show(
    task: GenerationTask,
    config: NextValueConfig,
    examples: np.ndarray,
    begun: np.ndarray,
    predict: Predict | None,
):
    methods = {name: task.rule_of(name) for name in BASELINES if name != "seasonal_naive"}
    gradient = None
    if predict:
        methods = {figures.NETWORK: predict, **methods}
        gradient = _gradient(task, predict, task.encode(examples[None], begun[None]))
    continuations = {
        name: task.continued(method, examples[None], begun[None])[0]
        for name, method in methods.items()
    }
    forecast = continuations.get(figures.NETWORK, continuations["linear_ar"])
    title = (
        _("It goes on: {numbers}") if predict else _("The linear equation goes on: {numbers}")
    ).format(numbers=", ".join(f"{x:g}" for x in (*begun, *forecast)))
    figure = partial(
        shared_rule,
        look(title, _("place in the input"), _("number")),
        np.concatenate([examples.ravel(), begun]),
        examples.size,
        task.numbers,
        continuations,
        gradient,
        figures.method_names(config),
        {"gradient": _("gradient"), "read": _("examples"), "came": _("the new one")},
        cell=config.cell,
    )
    with the_figure():
        height = 420 if gradient is None else 540
        live_plot(figure, key="next_value.sequences", height=height, room=1)


def _gradient(task: GenerationTask, predict: Predict, inputs: np.ndarray) -> np.ndarray:
    """How the first number forecast changes with each that was read, by central differences."""
    places = np.flatnonzero(inputs[0, :, 2])
    nudged = np.repeat(inputs, 2 * len(places), axis=0).astype(np.float64)
    for i, place in enumerate(places):
        nudged[2 * i, place, 0] += _NUDGE
        nudged[2 * i + 1, place, 0] -= _NUDGE
    values = task.values_of(nudged, predict(nudged)) / task.scale
    return (values[::2] - values[1::2]) / (2 * _NUDGE)
