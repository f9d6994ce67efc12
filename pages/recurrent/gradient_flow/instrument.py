"""The instrument: three cells, twenty starts, and how far back the gradient reaches in each."""

import numpy as np
import streamlit as st

from core.figures import style
from core.figures.recurrent.gradient_curves import Curve, gradient_curves
from core.numeric.recurrent.singular_values import rnn_bound
from pages.recurrent.gradient_flow.start import (
    NAMES,
    SEEDS,
    GradientStart,
    Measured,
    matrices,
    measure,
    weights_of,
)
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.runs.quiz import ask, reply
from ui.state.controls import choose, controls
from ui.texts import _

_STRIP = ("span", "forget_gate", "update_gate", "initialisation", "scale")
_MORE = ("activation", "width")
_ANSWER = "gradient_flow.first"
_NAMED = "gradient_flow.named"
_HIDDEN = ("A", "B", "C")
_HIDDEN_ORDER = ("gru", "rnn", "lstm")  # so that the letters are no hint


def instrument() -> GradientStart | None:
    """Controls, the question, the curves, and what they say. Returns what is set."""
    start = controls(GradientStart, strip=_STRIP, more=_MORE)
    if start is None:
        return None
    found = measure(start)
    answered = st.session_state.get(_ANSWER, st.session_state.get(f"{_ANSWER}.kept")) is not None
    hidden = start == GradientStart() and not answered and not st.session_state.get(_NAMED)
    _draw(start, found, hidden)
    if hidden:
        st.button(_("Show the names"), key="gradient_flow.show", on_click=_name)
    else:
        _say(start, found)
    return start


def question():
    """Which cell carries the gradient furthest at Keras's own start? Answered by the figure."""
    answer = ask(
        _ANSWER,
        _(
            "The three curves are three cells as Keras starts them, untrained. Which one carries "
            "the gradient furthest back?"
        ),
        NAMES,
        horizontal=True,
    )
    if answer is None:
        st.caption(_("Answer, and the curves get their names."))
        return
    found = measure(GradientStart())
    reach = {cell: found[cell].horizon or GradientStart().span for cell in NAMES}
    furthest = max(reach, key=lambda cell: reach[cell])
    why = _(
        "Below 1 % after {rnn} steps in the RNN, {lstm} in the LSTM (its c_t: {cell}), {gru} in "
        "the GRU. The plain RNN starts at an orthogonal V, which keeps every length; the gates of "
        "the others start half open, and each step multiplies by them. Not the architecture "
        "holds the gradient: open gates do. Now move the forget bias to 3."
    ).format(
        rnn=reach["rnn"],
        lstm=reach["lstm"],
        cell=found["lstm_cell"].horizon or GradientStart().span,
        gru=reach["gru"],
    )
    reply(answer, (furthest, why), NAMES, _("The curves say otherwise: {answer}."))


def suggestions():
    """Buttons that turn the instrument to a place worth seeing."""
    places = {
        "open": (_("Open the forget gate"), {"forget_gate": 3.0}),
        "both": (_("Open the update gate too"), {"forget_gate": 3.0, "update_gate": 3.0}),
        "explode": (
            _("Make it explode"),
            {"initialisation": "normal", "scale": 1.5, "activation": "linear"},
        ),
        "keras": (_("Back to Keras's start"), {}),
    }
    with st.container(horizontal=True, key="gradient_flow.places"):
        for name, (label, values) in places.items():
            st.button(label, key=f"gradient_flow.{name}", on_click=_turn, args=(values,))


def _name():
    st.session_state[_NAMED] = True


def _turn(values):
    choose(GradientStart, **{**GradientStart.defaults(), **values})


def _draw(start, found, hidden):
    shown = {**NAMES, "lstm_cell": "LSTM c"}
    curves = []
    order = _HIDDEN_ORDER if hidden else ("rnn", "lstm", "lstm_cell", "gru")
    for place, key in enumerate(order):
        part = found[key]
        cell = key.split("_")[0]
        curves.append(
            Curve(
                _HIDDEN[place] if hidden else shown[key],
                "ink" if hidden else cell,
                "solid" if hidden else ("dot" if key == "lstm_cell" else style.DASHES[cell]),
                part.median,
                part.low,
                part.high,
                part.horizon,
            )
        )
    bound = None
    if not hidden:
        recurrent = weights_of(start, "rnn", SEEDS).recurrent
        with np.errstate(over="ignore"):
            limit = np.median(rnn_bound(recurrent, start.span - 1), axis=1)[::-1]
        bound = (_("bound of the RNN"), limit)
    title = _title(found, hidden)
    figure = gradient_curves(
        look(
            title,
            _("step t (the loss is at the last)"),
            _("|∂L/∂h<sub>t</sub>| relative to t = T (logarithmic)"),
        ),
        curves,
        threshold_name=_("1 %"),
        unchanged_name=_("as at T"),
        bound=bound,
    )
    live_plot(figure, key="gradient_flow.curves", alt=_alt(found, hidden, title), height=520)


def _title(found, hidden) -> str:
    if hidden:
        return _("One of these is an LSTM, one a GRU, one a plain RNN: which?")
    exploding = [NAMES[c] for c in NAMES if np.nan_to_num(found[c].median[0], nan=np.inf) > 10]
    if exploding:
        return _("The gradient explodes on its way back: {cells}").format(
            cells=", ".join(exploding)
        )
    reach = {cell: found[cell].horizon for cell in NAMES}
    whole = [NAMES[cell] for cell, steps in reach.items() if steps is None]
    if whole:
        return _("The gradient reaches the first step: {cells}").format(cells=", ".join(whole))
    furthest = max(reach, key=lambda cell: reach[cell])
    return _("The {cell} carries the gradient furthest: {steps} steps").format(
        cell=NAMES[furthest], steps=reach[furthest]
    )


def _alt(found, hidden, title) -> str:
    if hidden:
        return title
    return ". ".join([title, *(f"{name}: {_reach(found[cell])}" for cell, name in NAMES.items())])


def _reach(part: Measured) -> str:
    if part.horizon is None:
        return _("never below 1 %")
    return _("below 1 % after {steps} steps").format(steps=part.horizon)


def _say(start, found):
    """The horizons in words, the matrices in numbers, and what has left the range of numbers."""
    told = matrices(start)
    columns = st.columns(3)
    blocks = {"rnn": "V", "lstm": "U_c", "gru": "U_h"}
    for column, (cell, name) in zip(columns, NAMES.items(), strict=True):
        part, (radius, stretch) = found[cell], told[cell]
        steps = _("all {span} steps").format(span=start.span)
        if part.horizon is not None:
            steps = _("{steps} steps").format(steps=part.horizon)
        column.metric(
            _("{cell}: falls below 1 % after").format(cell=name)
            if part.horizon is not None
            else _("{cell}: above 1 % over").format(cell=name),
            steps,
        )
        lines = []
        if cell == "lstm":
            lines.append(r"$\partial L/\partial c_t$ : " + _reach(found["lstm_cell"]))
        lines.append(
            _("${block}$: spectral radius {radius}, largest singular value {stretch}").format(
                block=blocks[cell],
                radius=significant(radius),
                stretch=significant(stretch),
            )
        )
        column.caption("  \n".join(lines))
    for cell, name in NAMES.items():
        count, steps = found[cell].lost
        if count:
            st.warning(
                _(
                    "{cell}: in {count} of {seeds} starts the numbers leave the range of floating "
                    "point (about 1e308), the first {steps} steps before the end. The curve is "
                    "drawn as far as it is a number."
                ).format(cell=name, count=count, seeds=SEEDS, steps=steps)
            )
    st.caption(
        _(
            "Median and quartiles of {seeds} starts, every cell on the same random sequences, "
            "computed here and now; nothing is trained."
        ).format(seeds=SEEDS)
    )
