"""Where the shipped calculator fails: in the plane of the operands, by difficulty, by place."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from core.data.language.arithmetic import Questions
from core.experiments.calculator.analysis import (
    WrongPlaces,
    by_difficulty,
    counts_by_difficulty,
    sample,
    wrong_places,
)
from core.experiments.calculator.recipe import LEARNED, wrong_questions
from core.experiments.kit.config import Config
from core.figures.language.calculator import shares_by_group, wrong_in_the_plane
from core.messages import N_
from pages.language.calculator.networks import Answerer, shipped
from pages.language.calculator.notation import equations, operation_field, operation_names
from ui.components.charts import live_plot, look
from ui.state.controls import controls
from ui.texts import _, number, percent

_MOST_POINTS, _MOST_ASKED = 2000, 1000


@dataclass(frozen=True)
class CalculatorFailures(Config):
    """Whose failures are looked at."""

    fails_at: str = operation_field(
        "*",
        N_("Failures of"),
        N_("All wrong answers of the shipped network within the range that it has learned."),
    )


def failures():
    """The three figures; a sentence where nothing is wrong or nothing is known."""
    answerer = shipped()
    wrong = wrong_questions()
    if answerer is None or not wrong:
        return
    config = controls(CalculatorFailures, strip=("fails_at",))
    if config is None:
        return
    operation = config.fails_at
    some, name = wrong[operation], operation_names()[operation].lower()
    if not len(some):
        st.info(
            _("It makes no mistake in its whole range of {operations}.").format(operations=name)
        )
        return
    _draw_plane(some, operation)
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_difficulty(some, operation)
    with right:
        _draw_places(_places(answerer.key, operation, answerer, sample(some, _MOST_ASKED)))


def _draw_plane(wrong: Questions, operation: str):
    drawn = sample(wrong, _MOST_POINTS)
    held_out = drawn.held_out()
    groups = {_("held out"): drawn[held_out], _("not held out"): drawn[~held_out]}
    words = {"count": number(len(wrong), 0), "operations": operation_names()[operation].lower()}
    title = _("Each mark is one of {count} wrong {operations}").format(**words)
    if len(drawn) < len(wrong):
        title = _("{drawn} of {count} wrong {operations}, chosen at random").format(
            drawn=number(len(drawn), 0), **words
        )
    alt = f"{title}. " + ", ".join(f"{name}: {len(some)}" for name, some in groups.items())
    figure = partial(
        wrong_in_the_plane,
        look(title, _("first number"), _("second number"), alt),
        {name: (some.first, some.second) for name, some in groups.items()},
        {name: equations(some) for name, some in groups.items()},
        10 ** LEARNED[operation] - 1,
    )
    live_plot(figure, key="calculator.plane", height=460)


def _draw_difficulty(wrong: Questions, operation: str):
    asked = counts_by_difficulty(operation, LEARNED[operation])
    names = (_("held out"), _("not held out"))
    levels = np.flatnonzero(asked[1])
    shares, hover = {}, {}
    for name, *counts in zip(names, asked, by_difficulty(wrong), strict=True):
        every, some = (_padded(count, len(asked[1]))[levels].tolist() for count in counts)
        shares[name] = [bad / max(1, of) for bad, of in zip(some, every, strict=True)]
        hover[name] = [
            _("{wrong} of {count} are wrong").format(wrong=number(bad, 0), count=number(of, 0))
            for bad, of in zip(some, every, strict=True)
        ]
    if operation == "*":
        title, x = _("Wrong by digits of the result"), _("digits of the result")
    else:
        title, x = _("Wrong by carries"), _("carries or borrows")
    points = {
        name: "; ".join(f"{i}: {percent(s, 2)}" for i, s in zip(levels, shares[name], strict=True))
        for name in names
    }
    alt = ". ".join([title, *(f"{name}: {shown}" for name, shown in points.items())])
    figure = partial(
        shares_by_group,
        look(title, x, _("wrong"), alt),
        shares,
        [str(i) for i in levels],
        hover,
    )
    live_plot(figure, key="calculator.difficulty", height=300)


def _draw_places(places: WrongPlaces):
    """In how many of the wrong answers each digit is wrong."""
    last = max(np.flatnonzero(places.by_place), default=0)
    counts = {place_name(i): int(places.by_place[i]) for i in range(last, -1, -1)}
    if places.sign:
        counts = {_("sign"): places.sign, **counts}
    shares = [count / places.asked for count in counts.values()]
    hover = [_("in {share} of the wrong answers").format(share=percent(s, 1)) for s in shares]
    title = _("Which digit is wrong in them")
    alt = title + ". " + "; ".join(f"{n}: {s}" for n, s in zip(counts, hover, strict=True))
    name = _("wrong")
    figure = partial(
        shares_by_group,
        look(title, _("place of the digit"), _("of the wrong answers"), alt),
        {name: shares},
        list(counts),
        {name: hover},
    )
    live_plot(figure, key="calculator.places", height=300)


def place_name(power: int) -> str:
    """What the digit at a power of ten is called, short enough for an axis."""
    names = (_("ones"), _("tens"), _("hundreds"), _("thousands"))
    return names[power] if power < len(names) else f"10<sup>{power}</sup>"


def _padded(counts: np.ndarray, length: int) -> np.ndarray:
    return np.pad(counts, (0, max(0, length - len(counts))))[:length]


@st.cache_data(max_entries=32, show_spinner=False)
def _places(key: str, operation: str, _answerer: Answerer, _wrong: Questions) -> WrongPlaces:
    return wrong_places(_answerer.model, _wrong)
