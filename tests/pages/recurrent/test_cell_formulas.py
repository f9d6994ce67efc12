"""The formulas beside the small cell: what they say, by the numbers beside them."""

import math
from pathlib import Path

import pytest

from core.numeric.activations import relu, sigmoid
from core.numeric.recurrent.cell_models import OUTPUTS
from pages.recurrent.cell.formulas import INPUT, OUTPUT, lines, symbol_of
from pages.recurrent.cell.settings import CellSettings, name_of_weight

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "pages" / "recurrent" / "cell" / "page.py"


def evaluated(line, reading, unit, t):
    """A formula as it stands on the page, its numbers filled in, by Python's own arithmetic."""
    weights, steps = reading.model.flat(), dict(reading.trace.steps)
    steps[INPUT] = reading.trace.inputs

    def filled(part):
        if isinstance(part, str):
            return part
        if "w" in part:
            return f"({float(weights[part['w']])!r})"
        at = t - part.get("b", 0)
        return f"({float(steps[part['v']][at, part['u']]) if at >= 0 else 0.0!r})"

    text = "".join(filled(part) for part in line.parts).replace("·", "*").replace("−", "-")
    known = {"σ": sigmoid, "tanh": math.tanh, "ReLU": relu}
    return eval(text, {"__builtins__": {}}, known)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("units", [1, 2, 4])
@pytest.mark.parametrize("output", OUTPUTS)
def test_the_formulas_on_the_page_give_the_numbers_beside_them(cell, units, output):
    config = CellSettings(cell=cell, units=units, preset="random", draw=units, output=output)
    reading = config.model().read(config.numbers)
    for unit in range(units):
        for line in lines(reading.model, unit):
            for t in range(len(reading.outputs)):
                shown = (
                    reading.outputs[t]
                    if line.name == OUTPUT
                    else reading.trace.steps[line.name][t, unit]
                )
                assert evaluated(line, reading, unit, t) == pytest.approx(shown, abs=1e-12)


def test_the_formulas_are_the_courses():
    said = {
        line.name: f"{line.symbol} = {line.course}" for line in lines(CellSettings().model(), 0)
    }
    assert said["forget_gate"] == "F_t = σ(W_F x_t + U_F h_{t−1} + b_F)"
    assert said["cell"] == "c_t = F_t ∘ c_{t−1} + I_t ∘ c̃_t"
    assert said["hidden"] == "h_t = O_t ∘ tanh(c_t)"
    gru = {line.name: line.course for line in lines(CellSettings(cell="gru").model(), 0)}
    assert gru["hidden"] == "Z_t ∘ h_{t−1} + (1 − Z_t) ∘ h̃_t"
    assert gru["candidate"] == "tanh(W_h x_t + U_h(R_t ∘ h_{t−1}) + b_h)"
    rnn = {line.name: line.course for line in lines(CellSettings(cell="rnn").model(), 0)}
    assert rnn["hidden"] == "tanh(U x_t + V h_{t−1} + b_h)"
    assert symbol_of("rnn", OUTPUT) == "o_t"


def test_a_weights_name_is_where_the_formula_uses_it():
    """Each weight in the formula of a gate is called by that gate's letter and by its units."""
    model = CellSettings(cell="lstm", units=3, preset="random", output="linear").model()
    for unit in range(3):
        forget = next(line for line in lines(model, unit) if line.name == "forget_gate")
        places = [part["w"] for part in forget.parts if isinstance(part, dict) and "w" in part]
        named = [name_of_weight(model, place) for place in places]
        to = unit + 1
        recurrent = [("U_F", source, to) for source in (1, 2, 3)]
        assert named == [("W_F", None, to), *recurrent, ("b_F", None, to)]
    last = model.flat().size - 1
    assert name_of_weight(model, last) == ("b_o", None, None)
    assert name_of_weight(model, last - 1) == ("W_o", 3, None)
