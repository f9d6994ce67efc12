"""The instrument: three cells, twenty starts, and how far back the gradient reaches in each."""

import math
from collections.abc import Mapping
from functools import partial

import numpy as np
import streamlit as st

from core.figures import style
from core.figures.recurrent.gradient_curves import GradientCurve, gradient_curves
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
from ui.layout import the_figure
from ui.notices import power_of_ten, significant
from ui.runs.quiz import answer_to, ask, read_questions, reply
from ui.state.controls import controls
from ui.texts import _, lesson_text

_STRIP = ("span", "forget_gate", "update_gate")
_MORE = ("initialisation", "scale", "activation", "width")
_ANSWER = "gradient_flow.first"
_NAMED = "gradient_flow.named"
_PARTS = {"lstm_cell": "LSTM c", "lstm_gates": "LSTM, ∏ F", "gru_gates": "GRU, ∏ Z"}
_HIDDEN = {"A": "gru", "B": "rnn", "C": "lstm"}  # so that the letters are no hint
_DASHES = {"A": "solid", "B": "dash", "C": "dot"}  # none is that of its cell


def instrument() -> GradientStart | None:
    """Controls, the question, the curves, and what they say. Returns what is set."""
    start = controls(GradientStart, strip=_STRIP, more=_MORE)
    if start is None:
        return None
    measured = measure(start)
    answered = answer_to(_ANSWER, NAMES) is not None
    asked_of = start == GradientStart()
    hidden = asked_of and not answered and not st.session_state.get(_NAMED)
    with the_figure():
        if asked_of or answered:
            _ask(hidden)
        _draw(start, measured, hidden)
    if hidden:
        st.button(_("Show the names"), key="gradient_flow.show", on_click=_name)
    else:
        _say(start, measured)
    return start


def question():
    """What the curves say to the answer that was given above them."""
    answer = answer_to(_ANSWER, NAMES)
    if answer is None:
        st.caption(
            _("At Keras's start a question stands above the curves: answer it, and they are named.")
        )
        return
    reach = _reach_at_start()
    furthest = max(NAMES, key=lambda cell: reach[cell])
    why = _(
        "Below 1% after {rnn} steps in the RNN, {lstm} in the LSTM (its c_t: {cell}), {gru} "
        "in the GRU. The plain RNN starts with an orthogonal V, which keeps every length; "
        "the gates of the others start half open, and each step multiplies by them. It is "
        "not the architecture that keeps the gradient alive, but open gates. Now move the "
        "forget bias to 3."
    ).format(rnn=reach["rnn"], lstm=reach["lstm"], cell=reach["lstm_cell"], gru=reach["gru"])
    reply(answer, (furthest, why), NAMES, _("The curves show otherwise: {answer}."))


def _ask(hidden: bool):
    """Which cell carries the gradient furthest at Keras's own start? Answered by the figure."""
    text, _options = read_questions(lesson_text("gradient-flow", "quiz"))["start"]
    if hidden:
        reach = _reach_at_start()
        letter = max(_HIDDEN, key=lambda letter: reach[_HIDDEN[letter]])
        text = _("Curve {letter} reaches furthest back. Which cell is it?").format(letter=letter)
    with st.container(key="figure_question"):
        ask(_ANSWER, text, NAMES, horizontal=True)


def _reach_at_start() -> dict[str, int]:
    """How many steps back the gradient stays above 1 % as Keras starts the cells."""
    start = GradientStart()
    return {name: part.horizon or start.span for name, part in measure(start).items()}


def _name():
    st.session_state[_NAMED] = True


def _draw(start: GradientStart, measured: Mapping[str, Measured], hidden: bool):
    bound = None
    if hidden:
        looks = {cell: (letter, "ink", _DASHES[letter]) for letter, cell in _HIDDEN.items()}
    else:
        looks = {
            key: ((NAMES | _PARTS)[key], key.split("_")[0], style.DASHES.get(key, "dot"))
            for key in measured
        }
        recurrent = weights_of(start, "rnn", SEEDS).recurrent
        with np.errstate(over="ignore"):
            limit = np.median(rnn_bound(recurrent, start.span - 1), axis=1)[::-1]
        bound = (_("bound of the RNN"), limit)
    curves = [
        GradientCurve(*drawn, part.median, faint=True)
        if key.endswith("gates")
        else GradientCurve(*drawn, part.median, part.low, part.high, part.horizon)
        for key, drawn, part in ((key, drawn, measured[key]) for key, drawn in looks.items())
    ]
    title, alt = "", _("One of these is an LSTM, one a GRU, one a plain RNN: which?")
    if not hidden:
        title = _title(measured)
        reach = (f"{name}: {_reach(measured[cell])}" for cell, name in NAMES.items())
        alt = ". ".join([title, *reach])
    figure = partial(
        gradient_curves,
        look(
            title,
            _("step t (the loss is at the last)"),
            _("gradient that is left (log)"),
            alt,
        ),
        curves,
        threshold_name=_("1%"),
        unchanged_name=_("100%"),
        reach=_("{name}: {steps} steps"),
        bound=bound,
    )
    layout = {"margin": {"t": 28}} if hidden else None  # the question is its title
    live_plot(figure, key="gradient_flow.curves", height=464, room=0.85, layout=layout)


def _title(measured: Mapping[str, Measured]) -> str:
    exploding = [
        name
        for cell, name in NAMES.items()
        if np.nan_to_num(measured[cell].median[0], nan=np.inf) > 10
    ]
    if exploding:
        return _("The gradient explodes on its way back: {cells}").format(
            cells=", ".join(exploding)
        )
    reach = {name: measured[cell].horizon for cell, name in NAMES.items()}
    whole = [name for name, steps in reach.items() if steps is None]
    if whole:
        return _("The gradient reaches the first step: {cells}").format(cells=", ".join(whole))
    furthest = max(reach, key=lambda name: reach[name] or 0)
    return _("The {cell} carries the gradient furthest: {steps} steps").format(
        cell=furthest, steps=reach[furthest]
    )


def _reach(part: Measured) -> str:
    if part.horizon is None:
        return _("never below 1%")
    return _("below 1% after {steps} steps").format(steps=part.horizon)


def _two_paths(cell: str, measured: Mapping[str, Measured]) -> str:
    """How much of the gradient at the first step went along the state alone."""
    gate, state, whole = ("F", "c", "lstm_cell") if cell == "lstm" else ("Z", "h", "gru")
    return _(
        "At the first step: through ${gate}$ alone, {gates} of $\\partial L/\\partial "
        "{state}_T$; in all, {total}. The rest came through the gates and the candidate."
    ).format(
        gate=gate,
        state=state,
        gates=_amount(measured[f"{cell}_gates"].median[0]),
        total=_amount(measured[whole].median[0]),
    )


def _amount(share: float) -> str:
    if not share < 1e-3:  # what has overflowed, too
        return significant(share, 2)
    return power_of_ten(math.log10(share) if share else -math.inf)


def _say(start: GradientStart, measured: Mapping[str, Measured]):
    """The horizons in words, the matrices in numbers, and what has left the range of numbers."""
    sizes = matrices(start)
    blocks = {"rnn": "V", "lstm": "U_c", "gru": "U_h"}
    for column, (cell, name) in zip(st.columns(3), NAMES.items(), strict=True):
        horizon, (radius, stretch) = measured[cell].horizon, sizes[cell]
        label, steps = _("{cell}: above 1% over"), _("all {span} steps")
        if horizon is not None:
            label, steps = _("{cell}: falls below 1% after"), _("{steps} steps")
        column.metric(label.format(cell=name), steps.format(span=start.span, steps=horizon))
        matrix = _("${block}$: spectral radius {radius}, largest singular value {stretch}").format(
            block=blocks[cell], radius=significant(radius), stretch=significant(stretch)
        )
        if cell == "lstm":
            state = r"$\partial L/\partial c_t$ : " + _reach(measured["lstm_cell"])
            matrix = f"{state}  \n{matrix}"
        if cell != "rnn":
            matrix = f"{_two_paths(cell, measured)}  \n{matrix}"
        column.caption(matrix)
    for cell, name in NAMES.items():
        count, steps = measured[cell].lost
        if count:
            st.warning(
                _(
                    "{cell}: in {count} of {seeds} starts the numbers leave the range of "
                    "floating point (about 1e308), first {steps} steps before the end. The "
                    "curve is drawn as far as it has numbers."
                ).format(cell=name, count=count, seeds=SEEDS, steps=steps)
            )
    st.caption(
        _(
            "Median and quartiles of {seeds} starts, every cell on the same random "
            "sequences, computed here and now; nothing is trained. Thin: the part that goes "
            "along the state through the gate that keeps it, the product of all F or all Z."
        ).format(seeds=SEEDS)
    )
