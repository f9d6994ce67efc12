"""Why a gradient vanishes: the singular values of the product of the Jacobians."""

from functools import partial

import numpy as np
import streamlit as st

from core.figures.recurrent.gradient_curves import log_lines
from core.numeric.recurrent.gradient_flow import (
    draw_readouts,
    gradient_norms,
    log10_or_nan,
    relative,
)
from core.numeric.recurrent.singular_values import largest_singular_value, product_singular_values
from pages.recurrent.gradient_flow.start import NAMES, GradientStart, first_start, weights_of
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.notices import power_of_ten
from ui.texts import _, lesson_text

_CELL = "gradient_flow.cell"
_POINTS = 50  # of the singular values' curves; fewer where matrices are large
_LARGE, _FEW_POINTS = 64, 16


def jacobians(start: GradientStart):
    """Singular values of the product of the Jacobians, beside the gradient and its bound."""
    st.header(_("Why: a product of Jacobians"), anchor=False)
    text, figure = text_beside("gradient_flow.jacobians_text")
    text.markdown(lesson_text("gradient-flow", "jacobians"))
    with figure:
        cell = st.segmented_control(
            _("Cell"),
            list(NAMES),
            format_func=NAMES.__getitem__,
            default="rnn",
            required=True,
            key=_CELL,
            help=_("Of the LSTM, the Jacobian of h and c together."),
        )
        back, values, gradient = _products(start.only(cell), cell)
        lines = [
            (_("largest"), cell, "solid", back, values[:, 0]),
            (_("median"), cell, "dash", back, values[:, values.shape[1] // 2]),
            (_("smallest"), cell, "dot", back, values[:, -1]),
            (_("the gradient"), "ink", "solid", back, gradient),
        ]
        if cell == "rnn":
            factor = largest_singular_value(weights_of(start, cell, 1).recurrent)[0]
            lines.append((_("bound"), "ink", "dot", back, back * np.log10(factor)))
        lines = [
            (name, colour, dash, x, np.where(np.isfinite(y), y, np.nan))
            for name, colour, dash, x, y in lines
        ]
        title = _title(int(back[-1]), values[-1, 0], values[-1, -1])
        chart = partial(
            log_lines,
            look(title, _("steps back from T"), _("singular values (powers of ten)")),
            lines,
        )
        live_plot(chart, key="gradient_flow.jacobians", height=420)
        st.caption(
            _(
                "Of the first start. Each step's Jacobian enters through a QR "
                "decomposition; if they were multiplied out, everything below 1e-16 of the "
                "largest would be rounding noise."
            )
        )
        if np.isneginf(values[-1, -1]):
            st.caption(
                _(
                    "{zeros} of {all} singular values are zero, and cannot be shown on this "
                    "axis: a ReLU that is off at a single step passes nothing."
                ).format(zeros=int(np.isneginf(values[-1]).sum()), all=values.shape[1])
            )


@st.cache_data(max_entries=100, show_spinner=False)
def _products(start: GradientStart, cell: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Steps back, and log10 of the singular values and of the gradient, of one start."""
    seen = first_start(start, cell)
    most = _FEW_POINTS if start.width > _LARGE else _POINTS
    back = np.unique(np.linspace(1, start.span - 1, min(most, start.span - 1)).astype(int))
    values = product_singular_values(seen, back.tolist()) / np.log(10)
    norms = gradient_norms(seen, draw_readouts(start.width, [0]))["hidden"]
    return back, values, log10_or_nan(relative(norms)[::-1][back, 0, 0])


def _title(steps: int, largest: float, smallest: float) -> str:
    if not np.isfinite(largest):
        return _("The product has overflowed")
    title = _("Over {steps} steps one direction passes, another shrinks to {value}")
    value = smallest
    if largest < -2:
        title = _("Over {steps} steps even the largest singular value shrinks to {value}")
        value = largest
    elif largest > 1:
        title, value = _("Over {steps} steps the largest singular value grows to {value}"), largest
    return title.format(steps=steps, value=power_of_ten(value))
