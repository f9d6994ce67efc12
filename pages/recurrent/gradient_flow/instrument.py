"""The instrument: three cells, twenty starts, and how far back the gradient reaches in each."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.experiments.kit.config import Config, choice, real, whole
from core.figures import style
from core.figures.recurrent.gradient_curves import Curve, gradient_curves
from core.messages import N_
from core.numeric.recurrent.cells import CELLS
from core.numeric.recurrent.gradient_flow import (
    draw_inputs,
    draw_readouts,
    draw_weights,
    first_overflow,
    gradient_norms,
    horizon_steps,
    largest_singular_value,
    read,
    relative,
    rnn_bound,
    spectral_radius,
)
from ui import server
from ui.components.charts import live_plot
from ui.notices import significant
from ui.runs.quiz import ask, reply
from ui.state.controls import choose, controls
from ui.texts import _

SEEDS = 20
NAMES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
_STRIP = ("span", "forget_gate", "update_gate", "initialisation", "scale")
_MORE = ("activation", "width")
_ANSWER = "gradient_flow.first"
_NAMED = "gradient_flow.named"
_HIDDEN = ("A", "B", "C")
_HIDDEN_ORDER = ("gru", "rnn", "lstm")  # so that the letters are no hint
_MEASURED_SETS = 5  # eigenvalues of large matrices are slow: the median of so many starts


@dataclass(frozen=True)
class GradientStart(Config):
    """How the three cells start: what the instrument's curves depend on."""

    span: int = whole(
        100, 10, 500, N_("Length T"), N_("Steps of the sequence; the loss is at the last."), step=10
    )
    forget_gate: float = real(
        1.0,
        -2.0,
        6.0,
        N_("LSTM: forget bias"),
        N_("Keras starts it at 1 (unit_forget_bias). Higher holds the forget gate open."),
        step=0.5,
    )
    update_gate: float = real(
        0.0,
        -2.0,
        6.0,
        N_("GRU: update bias"),
        N_("Keras starts it at 0. Higher keeps more of the state from step to step."),
        step=0.5,
    )
    initialisation: str = choice(
        "orthogonal",
        {
            "orthogonal": N_("orthogonal"),
            "glorot": N_("Glorot"),
            "identity": N_("identity"),
            "normal": N_("normal"),
        },
        N_("Recurrent weights"),
        N_(
            "How V (RNN) and U (LSTM, GRU) start. Orthogonal is Keras's; identity and normal "
            "(of variance 1 / units) are of each gate's block."
        ),
    )
    scale: float = real(
        1.0,
        0.1,
        5.0,
        N_("Scale"),
        N_("Multiplies the recurrent weights of all three cells."),
        step=0.05,
    )
    activation: str = choice(
        "tanh",
        {"tanh": "tanh", "relu": "ReLU", "linear": N_("linear")},
        N_("RNN: activation"),
        N_("Of the plain RNN; LSTM and GRU keep sigmoid and tanh."),
    )
    width: int = whole(
        32, 4, 128, N_("Units"), N_("Size of the hidden state of all three cells."), step=4
    )

    def gate_bias(self, cell: str) -> float | None:
        """The bias that is turned in this cell, None for the plain RNN."""
        return {"lstm": self.forget_gate, "gru": self.update_gate}.get(cell)

    def only(self, cell: str) -> "GradientStart":
        """The same without what this cell does not have: where both agree, so do its curves."""
        keep = {"rnn": "activation", "lstm": "forget_gate", "gru": "update_gate"}[cell]
        default = self.defaults()
        fields = ("activation", "forget_gate", "update_gate")
        return self.replace(**{name: default[name] for name in fields if name != keep})


@dataclass(frozen=True)
class Measured:
    """A state's gradient in one cell. curves: (time, starts), relative to t = T.

    median, low, high: of the starts, (time,). horizon: steps back until the median is below 1 %.
    lost: how many starts overflow, and after how many steps back the first does.
    """

    median: np.ndarray
    low: np.ndarray
    high: np.ndarray
    horizon: int | None
    lost: tuple[int, int]


def measure(start: GradientStart) -> dict[str, Measured]:
    """Over twenty starts: "rnn", "lstm", "lstm_cell" (of dL/dc_t) and "gru"."""
    found = {}
    for cell in CELLS:
        for name, part in _measure_cell(start.only(cell), cell).items():
            found[cell if name == "hidden" else f"{cell}_{name}"] = part
    return found


@st.cache_data(max_entries=600, show_spinner=False)
def _measure_cell(start: GradientStart, cell: str) -> dict[str, Measured]:
    seeds = range(SEEDS)
    inputs = draw_inputs(1, start.span, seeds)
    seen = read(cell, weights_of(start, cell, SEEDS), inputs, start.activation)
    norms = gradient_norms(seen, draw_readouts(start.width, seeds))
    return {name: _measured(relative(norm)[..., 0]) for name, norm in norms.items()}


@st.cache_data(max_entries=300, show_spinner=False)
def matrices(start: GradientStart) -> dict[str, tuple[float, float]]:
    """Of V, and of the candidate's block in LSTM and GRU: spectral radius, largest singular value.

    Medians over starts.
    """
    found = {}
    for cell in CELLS:
        recurrent = weights_of(start, cell, _MEASURED_SETS).recurrent
        at = {"rnn": 0, "lstm": 2, "gru": 2}[cell] * start.width
        block = recurrent[..., at : at + start.width]
        radius, stretch = spectral_radius(block), largest_singular_value(block)
        found[cell] = (float(np.median(radius)), float(np.median(stretch)))
    return found


def weights_of(start: GradientStart, cell: str, seeds: int):
    """The weights of the first ``seeds`` starts."""
    return draw_weights(
        cell,
        1,
        start.width,
        range(seeds),
        initialisation=start.initialisation,
        scale=start.scale,
        gate_bias=start.gate_bias(cell),
    )


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


def _measured(curves) -> Measured:
    with np.errstate(invalid="ignore", over="ignore"):
        low, median, high = np.quantile(curves, (0.25, 0.5, 0.75), axis=1)
    return Measured(median, low, high, horizon_steps(median), first_overflow(curves))


def _draw(start, found, hidden):
    theme = server.theme()
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
        curves,
        theme=theme,
        title=title,
        alt=title,
        x_title=_("step t (the loss is at the last)"),
        y_title=_("|∂L/∂h<sub>t</sub>| relative to t = T (logarithmic)"),
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
