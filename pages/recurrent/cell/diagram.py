"""The diagram's two ends: what the browser is told of the cell, and what its hand says back."""

from typing import Any

import numpy as np
import streamlit as st

from core.figures import style
from core.messages import N_
from core.numeric.recurrent.cell_models import CellModel, Reading
from pages.recurrent.cell.formulas import INPUT, OUTPUT, lines, symbol_of
from pages.recurrent.cell.settings import (
    GATES,
    MOST_INPUT,
    MOST_STEPS,
    MOST_UNITS,
    MOST_WEIGHT,
    CellSettings,
    changes_in,
    name_of_weight,
    say_changes,
    say_numbers,
)
from ui.components import component
from ui.state.controls import choose
from ui.texts import _, language, number

_CELL = component(
    __file__,
    "cell",
    """<div class="pangloss-cell">
      <div class="pangloss-figure">
        <div class="bar"></div>
        <svg class="diagram" role="group"></svg>
      </div>
      <div class="formulas"></div>
      <div class="unrolled"></div>
      <div class="spoken" aria-live="polite"></div>
    </div>""",
)
KEY = "cell.diagram"
CONFIG = "cell.before"  # of the session: the settings as they stand
_SERIAL = "cell.serial"
_LABELS = {
    INPUT: N_("input"),
    "forget_gate": N_("forget gate"),
    "input_gate": N_("input gate"),
    "output_gate": N_("output gate"),
    "update_gate": N_("update gate"),
    "reset_gate": N_("reset gate"),
    "candidate": N_("candidate"),
    "cell": N_("cell state"),
    "hidden": N_("hidden state"),
    OUTPUT: N_("output"),
}
_DECIMALS = 6  # of what the browser gets


def diagram(config: CellSettings, reading: Reading):
    """The component: diagram, formulas and all steps; the hand's edits become settings."""
    _CELL(
        key=KEY,
        data=payload(config, reading),
        on_edit_change=_edited,
        on_place_change=_placed,
    )


def payload(config: CellSettings, reading: Reading) -> dict[str, Any]:
    """What the browser shows: every number of every step, and how each came about."""
    model = config.free()
    shown = _rows(config, reading)
    most = max(np.abs(row["gradients"]).max() for row in shown if row["name"] != OUTPUT)
    outputs = ", ".join(number(value, 2) for value in reading.outputs)
    return {
        "cell": config.cell,
        "activation": config.activation,
        "units": config.units,
        "steps": len(reading.outputs),
        "at": min(config.at, len(reading.outputs)) - 1,
        "unit": min(config.unit, config.units) - 1,
        "show": config.show,
        "rows": [{**row, "gradients": _short(row["gradients"])} for row in shown],
        "most_gradient": _short(most),
        "formulas": [
            [vars(line) for line in lines(model, unit, tuple(config.held))]
            for unit in range(config.units)
        ],
        "weights": _short(model.flat()),
        "names": weight_names(model),
        "held": {gate: "open" if is_open else "shut" for gate, is_open in config.held.items()},
        "serial": st.session_state.get(_SERIAL, 0),
        "most_input": MOST_INPUT,
        "most_steps": MOST_STEPS,
        "most_weight": MOST_WEIGHT,
        "palette": style.DIVERGING,
        "ink": style.INK,
        "panel": style.PANEL,
        "quiet": style.QUIET,
        "colour": {theme: style.COLOURS[theme][config.cell] for theme in style.COLOURS},
        "alt": _("Diagram of the cell. Output, step by step: {outputs}.").format(outputs=outputs),
        "words": _words(),
    }


def _rows(config: CellSettings, reading: Reading) -> list[dict[str, Any]]:
    """Every quantity over time, from the output down to the input; gradients as arrays."""
    gradients = reading.gradients()
    last = np.zeros((len(reading.outputs), 1))
    last[-1] = 1
    steps = reading.trace.steps
    zero = np.zeros(config.units)
    start: dict[str, tuple[Any, Any]] = dict.fromkeys(steps, (zero, zero))
    start |= {INPUT: (0, 0), OUTPUT: (0, 0)}
    start |= zip(steps, zip(reading.trace.start, gradients.start, strict=True), strict=False)
    quantities = {
        INPUT: (reading.trace.inputs, gradients.inputs),
        **{name: (steps[name], gradients.steps[name]) for name in steps},
        OUTPUT: (reading.outputs[:, None], last),
    }
    order = [line.name for line in lines(config.free(), 0)]
    return [
        {
            "name": name,
            "symbol": symbol_of(config.cell, name),
            "label": _(_LABELS[name]),
            "values": _short(quantities[name][0]),
            "gradients": quantities[name][1],
            "start": {"values": _short(start[name][0]), "gradients": _short(start[name][1])},
            "scale": max(1.0, float(_short(np.abs(quantities[name][0]).max()))),
        }
        for name in [*reversed(order), INPUT]
    ]


def _short(values: np.ndarray | float) -> Any:
    return np.round(values, _DECIMALS).tolist()


def weight_names(model: CellModel) -> list[str]:
    """What each of the weights is called, in the order of ``CellModel.flat``."""
    between = _("{symbol}, from unit {source} to unit {target}")
    out, into = _("{symbol}, from unit {source}"), _("{symbol} of unit {target}")
    names = []
    for place in range(model.flat().size):
        symbol, source, target = name_of_weight(model, place)
        form = (between if target else out) if source else into if target else "{symbol}"
        names.append(form.format(symbol=symbol, source=source, target=target))
    return names


def _words() -> dict[str, str]:
    return {
        "point": "," if language() == "fr" else ".",
        "first": _("To the first step"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step on"),
        "last": _("To the last step"),
        "step": _("step {step} of {steps}"),
        "step_word": _("step"),
        "unit": _("unit"),
        "shown": _("Shown"),
        "values": _("values"),
        "gradients": _("gradient of the last output"),
        "open": _("held open"),
        "shut": _("held shut"),
        "free": _("free"),
        "drag": _("Drag it sideways, or click and type."),
        "unrolled": _("All steps side by side"),
        "shorter": _("One step less"),
        "longer": _("One step more"),
    }


def _edited():
    edit = st.session_state[KEY].get("edit")
    if isinstance(edit, dict):
        st.session_state[_SERIAL] = _whole(edit.get("serial"), 0, 10**9) or 0
        choose(CellSettings, **edits(st.session_state.get(CONFIG, CellSettings()), edit))


def _placed():
    place = st.session_state[KEY].get("place")
    if isinstance(place, dict):
        choose(CellSettings, **_place(place))


def edits(config: CellSettings, edit: dict[str, Any]) -> dict[str, Any]:
    """What a browser's edit changes of ``config``; whatever is no number or no gate is left out.

    edit: "inputs", a list; "weights", place -> value; "held", gate -> "open", "shut" or "".
    """
    changes = _place(edit)
    inputs = edit.get("inputs")
    if isinstance(inputs, list) and 1 <= len(inputs) <= MOST_STEPS:
        numbers = [x for x in (_real(x, MOST_INPUT) for x in inputs) if x is not None]
        if len(numbers) == len(inputs):
            changes["sequence"] = say_numbers(numbers)
    weights = edit.get("weights")
    if isinstance(weights, dict) and weights:
        start = config.untouched().flat()
        merged = changes_in(config.weights, start.size)
        for place, value in weights.items():
            at, real = _whole(place, 0, start.size - 1), _real(value, MOST_WEIGHT)
            if at is not None and real is not None:
                merged[at] = real
        own = {at: value for at, value in merged.items() if value != start[at]}
        changes["weights"] = say_changes(own)
    held = edit.get("held")
    for gate, how in held.items() if isinstance(held, dict) else ():
        if gate in GATES[config.cell] and how in ("open", "shut", ""):
            changes[gate] = how or "free"
    return changes


def _place(edit: dict[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, most in (("at", MOST_STEPS), ("unit", MOST_UNITS)):
        index = _whole(edit.get(name), 0, most - 1)
        if index is not None:
            changes[name] = index + 1
    if edit.get("show") in ("values", "gradients"):
        changes["show"] = edit["show"]
    return changes


def _whole(value: Any, low: int, high: int) -> int | None:
    if isinstance(value, str) and value.isdecimal():
        value = int(value[:9])
    real = _real(value, high)
    return int(real) if real is not None and real >= low and real.is_integer() else None


def _real(value: Any, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= most else None  # not NaN
