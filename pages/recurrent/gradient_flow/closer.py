"""Three closer looks at the instrument's networks: their Jacobians, every loss, and clipping."""

from itertools import pairwise

import numpy as np
import streamlit as st

from core.figures.recurrent.gradient_curves import log_lines
from core.figures.recurrent.gradient_maps import contribution_bands, power_maps
from core.numeric.recurrent.gradient_flow import (
    contributions,
    draw_inputs,
    draw_readouts,
    gradient_norms,
    gradient_step_norms,
    largest_singular_value,
    product_singular_values,
    read,
    relative,
)
from pages.recurrent.gradient_flow.instrument import NAMES, GradientStart, weights_of
from ui import server
from ui.components.charts import live_plot
from ui.layout import text_beside
from ui.notices import significant
from ui.percent import percent
from ui.texts import _, lesson_text

_POINTS = 50  # of the singular values' curves; fewer where matrices are large
_LARGE, _FEW_POINTS = 64, 16
_EDGES = (0, 1, 3, 6, 11, 21, 51)  # of the groups of losses, in steps after t
_CLIP = 1.0
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_BATCH = 8  # sequences of the gradient that is clipped
_CELL, _VIEW = "gradient_flow.cell", "gradient_flow.contributions_as"


def jacobians(start: GradientStart):
    """Singular values of the product of the Jacobians, beside the gradient and its bound."""
    st.header(_("Why: a product of Jacobians"), anchor=False)
    text, figure = text_beside("gradient_flow.jacobians_text")
    text.markdown(lesson_text("gradient-flow", "jacobians"))
    with figure:
        cell = st.segmented_control(
            _("Cell"),
            list(NAMES),
            format_func=NAMES.get,
            default="rnn",
            required=True,
            key=_CELL,
            help=_("Of the LSTM, the Jacobian of h and c together."),
        )
        back, values, gradient = _products(start.only(cell), cell)
        base = np.log(10)
        lines = [
            (_("largest"), cell, "solid", back, values[:, 0] / base),
            (_("median"), cell, "dash", back, values[:, values.shape[1] // 2] / base),
            (_("smallest"), cell, "dot", back, values[:, -1] / base),
            (_("the gradient"), "ink", "solid", back, gradient),
        ]
        if cell == "rnn":
            factor = largest_singular_value(weights_of(start, cell, 1).recurrent)[0]
            lines.append((_("bound"), "ink", "dot", back, back * np.log10(factor)))
        lines = [(*how, np.where(np.isfinite(y), y, np.nan)) for *how, y in lines]
        title = _jacobian_title(back, values / base)
        chart = log_lines(
            lines,
            theme=server.theme(),
            title=title,
            alt=title,
            x_title=_("steps back from T"),
            y_title=_("singular values (powers of ten)"),
        )
        live_plot(chart, key="gradient_flow.jacobians", alt=title, height=420)
        st.caption(
            _(
                "Of the first start. Each step's Jacobian enters by a QR decomposition; multiplied "
                "out, everything smaller than a 1e16th of the largest would be rounding noise."
            )
        )
        if np.isneginf(values[-1, -1]):
            st.caption(
                _(
                    "{zeros} of {all} singular values are zero, and have no place on this axis: a "
                    "ReLU that is off at any step passes nothing."
                ).format(zeros=int(np.isneginf(values[-1]).sum()), all=values.shape[1])
            )


def every_loss(start: GradientStart):
    """What each step's loss adds to the gradient at each step, for a loss at every step."""
    st.header(_("A loss at every step"), anchor=False)
    text, figure = text_beside("gradient_flow.every_loss_text")
    text.markdown(lesson_text("gradient-flow", "every-loss"))
    with figure:
        view = st.segmented_control(
            _("Drawn as"),
            ["bands", "map"],
            format_func={"bands": _("bands"), "map": _("map")}.get,
            default="bands",
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


def clipping(start: GradientStart):
    """The gradient's norm over the scale of V, as it is and as the optimiser gets it."""
    st.header(_("What clipping does, and what not"), anchor=False)
    text, figure = text_beside("gradient_flow.clipping_text")
    scales, norms, here, first = _clipping(start.only("rnn"))
    factor = min(1.0, _CLIP / here) if np.isfinite(here) and here > 0 else 0.0
    with text:
        st.markdown(lesson_text("gradient-flow", "clipping"))
        if np.isfinite(here):
            st.markdown(
                _(
                    "With your settings the norm is **{norm}**; clipped at 1, everything is "
                    "multiplied by **{factor}**. The first step's share of it, "
                    r"$|\partial L/\partial h_1|$ relative to $|\partial L/\partial h_T|$, is "
                    "**{first}** before and **{first}** after."
                ).format(norm=_number(here), factor=_number(factor), first=_number(first))
            )
        else:
            st.warning(
                _(
                    "With your settings the gradient is no longer a number: there is nothing left "
                    "to clip. Clipping must come before that, or the scale must be smaller."
                )
            )
    with figure:
        logs = _logs(norms)
        title = _("Clipping shortens the step, never the curve above")
        lines = [
            (_("as it is"), "rnn", "solid", scales, logs),
            (_("clipped at 1"), "lstm", "dash", scales, np.minimum(logs, np.log10(_CLIP))),
        ]
        chart = log_lines(
            lines,
            theme=server.theme(),
            title=title,
            alt=title,
            x_title=_("scale of V"),
            y_title=_("norm of the gradient (powers of ten)"),
            at=start.scale,
        )
        live_plot(chart, key="gradient_flow.clipping", alt=title, height=360)


@st.cache_data(max_entries=100, show_spinner=False)
def _products(start: GradientStart, cell: str):
    """Steps back, logarithms of the singular values, and log10 of the gradient, of one start."""
    seen = _read_first(start, cell)
    most = _FEW_POINTS if start.width > _LARGE else _POINTS
    back = np.unique(np.linspace(1, start.span - 1, min(most, start.span - 1)).astype(int))
    values = product_singular_values(seen, back.tolist())
    norms = gradient_norms(seen, draw_readouts(start.width, [0]))["hidden"]
    return back, values, _logs(relative(norms)[::-1][back, 0, 0])


@st.cache_data(max_entries=100, show_spinner=False)
def _contributions(start: GradientStart, cell: str):
    return contributions(_read_first(start, cell), draw_readouts(start.width, [0])[0, 0])


@st.cache_data(max_entries=100, show_spinner=False)
def _clipping(start: GradientStart):
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
    here = float(norms[np.searchsorted(scales, start.scale)])
    gradient = gradient_norms(_read_first(start, "rnn"), draw_readouts(start.width, [0]))
    return scales, norms, here, float(relative(gradient["hidden"])[0, 0, 0])


def _read_first(start: GradientStart, cell: str):
    inputs = draw_inputs(1, start.span, [0])
    return read(cell, weights_of(start, cell, 1), inputs, start.activation)


def _jacobian_title(back, values) -> str:
    largest, smallest = values[-1, 0], values[-1, -1]
    if not np.isfinite(largest):
        return _("The product has left the range of numbers")
    if largest < -2:
        return _("Over {steps} steps even the largest singular value shrinks to {value}").format(
            steps=back[-1], value=_power(largest)
        )
    if largest > 1:
        return _("Over {steps} steps the largest singular value grows to {value}").format(
            steps=back[-1], value=_power(largest)
        )
    return _("Over {steps} steps one direction passes, another shrinks to {value}").format(
        steps=back[-1], value=_power(smallest)
    )


def _power(exponent: float) -> str:
    if exponent == -np.inf:
        return "0"
    return "10" + f"{exponent:.0f}".translate(_SUPERSCRIPTS)


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


def _groups(time: int) -> list[str]:
    names = [_("its own loss")]
    for low, high in pairwise(_EDGES[1:]):
        names.append(_("{low} to {high} steps later").format(low=low, high=high - 1))
    return [*names, _("later still")]


def _bands(norms):
    shares = {cell: _shares(norm) for cell, norm in norms.items()}
    time = len(next(iter(norms.values())))
    at = time // 4
    far = {cell: 1 - float(part[:4, at].sum()) for cell, part in shares.items()}
    title = _("Step {step}, from losses over 10 steps later: {shares}").format(
        step=at + 1,
        shares=", ".join(f"{NAMES[cell]} {percent(share)}" for cell, share in far.items()),
    )
    chart = contribution_bands(
        shares,
        NAMES,
        _groups(time),
        theme=server.theme(),
        title=title,
        alt=title,
        x_title=_("step t"),
        y_title=_("share of |∂L/∂h<sub>t</sub>|"),
    )
    live_plot(chart, key="gradient_flow.bands", alt=title, height=460)


def _map(norms):
    title = _("How far below its diagonal a cell stays bright is how far it learns back")
    logs = {}
    for cell, norm in norms.items():
        with np.errstate(invalid="ignore", divide="ignore"):
            logs[cell] = _logs(norm / np.diag(norm)[:, None])
    chart = power_maps(
        logs,
        NAMES,
        theme=server.theme(),
        title=title,
        alt=title,
        x_title=_("step t"),
        y_title=_("loss of step k"),
        colour_title=_("|∂L<sub>k</sub>/∂h<sub>t</sub>|"),
        y=range(1, 1 + len(next(iter(logs.values())))),
        hover="t = %{x}, k = %{y}: 10<sup>%{z:.1f}</sup>",
    )
    live_plot(chart, key="gradient_flow.map", alt=title, height=420)


def _logs(values: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log10(values)
    return np.where(np.isfinite(logs), logs, np.nan)


def _number(value: float) -> str:
    """Three digits, with a power of ten where the number is very large or small."""
    if value == 0 or not np.isfinite(value):
        return significant(value)
    exponent = int(np.floor(np.log10(abs(value))))
    if -4 < exponent < 5:
        return significant(value)
    return f"{significant(value / 10.0**exponent)} · {_power(exponent)}"
