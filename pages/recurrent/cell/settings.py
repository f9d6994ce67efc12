"""What the visitor sets of the small cell: a Config for the URL, and the cell it stands for."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.experiments.kit.config import Config, choice, text, whole
from core.messages import N_, Problem
from core.numeric.recurrent.cell_models import CellModel
from core.numeric.recurrent.cell_presets import PRESETS, SEQUENCES, keras_initialised
from core.numeric.recurrent.stack.shapes import GATES as GATES_OF_KERAS

MOST_STEPS, MOST_UNITS = 12, 4
MOST_INPUT, MOST_WEIGHT = 5.0, 200.0
RANDOM = "random"
_RANDOM_SEQUENCE = (0.5, -0.3, 0.8, 0, 0, -0.6, 0.4, 0)
GATES = {
    "rnn": (),
    "lstm": ("forget_gate", "input_gate", "output_gate"),
    "gru": ("update_gate", "reset_gate"),
}
ALL_GATES = (*GATES["lstm"], *GATES["gru"])


def _gate(label: str, help: str) -> Any:
    return choice("free", {"free": N_("free"), "open": N_("open"), "shut": N_("shut")}, label, help)


@dataclass(frozen=True)
class CellSettings(Config):
    """The cell on the page, the sequence that it reads, and where one is looking."""

    cell: str = choice("lstm", {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}, N_("Cell"))
    preset: str = choice(
        "latch",
        {
            "latch": N_("Latch"),
            "remember": N_("Memory"),
            "count": N_("Count"),
            "forget": N_("Forget"),
            RANDOM: N_("Random"),
        },
        N_("Weights"),
        N_(
            "Four sets were made by hand and do what their names say; the fifth is Keras's "
            "initialisation."
        ),
    )
    units: int = whole(
        1,
        1,
        MOST_UNITS,
        N_("Units"),
        N_("A number of units other than that of a hand-made cell draws random weights."),
    )
    activation: str = choice(
        "tanh",
        {"tanh": "tanh", "relu": "ReLU"},
        N_("Activation"),
        N_("σ_h: the course's slide uses ReLU, Keras uses tanh."),
    )
    forget_gate: str = _gate(N_("Forget gate"), N_("Open: F is 1 at every step. Shut: 0."))
    update_gate: str = _gate(N_("Update gate"), N_("Open: Z is 1 at every step. Shut: 0."))
    input_gate: str = _gate(N_("Input gate"), N_("Open: I is 1 at every step. Shut: 0."))
    output_gate: str = _gate(N_("Output gate"), N_("Open: O is 1 at every step. Shut: 0."))
    reset_gate: str = _gate(N_("Reset gate"), N_("Open: R is 1 at every step. Shut: 0."))
    output: str = choice(
        "sigmoid",
        {"linear": N_("none"), "relu": "ReLU", "sigmoid": N_("sigmoid")},
        N_("Output"),
        N_("σ_o, through which W h_t + b_o becomes the output o_t."),
    )
    draw: int = whole(
        1, 0, 999_999, N_("Draw"), N_("The same number draws the same random weights.")
    )
    sequence: str = text("", 0, 120, N_("Sequence"))
    weights: str = text("", 0, 2000, N_("Changed weights"))
    at: int = whole(2, 1, MOST_STEPS, N_("Step"))
    unit: int = whole(1, 1, MOST_UNITS, N_("Unit"))
    show: str = choice(
        "values", {"values": N_("values"), "gradients": N_("gradients")}, N_("Shown")
    )

    @property
    def numbers(self) -> np.ndarray:
        """The sequence, float (time,): the one that was typed, else the preset's own."""
        if self.sequence:
            return np.array(numbers_in(self.sequence))
        return np.array(SEQUENCES.get(self.preset, _RANDOM_SEQUENCE), float)

    @property
    def held(self) -> dict[str, bool]:
        """The gates of this cell that are held: name -> whether open."""
        gates = {gate: getattr(self, gate) for gate in GATES[self.cell]}
        return {gate: how == "open" for gate, how in gates.items() if how != "free"}

    def untouched(self) -> CellModel:
        """The cell with the weights that it starts from."""
        made = PRESETS[self.preset](self.cell) if self.preset in PRESETS else None
        if made is None or made.units != self.units:
            made = keras_initialised(self.cell, self.units, self.draw)
        activation = self.activation if self.cell == "rnn" else "tanh"
        return replace(made, activation=activation, output=self.output)

    def free(self) -> CellModel:
        """The cell with the visitor's weights, no gate held."""
        start = self.untouched()
        flat = start.flat()
        for index, value in changes_in(self.weights, len(flat)).items():
            flat[index] = value
        return start.with_flat(flat)

    def model(self) -> CellModel:
        """The cell as it stands on the page: with the visitor's weights and held gates."""
        return self.free().held(self.held)


def numbers_in(typed: str) -> list[float]:
    """The numbers of a typed sequence: between spaces or semicolons, or between commas.

    Where a space or a semicolon separates them, a comma is a decimal comma. Raises Problem.
    """
    parts = [part for part in re.split(r"[;\s]+", typed.strip(" \t()[];,")) if part]
    if len(parts) > 1 and not all(part.endswith(",") for part in parts[:-1]):
        parts = [part.replace(",", ".") for part in parts]
    else:
        parts = [part.strip() for part in ",".join(p.strip(",") for p in parts).split(",")]
    if parts == [""]:
        raise Problem(N_("The sequence is empty; it is made of numbers, such as 0 1 0.5 −1."))
    numbers = []
    for part in parts:
        try:
            number = float(part.replace("−", "-"))
        except ValueError:
            raise Problem(
                N_("The sequence is made of numbers, such as 0 1 0.5 −1; “{part}” is not one."),
                part=part[:20],
            ) from None
        if not math.isfinite(number) or abs(number) > MOST_INPUT:
            raise Problem(
                N_("Each number of the sequence is from {low} to {high}; {part} is not."),
                low=f"−{MOST_INPUT:g}",
                high=f"{MOST_INPUT:g}",
                part=part[:20],
            )
        numbers.append(number)
    if len(numbers) > MOST_STEPS:
        raise Problem(
            N_("The sequence has 1 to {most} numbers, not {given}."),
            most=MOST_STEPS,
            given=len(numbers),
        )
    return numbers


def say_numbers(numbers: Iterable[float]) -> str:
    """Numbers as they stand in the URL and in the field that they are typed into."""
    return " ".join(f"{float(number):.4g}" for number in numbers)


def changes_in(spelled: str, size: int) -> dict[int, float]:
    """The weights that differ from the preset's, by their place in ``CellModel.flat``.

    spelled: "3~0.52_17~-1". Raises Problem where it says anything else.
    """
    changes = {}
    for part in spelled.split("_") if spelled else []:
        place, _, value = part.partition("~")
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not (place.isdecimal() and len(place) < 4 and int(place) < size):
            number = math.nan
        if not abs(number) <= MOST_WEIGHT:
            raise Problem(
                N_("The link names a weight that this cell does not have, or one beyond {most}."),
                most=f"±{MOST_WEIGHT:g}",
            )
        changes[int(place)] = number
    return changes


def say_changes(changes: Mapping[int, float]) -> str:
    """The inverse of ``changes_in``."""
    return "_".join(f"{place}~{value:.4g}" for place, value in sorted(changes.items()))


def of_preset(cell: str, preset: str) -> dict[str, Any]:
    """The fields that a preset decides; random weights leave the width free."""
    if preset not in PRESETS:
        return {"activation": "tanh", "output": "linear"}
    made = PRESETS[preset](cell)
    return {"units": made.units, "activation": made.activation, "output": made.output}


def consequences(before: CellSettings, now: CellSettings) -> dict[str, Any]:
    """What else must change after the visitor chose another cell, preset, width or draw."""
    own = of_preset(now.cell, now.preset)
    wanted: dict[str, Any] = {}
    if (now.cell, now.preset) != (before.cell, before.preset):
        sequence = {} if now.preset == before.preset else {"sequence": ""}
        wanted = {"weights": "", **dict.fromkeys(ALL_GATES, "free"), **sequence, **own}
    elif (now.units, now.draw) != (before.units, before.draw):
        wanted = {"weights": ""}
        if now.units != before.units and own.get("units", now.units) != now.units:
            kept = say_numbers(now.numbers)  # the sequence that is being looked at
            wanted |= {"preset": RANDOM, "sequence": kept, **of_preset(now.cell, RANDOM)}
    return {name: value for name, value in wanted.items() if getattr(now, name) != value}


def name_of_weight(model: CellModel, place: int) -> tuple[str, int | None, int | None]:
    """Where a flat weight stands: the matrix's symbol, from which unit, to which unit (from 1)."""
    width, units = model.weights.bias.size, model.units
    row, column = divmod(place, width)
    if row <= units + 1:
        letter, to = GATES_OF_KERAS[model.cell][column // units], column % units + 1
        kernel, recurrent = ("U", "V") if model.cell == "rnn" else (f"W_{letter}", f"U_{letter}")
        if row == 0:
            return kernel, None, to
        return (recurrent, row, to) if row <= units else (f"b_{letter}", None, to)
    rest = place - (units + 2) * width
    output = "W" if model.cell == "rnn" else "W_o"
    return (output, rest + 1, None) if rest < units else ("b_o", None, None)
