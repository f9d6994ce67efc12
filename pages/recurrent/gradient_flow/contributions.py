"""A loss at every step: what each adds to the gradient at each step."""

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

import numpy as np
import streamlit as st

from core.figures.recurrent.gradient_maps import contribution_bands, power_maps
from core.numeric.recurrent.gradient_flow import contributions, draw_readouts, log10_or_nan
from pages.recurrent.gradient_flow.start import NAMES, GradientStart, first_start
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.state.widgets import in_new_words
from ui.texts import _, lesson_text, percent

_VIEW = "gradient_flow.contributions_as"
_EDGES = (0, 1, 3, 6, 11, 21, 51)  # of the groups of losses, in steps after t


def every_loss(start: GradientStart):
    """What each step's loss adds to the gradient at each step, for a loss at every step."""
    st.header(_("A loss at every step"), anchor=False)
    text, figure = text_beside("gradient_flow.every_loss_text")
    text.markdown(lesson_text("gradient-flow", "every-loss"))
    with figure:
        names = {"bands": _("bands"), "map": _("map")}
        view = st.segmented_control(
            _("Drawn as"),
            list(names),
            format_func=names.__getitem__,
            default=in_new_words(_VIEW, names, "bands"),
            required=True,
            key=_VIEW,
        )
        norms = {cell: _contributions(start.only(cell), cell) for cell in NAMES}
        (_bands if view == "bands" else _map)(norms)
        st.caption(
            _(
                "Of the first start, on one random sequence; at every step the loss is the output "
                "$o_t$ itself, so that each has the same error."
            )
        )


@st.cache_data(max_entries=100, show_spinner=False)
def _contributions(start: GradientStart, cell: str) -> np.ndarray:
    return contributions(first_start(start, cell), draw_readouts(start.width, [0])[0, 0])


def _shares(norms: np.ndarray) -> np.ndarray:
    """Of the gradient at each step, the share of each group of later losses, (groups, time)."""
    time = len(norms)
    distance = np.arange(time)[:, None] - np.arange(time)[None]
    ends = [*_EDGES[1:], time + 1]
    parts = np.stack(
        [
            np.where((distance >= low) & (distance < high), norms, 0).sum(0)
            for low, high in zip(_EDGES, ends, strict=True)
        ]
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num(parts / parts.sum(0))


def _groups() -> list[str]:
    between = [
        _("{low} to {high} steps later").format(low=low, high=high - 1)
        for low, high in pairwise(_EDGES[1:])
    ]
    return [_("its own loss"), *between, _("later still")]


def _bands(norms: Mapping[str, np.ndarray]):
    shares = {cell: _shares(norm) for cell, norm in norms.items()}
    at = len(next(iter(norms.values()))) // 4
    far = {cell: 1 - float(part[:4, at].sum()) for cell, part in shares.items()}
    title = _("Step {step}, from losses over 10 steps later: {shares}").format(
        step=at + 1,
        shares=", ".join(f"{NAMES[cell]} {percent(share)}" for cell, share in far.items()),
    )
    chart = partial(
        contribution_bands,
        look(title, _("step t"), _("share of |∂L/∂h<sub>t</sub>|")),
        shares,
        NAMES,
        _groups(),
    )
    live_plot(chart, key="gradient_flow.bands", height=460)


def _map(norms: Mapping[str, np.ndarray]):
    title = _(
        "The further below its diagonal the map stays bright, the further back the cell learns"
    )
    logs = {}
    for cell, norm in norms.items():
        with np.errstate(invalid="ignore", divide="ignore"):
            logs[cell] = log10_or_nan(norm / np.diag(norm)[:, None])
    chart = partial(
        power_maps,
        look(title, _("step t"), _("loss of step k")),
        logs,
        NAMES,
        colour_title=_("|∂L<sub>k</sub>/∂h<sub>t</sub>|"),
        y=range(1, 1 + len(next(iter(logs.values())))),
        hover="t = %{x}, k = %{y}: 10<sup>%{z:.1f}</sup>",
    )
    live_plot(chart, key="gradient_flow.map", height=420)
