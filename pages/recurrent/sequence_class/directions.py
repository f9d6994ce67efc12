"""Where a second direction helps: runs that were recorded, and the visitor's own beside them."""

from functools import partial

import numpy as np
import streamlit as st

from core.experiments.sequence_class.config import SequenceClassConfig
from core.experiments.sequence_class.recorded import Directions, load
from core.figures.recurrent.classification import seeds_by_setting
from ui.components.charts import live_plot, look
from ui.layout import side_by_side, text_beside
from ui.notices import made_by, plain
from ui.runs.quiz import CHANCE
from ui.runs.run import Run
from ui.texts import _, lesson_text, number, percent

_ONE = "one"


def directions(run: Run | None):
    """The section: a text, and a chart for each recorded set."""
    sets, card = load()
    st.header(_("Where does a second direction help?"), anchor=False)
    text, right = text_beside("sequence_class.directions_text")
    text.markdown(lesson_text("sequence-class", "directions"))
    with right:
        side_by_side(*(lambda one=one: _chart(one, run) for one in sets.values()))
        st.caption(plain(made_by(card)))


def gain(one: Directions) -> tuple[str, float, bool]:
    """The best direction beside one way: its name, the mean gain, and whether that is no chance.

    The seeds draw the split, so a seed's two accuracies are compared with each other.
    """
    base = np.array(one.accuracy[_ONE])
    gains = {n: np.array(shares) - base for n, shares in one.accuracy.items() if n != _ONE}
    best = max(gains, key=lambda name: float(gains[name].mean()))
    mean, spread = float(gains[best].mean()), float(gains[best].std(ddof=1))
    return best, mean, bool(mean > CHANCE * spread / np.sqrt(len(base)))


def _chart(one: Directions, run: Run | None):
    specs = SequenceClassConfig.specs()
    options, data = specs["direction"].options, specs["data"].options[one.data]
    best, mean, clear = gain(one)
    said = _("{data}: {direction}, {points} points more than one way")
    if not clear:
        said = _("{data}: no direction is clearly ahead of one way")
    title = said.format(
        data=_(data),
        direction=_(options[best]),
        points=number(100 * mean, 1),
    )
    shares = {_(options[name]): some for name, some in one.accuracy.items()}
    means = ", ".join(f"{name}: {percent(float(np.mean(x)), 1)}" for name, x in shares.items())
    simple = float(np.mean(one.logistic))
    figure = partial(
        seeds_by_setting,
        look(title, "", _("held-out accuracy"), f"{title}. {means}"),
        shares,
        reference=(
            _("logistic regression: {share}").format(share=percent(simple, 1)),
            simple,
        ),
        own=_own(one, run),
    )
    live_plot(figure, key=f"sequence_class.directions.{one.data}", height=380)


def _own(one: Directions, run: Run | None) -> tuple[int, float, str] | None:
    """Where the visitor's run stands in the chart, once it is over."""
    if run is None or not run.finished or not run.epochs or run.config.data != one.data:
        return None
    place = list(one.accuracy).index(run.config.direction)
    return place, run.epochs[-1].metrics["accuracy"], _("your run")
