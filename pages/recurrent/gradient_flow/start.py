"""How the three cells start, and what their gradients are there, over twenty starts."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.experiments.gradient_flow.config import gate_bias
from core.experiments.kit.config import Config, choice, real, whole
from core.messages import N_
from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.recurrent.gradient_flow import (
    Read,
    draw_inputs,
    draw_readouts,
    draw_weights,
    first_overflow,
    gate_path_norms,
    gradient_norms,
    horizon_steps,
    read,
    relative,
)
from core.numeric.recurrent.singular_values import largest_singular_value, spectral_radius

SEEDS = 20
NAMES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
_MEASURED_SETS = 5  # eigenvalues of large matrices are slow: the median of so many starts


@dataclass(frozen=True)
class GradientStart(Config):
    """How the three cells start: what the instrument's curves depend on."""

    span: int = whole(
        100, 10, 500, N_("Length T"), N_("Steps of the sequence; the loss is at the last."), step=10
    )
    forget_gate: float = gate_bias(
        1.0,
        N_("LSTM: forget bias"),
        N_("Keras starts it at 1 (unit_forget_bias). Higher holds the forget gate open."),
    )
    update_gate: float = gate_bias(
        0.0,
        N_("GRU: update bias"),
        N_("Of the gate Z. Keras starts it at 0. Higher keeps more of the state at each step."),
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
            "How V (RNN) and U (LSTM, GRU) start. Orthogonal is Keras's default; identity "
            "and normal (variance 1 / units) are for each gate's block."
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

    def only(self, cell: str) -> "GradientStart":
        """The same without what this cell does not have: where both agree, so do its curves."""
        keep = {"rnn": "activation", "lstm": "forget_gate", "gru": "update_gate"}[cell]
        default = self.defaults()
        fields = ("activation", "forget_gate", "update_gate")
        return self.replace(**{name: default[name] for name in fields if name != keep})


@dataclass(frozen=True)
class Measured:
    """A state's gradient in one cell. curves: (time, starts), relative to t = T.

    median, low, high: of the starts, (time,). horizon: steps back until the median is below 1%.
    lost: how many starts overflow, and after how many steps back the first does.
    """

    median: np.ndarray
    low: np.ndarray
    high: np.ndarray
    horizon: int | None
    lost: tuple[int, int]


def measure(start: GradientStart) -> dict[str, Measured]:
    """Over twenty starts: "rnn", "lstm", "lstm_cell" (of dL/dc_t) and "gru".

    "lstm_gates" and "gru_gates" are what goes along the state by the gates F and Z alone.
    """
    return {
        cell if name == "hidden" else f"{cell}_{name}": part
        for cell in CELLS
        for name, part in _measure_cell(start.only(cell), cell).items()
    }


@st.cache_data(max_entries=600, show_spinner=False)
def _measure_cell(start: GradientStart, cell: str) -> dict[str, Measured]:
    seeds = range(SEEDS)
    inputs = draw_inputs(1, start.span, seeds)
    states = read(cell, weights_of(start, cell, SEEDS), inputs, start.activation)
    readouts, parts = draw_readouts(start.width, seeds), {}
    paths = gradient_norms(states, readouts)
    if cell != "rnn":
        paths["gates"] = gate_path_norms(states, readouts)
    for name, norms in paths.items():
        curves = relative(norms)[..., 0]
        with np.errstate(invalid="ignore", over="ignore"):
            low, median, high = np.quantile(curves, (0.25, 0.5, 0.75), axis=1)
        parts[name] = Measured(median, low, high, horizon_steps(median), first_overflow(curves))
    return parts


@st.cache_data(max_entries=300, show_spinner=False)
def matrices(start: GradientStart) -> dict[str, tuple[float, float]]:
    """Of V, and of the candidate's block in LSTM and GRU: spectral radius, largest singular value.

    Medians over starts.
    """
    sizes = {}
    for cell in CELLS:
        recurrent = weights_of(start, cell, _MEASURED_SETS).recurrent
        at = {"rnn": 0, "lstm": 2, "gru": 2}[cell] * start.width
        block = recurrent[..., at : at + start.width]
        radius, stretch = spectral_radius(block), largest_singular_value(block)
        sizes[cell] = (float(np.median(radius)), float(np.median(stretch)))
    return sizes


def weights_of(start: GradientStart, cell: str, seeds: int) -> Weights:
    """The weights of the first ``seeds`` starts."""
    return draw_weights(
        cell,
        1,
        start.width,
        range(seeds),
        initialisation=start.initialisation,
        scale=start.scale,
        gate_bias={"lstm": start.forget_gate, "gru": start.update_gate}.get(cell),
    )


def first_start(start: GradientStart, cell: str) -> Read:
    """The first start's network as it reads a random sequence."""
    inputs = draw_inputs(1, start.span, [0])
    return read(cell, weights_of(start, cell, 1), inputs, start.activation)
