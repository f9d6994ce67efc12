"""A chatbot by intents: the nearest of our own examples answers, or none if none is near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import streamlit as st

from core.data.language.words.tokens import words
from core.figures.language import applications as figures
from core.numeric.language.intents import IntentMatcher, shares_by_threshold
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.notices import plain
from ui.state.kept_choice import kept_choice
from ui.texts import _, lesson_text, number, percent

_STRANGER = "stranger"
_THRESHOLD = "applications.threshold"
_THRESHOLDS = ("0.4", "0.1", "0.2", "0.3", "0.5", "0.6", "0.7", "0.8")  # the default first
_CURVE = np.linspace(0, 1, 51)
_NEAREST = 3


@dataclass(frozen=True, eq=False)
class Requests:
    """What the chatbot knows. answers: by intent. strangers: requests that have none of these."""

    answers: Mapping[str, str]
    examples: Sequence[str]
    strangers: Sequence[str]
    matcher: IntentMatcher


@cache
def read_requests(text: str) -> Requests:
    """Of "## intent", a line that is the answer, and a list of examples; strangers have none."""
    answers: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    strangers: list[str] = []
    for section in text.split("## ")[1:]:
        name, *lines = section.strip().split("\n")
        examples = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
        if name == _STRANGER:
            strangers = examples
        else:
            answers[name] = lines[0]
            pairs += [(example, name) for example in examples]
    matcher = IntentMatcher.of([words(e) for e, _name in pairs], [name for _e, name in pairs])
    return Requests(answers, [e for e, _name in pairs], strangers, matcher)


def _known() -> Requests:
    return read_requests(lesson_text("applications", "intents"))


@cache
def shares(known: Requests) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """What ``shares_by_threshold`` says over _CURVE, and at each of _THRESHOLDS."""
    scores, right = known.matcher.left_out()
    strangers = np.array([known.matcher.nearest(words(s))[0].score for s in known.strangers])
    set_at = np.array([float(option) for option in _THRESHOLDS])
    return (
        shares_by_threshold(scores, right, strangers, _CURVE),
        shares_by_threshold(scores, right, strangers, set_at),
    )


def reply(request: str) -> str:
    """The answer, or that it has not understood."""
    known = _known()
    match = known.matcher.nearest(words(request))[0]
    kept = st.session_state.get(f"{_THRESHOLD}.kept")
    if match.score < float(kept if kept in _THRESHOLDS else _THRESHOLDS[0]):
        return _("I did not understand.")
    return known.answers[match.intent]


def demo(request: str):
    """The examples that are nearest to the request, and what the threshold is worth."""
    chosen = kept_choice(
        _("Below this likeness it says that it did not understand"),
        {option: option for option in _THRESHOLDS},
        _THRESHOLDS,
        key=_THRESHOLD,
        parameter="threshold",
        widget=_slider,
    )
    known = _known()
    st.markdown(f"**{plain(reply(request))}**")
    rows = [
        (plain(known.examples[match.place]), number(match.score, 2, tabular=True))
        for match in known.matcher.nearest(words(request), _NEAREST)
    ]
    st.markdown(markdown_table((_("Nearest examples"), _("likeness")), rows))
    curve, at = shares(known)
    place = _THRESHOLDS.index(chosen)
    right, wrong, refused = (percent(at[name][place]) for name in ("right", "wrong", "refused"))
    title = _("From {threshold} on: {right} right, {wrong} wrong").format(
        threshold=number(float(chosen), 1), right=right, wrong=wrong
    )
    names = {
        "right": (_("answered right"), "lstm"),
        "wrong": (_("answered wrong"), "rnn"),
        "refused": (_("strangers refused"), "gru"),
    }
    live_plot(
        partial(
            figures.shares_by_threshold,
            look(title, _("likeness from which it answers"), _("requests")),
            _CURVE,
            {label: (colour, curve[name]) for name, (label, colour) in names.items()},
            float(chosen),
        ),
        key="applications.threshold_curve",
        height=360,
    )
    st.caption(
        _(
            "Measured here: {count} examples in {intents} intents, each asked of all the others, "
            "and {strangers} requests that are for none of them, {refused} refused. All were "
            "written by one hand for this page, which flatters; the threshold was chosen with them "
            "in sight."
        ).format(
            count=len(known.examples),
            intents=len(known.answers),
            strangers=len(known.strangers),
            refused=refused,
        )
    )


def _slider(label: str, options: Sequence[str], *, default: str, required: bool, **more: object):
    """A slider for ``kept_choice``, whose options are numbers, the default's first."""
    del required
    more["format_func"] = lambda option: number(float(option), 1)
    st.select_slider(label, sorted(options), default, **more)  # type: ignore[arg-type]
