"""Longer numbers than it has learned: what is left of its arithmetic there, asked here and now."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from core.experiments.calculator.analysis import accuracy_by_digits
from core.experiments.kit.config import Config
from core.figures.language.calculator import accuracy_grids
from core.messages import N_
from pages.language.calculator.networks import Answerer
from pages.language.calculator.notation import operation_field, operation_names
from ui.components.charts import live_plot, look
from ui.state.controls import controls
from ui.texts import _, percent

_COUNT = 50  # questions for each pair of lengths


@dataclass(frozen=True)
class CalculatorBeyond(Config):
    """Which questions are asked by length."""

    beyond: str = operation_field(
        "+",
        N_("Longer and longer"),
        N_("Asked of the network that answers at the top of the page."),
    )


def extrapolation(answerer: Answerer):
    """A grid of the share of right answers by the digits of both operands, up to six."""
    config = controls(CalculatorBeyond, strip=("beyond",))
    if config is None:
        return
    operation, learned = config.beyond, answerer.learned.get(config.beyond, 0)
    share = _accuracy(answerer.key, operation, answerer)
    inside, outside = _parts(share, learned)
    if learned:
        title = _("{operations} by length, right in percent: the frame is what it has learned")
    else:
        title = _("{operations} by length, right in percent: it has learned none")
    title = title.format(operations=operation_names()[operation])
    alt = f"{title}. " + _("inside {inside}, outside {outside}").format(
        inside=percent(inside), outside=percent(outside)
    )
    figure = partial(
        accuracy_grids,
        look(title, _("digits of the second"), _("digits of the first"), alt),
        [share],
        [""],
        learned=learned,
    )
    live_plot(figure, key="calculator.beyond_map", height=400)
    st.caption(
        _(
            "Asked now, of {name}: {count} questions for each pair of lengths. Inside the frame "
            "{inside} are right, outside {outside}."
        ).format(
            name=answerer.name,
            count=_COUNT,
            inside=percent(inside),
            outside=percent(outside, 1),
        )
    )


def _parts(share: np.ndarray, learned: int) -> tuple[float, float]:
    """Mean accuracy inside what it has learned and outside, NaN where there is no such field."""
    inside = np.zeros(share.shape, bool)
    inside[:learned, :learned] = True
    fields = (share[inside], share[~inside])
    first, second = (float(field.mean()) if field.size else float("nan") for field in fields)
    return first, second


@st.cache_data(max_entries=64, show_spinner=False)
def _accuracy(key: str, operation: str, _answerer: Answerer) -> np.ndarray:
    return accuracy_by_digits(_answerer.model, operation, _COUNT)
