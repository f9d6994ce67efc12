"""What the encoder hands over: the states of some hundred questions in a plane."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from core.data.language.arithmetic import Questions
from core.experiments.calculator.analysis import (
    comparison_questions,
    encoder_states,
    relative_distance,
)
from core.experiments.kit.config import Config, choice
from core.figures.language.calculator import states_in_the_plane
from core.messages import N_
from core.numeric.principal import project
from pages.language.calculator.networks import Answerer
from pages.language.calculator.notation import equations, operation_field, operation_names
from ui.components.charts import live_plot, look
from ui.state.controls import controls
from ui.texts import _, number, percent


@dataclass(frozen=True)
class CalculatorStates(Config):
    """Which states are drawn, and what colours them."""

    states_of: str = operation_field(
        "+",
        N_("States after"),
        N_("A few hundred questions about numbers below 50, read by the encoder."),
    )
    coloured_by: str = choice(
        "result",
        {"result": N_("result"), "first": N_("first number"), "second": N_("second number")},
        N_("Coloured by"),
        N_("Neighbouring points have similar colours where the state is ordered by this."),
    )


def states(answerer: Answerer):
    """The plane of two principal components, and a number for what it is ordered by."""
    config = controls(CalculatorStates, strip=tuple(CalculatorStates.specs()))
    if config is None:
        return
    operation = config.states_of
    longest = max(1, answerer.learned.get(operation, 2))
    asked = comparison_questions(operation, longest)
    points, explained, ratios = _projected(answerer.key, operation, longest, answerer)
    options = CalculatorStates.specs()["coloured_by"].options
    names = {name: _(words) for name, words in options.items()}
    name = names[config.coloured_by]
    title = _("The encoder's last states, coloured by the {what}").format(what=name)
    distances = "; ".join(f"{names[n]} {number(ratio, 2)}" for n, ratio in ratios.items())
    alt = f"{title}. " + _("relative distance: {told}").format(told=distances)
    axes = [
        _("component {i} ({share} of the variance)").format(i=i, share=percent(float(share)))
        for i, share in enumerate(explained, 1)
    ]
    figure = partial(
        states_in_the_plane,
        look(title, *axes, alt=alt),
        points,
        _labels(asked)[config.coloured_by],
        equations(asked),
        colour_title=name,
    )
    live_plot(figure, key="calculator.states", height=460)
    st.caption(_reading(ratios, len(asked), operation))


def _reading(ratios: dict[str, float], count: int, operation: str) -> str:
    """What the numbers say of these states, in sentences."""
    measured = _(
        "{count} {operations}, with all numbers of the state. Two questions with the same "
        "result are {result} times as far apart as any two; with the same first number, "
        "{first} times; with the same second, {second} times. 0 means that they coincide; "
        "1, that it makes no difference."
    ).format(
        count=count,
        operations=operation_names()[operation].lower(),
        **{name: number(ratio, 2) for name, ratio in ratios.items()},
    )
    if ratios["result"] < min(ratios["first"], ratios["second"]):
        so = _("So equal results do lie close together: the state holds the result, or much of it.")
    else:
        so = _(
            "So the state keeps the two numbers rather than their result: much of the "
            "calculation is left to the decoder, which does it digit by digit."
        )
    return f"{measured} {so}"


@st.cache_data(max_entries=64, show_spinner=False)
def _projected(
    key: str, operation: str, longest: int, _answerer: Answerer
) -> tuple[np.ndarray, np.ndarray, dict[str, float]]:
    """Points (questions, 2), the components' shares of the variance, and relative distances."""
    asked = comparison_questions(operation, longest)
    state = encoder_states(_answerer.model, asked).astype(float)
    ratios = {name: relative_distance(state, label) for name, label in _labels(asked).items()}
    projection = project(state, 2)
    return projection.points, projection.explained, ratios


def _labels(questions: Questions) -> dict[str, np.ndarray]:
    """What a state may be ordered by, int (questions,) each."""
    return {
        "result": questions.results(),
        "first": questions.first,
        "second": questions.second,
    }
