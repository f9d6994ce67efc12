"""What clipping does to the gradient, and what not."""

from functools import partial

import numpy as np
import streamlit as st

from core.figures.recurrent.gradient_curves import log_lines
from core.numeric.recurrent.gradient_flow import (
    draw_inputs,
    draw_readouts,
    gradient_norms,
    gradient_step_norms,
    log10_or_nan,
    relative,
)
from pages.recurrent.gradient_flow.start import GradientStart, first_start
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.notices import scientific
from ui.texts import _, lesson_text

_CLIP = 1.0
_BATCH = 8  # sequences of the gradient that is clipped


def clipping(start: GradientStart):
    """The gradient's norm over the scale of V, as it is and as the optimiser gets it."""
    st.header(_("What clipping does, and what it does not"), anchor=False)
    text, figure = text_beside("gradient_flow.clipping_text")
    scales, norms, norm, first = _clipping(start.only("rnn"))
    with text:
        st.markdown(lesson_text("gradient-flow", "clipping"))
        if np.isfinite(norm):
            factor = min(1.0, _CLIP / norm) if norm > 0 else 0.0
            st.markdown(
                _(
                    "With your settings the norm is **{norm}**; clipped at 1, everything is "
                    "multiplied by **{factor}**. The first step's share of it, "
                    r"$|\partial L/\partial h_1|$ relative to $|\partial L/\partial h_T|$, is "
                    "**{first}** before and **{first}** after."
                ).format(norm=scientific(norm), factor=scientific(factor), first=scientific(first))
            )
        else:
            st.warning(
                _(
                    "With your settings the gradient is no longer a number: there is nothing left "
                    "to clip. Clipping must come before that, or the scale must be smaller."
                )
            )
    with figure:
        logs = log10_or_nan(norms)
        lines = [
            (_("as it is"), "rnn", "solid", scales, logs),
            (_("clipped at 1"), "lstm", "dash", scales, np.minimum(logs, np.log10(_CLIP))),
        ]
        words = look(
            _("Clipping shortens the step, never the curve above"),
            _("scale of V"),
            _("norm of the gradient (powers of ten)"),
        )
        chart = partial(log_lines, words, lines, at=start.scale)
        live_plot(chart, key="gradient_flow.clipping", height=360)


@st.cache_data(max_entries=100, show_spinner=False)
def _clipping(start: GradientStart) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Scales, the gradient's norm at each and at the one that is set, and h_1's share there."""
    inputs = draw_inputs(1, start.span, range(_BATCH))[:, 0]
    scales = np.unique(np.append(np.linspace(0.5, 2.0, 7), start.scale))
    norms = gradient_step_norms(
        scales.tolist(),
        start.width,
        inputs,
        0,
        initialisation=start.initialisation,
        activation=start.activation,
    )
    norm = float(norms[np.searchsorted(scales, start.scale)])
    gradient = gradient_norms(first_start(start, "rnn"), draw_readouts(start.width, [0]))
    return scales, norms, norm, float(relative(gradient["hidden"])[0, 0, 0])
