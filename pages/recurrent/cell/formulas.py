"""The course's formulas of one unit, term by term, so that the numbers can be filled in.

A formula is a list of parts: a string stands as it is; ``{"w": place}`` is the weight at that place
of ``CellModel.flat``; ``{"v": name, "u": unit, "b": 1}`` is what the trace holds by that name at
this step, or with "b" what it held at the step before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.numeric.recurrent.cell_models import CellModel

Part = str | dict[str, Any]
INPUT, OUTPUT = "input", "output"
_ACTIVATION = {"tanh": "tanh", "relu": "ReLU"}
_OUTPUT = {"linear": "", "relu": "ReLU", "sigmoid": "σ"}
_LETTER = {
    "forget_gate": "F",
    "input_gate": "I",
    "output_gate": "O",
    "update_gate": "Z",
    "reset_gate": "R",
}


@dataclass(frozen=True)
class FormulaLine:
    """A formula. name: what it gives, as the trace calls it. symbol: its left side; course: its
    right side in letters; parts: its right side in numbers, empty where the gate is held.
    """

    name: str
    symbol: str
    course: str
    parts: list[Part]


def symbol_of(cell: str, name: str) -> str:
    """How the course writes a quantity at step t."""
    candidate = "c̃" if cell == "lstm" else "h̃"
    letters = {"candidate": candidate, "hidden": "h", "cell": "c", INPUT: "x", OUTPUT: "o"}
    return {**_LETTER, **letters}[name] + "_t"


def lines(model: CellModel, unit: int, held: Sequence[str] = ()) -> list[FormulaLine]:
    """The formulas of unit ``unit`` (from 0) in the order in which a step computes them."""
    made = _Terms(model, unit)
    match model.cell:
        case "rnn":
            formulas = [made.rnn()]
        case "lstm":
            formulas = [
                made.gate("forget_gate", held),
                made.gate("input_gate", held),
                made.gate("output_gate", held),
                made.squashed("candidate", "tanh(W_c x_t + U_c h_{t−1} + b_c)", "tanh"),
                made.line(
                    "cell",
                    "F_t ∘ c_{t−1} + I_t ∘ c̃_t",
                    [made.now("forget_gate"), " · ", made.before("cell"), " + "]
                    + [made.now("input_gate"), " · ", made.now("candidate")],
                ),
                made.line(
                    "hidden",
                    "O_t ∘ tanh(c_t)",
                    [made.now("output_gate"), " · tanh(", made.now("cell"), ")"],
                ),
            ]
        case _:
            z = made.now("update_gate")
            formulas = [
                made.gate("update_gate", held),
                made.gate("reset_gate", held),
                made.squashed("candidate", "tanh(W_h x_t + U_h(R_t ∘ h_{t−1}) + b_h)", "tanh"),
                made.line(
                    "hidden",
                    "Z_t ∘ h_{t−1} + (1 − Z_t) ∘ h̃_t",
                    [z, " · ", made.before("hidden"), " + (1 − ", z, ") · "]
                    + [made.now("candidate")],
                ),
            ]
    return [*formulas, made.output()]


class _Terms:
    """The parts of the formulas of one unit."""

    def __init__(self, model: CellModel, unit: int):
        self.model, self.unit = model, unit
        self.units, self.width = model.units, model.weights.bias.size

    def now(self, name: str, unit: int | None = None) -> Part:
        return {"v": name, "u": self.unit if unit is None else unit}

    def before(self, name: str, unit: int | None = None) -> Part:
        return {"v": name, "u": self.unit if unit is None else unit, "b": 1}

    def line(self, name: str, course: str, parts: list[Part]) -> FormulaLine:
        return FormulaLine(name, symbol_of(self.model.cell, name), course, parts)

    def sum(self, block: str) -> list[Part]:
        """W x_t + U h_{t-1} + b of this unit, the reset gate in it where the course has it."""
        column = self.model.columns(block).start + self.unit
        parts: list[Part] = [{"w": column}, " · ", {"v": INPUT, "u": 0}]
        for k in range(self.units):
            parts += [" + ", {"w": (k + 1) * self.width + column}, " · "]
            if self.model.cell == "gru" and block == "candidate":
                parts += [self.now("reset_gate", k), " · "]
            parts.append(self.before("hidden", k))
        return [*parts, " + ", {"w": (self.units + 1) * self.width + column}]

    def squashed(self, block: str, course: str, function: str) -> FormulaLine:
        return self.line(block, course, [f"{function}(", *self.sum(block), ")"])

    def gate(self, name: str, held: Sequence[str]) -> FormulaLine:
        letter = _LETTER[name]
        course = f"σ(W_{letter} x_t + U_{letter} h_{{t−1}} + b_{letter})"
        return self.line(name, course, []) if name in held else self.squashed(name, course, "σ")

    def rnn(self) -> FormulaLine:
        function = _ACTIVATION[self.model.activation]
        return self.squashed("hidden", f"{function}(U x_t + V h_{{t−1}} + b_h)", function)

    def output(self) -> FormulaLine:
        first = (self.units + 2) * self.width
        parts: list[Part] = []
        for k in range(self.units):
            parts += [{"w": first + k}, " · ", self.now("hidden", k), " + "]
        parts.append({"w": first + self.units})
        function = _OUTPUT[self.model.output]
        letter = "W" if self.model.cell == "rnn" else "W_o"
        course = f"{letter} h_t + b_o"
        if function:
            return self.line(OUTPUT, f"{function}({course})", [f"{function}(", *parts, ")"])
        return self.line(OUTPUT, course, parts)
