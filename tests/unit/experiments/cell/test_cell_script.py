"""The script that is taken away: Keras alone, the same cell, the same numbers."""

import re
import runpy

import numpy as np
import pytest

from core.experiments.cell.script import cell_script
from core.numeric.recurrent.cell_models import CellModel
from core.numeric.recurrent.cell_presets import PRESETS, keras_initialised

STEP = re.compile(r"step (\d+): x = (\S+)  h = (.*?)(?:  c = (.*?))?  o = (\S+)")


def random_model(cell, activation="tanh", output="linear", held=()):
    made = keras_initialised(cell, 3, 5)
    bias = np.array([0.25])
    model = CellModel(cell, made.weights, made.output_kernel, bias, activation, output)
    return model.held(dict(held))


CASES = {
    "rnn with ReLU": random_model("rnn", "relu", "relu"),
    "lstm": random_model("lstm"),
    "lstm with held gates": random_model(
        "lstm", output="sigmoid", held=[("forget_gate", True), ("output_gate", False)]
    ),
    "gru": random_model("gru", output="sigmoid"),
    "latch": PRESETS["latch"]("lstm"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_script_prints_the_states_of_the_page(name, tmp_path, capsys):
    pytest.importorskip("keras")
    model, sequence = CASES[name], np.array([0.5, -0.3, 0.8, 0, 1, -1])
    path = tmp_path / "cell.py"
    path.write_text(cell_script(model, sequence), encoding="utf-8")

    runpy.run_path(str(path), run_name="__main__")

    said = STEP.findall(capsys.readouterr().out)
    read = model.read(sequence)
    assert [int(step[0]) for step in said] == list(range(1, len(sequence) + 1))
    np.testing.assert_allclose([float(step[1]) for step in said], sequence)
    steps = read.trace.steps
    for column, state in ((2, "hidden"), (3, "cell")):
        if state in steps:
            printed = [[float(value) for value in step[column].split()] for step in said]
            np.testing.assert_allclose(printed, steps[state], atol=1e-5)
    np.testing.assert_allclose([float(step[4]) for step in said], read.outputs, atol=1e-5)
