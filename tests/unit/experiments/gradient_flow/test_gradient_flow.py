"""The gradient-flow experiment: what it says, what it measures, and the script it gives away."""

import re

import numpy as np
import pytest

from core.data.sequences.memory_tasks import TRIVIAL_RMSE, held_out
from core.events import Epoch, Finished, Started, Step
from core.experiments.gradient_flow.config import CELLS, GradientFlowConfig
from core.experiments.gradient_flow.run import run
from core.experiments.kit.config import ConfigError
from core.numeric.recurrent.stack.read import by_network, stack_outputs
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import printed

SMALL = small("gradient-flow")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("gradient-flow")


def test_three_cells_of_about_the_same_size_start(events):
    started, finished = began(events), ended(events)
    assert isinstance(started, Started) and isinstance(finished, Finished)
    assert started.steps == 30 and started.epochs == 2
    assert started.references == {"baseline_trivial": TRIVIAL_RMSE}
    params = [finished.metrics[f"{cell}_params"] for cell in CELLS]
    assert sum(params) == started.params == finished.metrics["params"]
    assert finished.metrics["train_s"] >= max(finished.metrics[f"{c}_train_s"] for c in CELLS)
    assert max(params) / min(params) < 1.05


def test_every_size_that_can_be_set_is_matched_within_five_percent():
    for params in range(500, 10_001, 500):
        gates = {"rnn": 1, "lstm": 4, "gru": 3}
        counts = [
            gates[cell] * units * (2 + units + 1) + units + 1
            for cell, units in GradientFlowConfig(params=params).units().items()
        ]
        assert max(counts) / min(counts) < 1.05, params


def test_errors_horizons_and_clocks_of_each_cell(events):
    final = ended(events).metrics
    for cell in CELLS:
        assert 0 < final[f"{cell}_test_rmse"] < 3
        assert 1 <= final[f"{cell}_horizon_steps"] <= SMALL.length
        assert final[f"{cell}_train_s"] > 0
    assert final["baseline_trivial"] == TRIVIAL_RMSE
    assert {"lstm_cell_horizon_steps"} <= set(final)


def test_the_score_is_that_of_the_weights_that_are_given_away(events):
    inputs, targets = held_out(SMALL.task, 512)
    for cell in CELLS:
        weights = by_network(ended(events).arrays)[cell]
        outputs = stack_outputs(SMALL.networks[cell], weights, inputs)
        rmse = np.sqrt(np.mean((outputs - targets) ** 2))
        assert rmse == pytest.approx(ended(events).metrics[f"{cell}_test_rmse"], abs=1e-5)


def test_each_epoch_has_the_gradients_curves_and_the_first_those_before(events):
    first, second = of(events, Epoch)
    names = {"rnn_hidden", "lstm_hidden", "lstm_cell", "gru_hidden"}
    assert set(second.arrays) == names
    assert set(first.arrays) == names | {f"start_{name}" for name in names}
    for arrays in (first.arrays, second.arrays):
        for curve in arrays.values():
            assert curve.shape == (10,) and curve[-1] == 1
    assert not np.allclose(first.arrays["lstm_cell"], first.arrays["start_lstm_cell"])


@pytest.mark.slow
def test_it_begins_closed_where_told():
    first = next(e for e in run(SMALL.replace(forget_bias=-2.0)) if isinstance(e, Epoch))
    assert first.arrays["start_lstm_cell"][0] < 1e-3


@pytest.mark.slow
def test_the_exported_script_makes_the_same_first_steps_and_measures_the_same(events, tmp_path):
    said = printed(ended(events).files, tmp_path)
    steps = [event for event in events if isinstance(event, Step)]
    assert len(steps) >= 10
    for cell in CELLS:
        theirs = re.findall(rf"^{cell} step \d+: loss ([\d.]+)", said, re.M)
        ours = [step.metrics[f"{cell}_loss"] for step in steps[:10]]
        np.testing.assert_allclose(ours, [float(loss) for loss in theirs], atol=1e-5)
        found = re.findall(rf"^{cell} epoch 2: test RMSE ([\d.]+), horizon (\d+) steps", said, re.M)
        ((rmse, horizon),) = found
        final = ended(events).metrics
        assert float(rmse) == pytest.approx(final[f"{cell}_test_rmse"], abs=1e-3)
        assert int(horizon) == final[f"{cell}_horizon_steps"]
        assert (tmp_path / f"{cell}.keras").stat().st_size > 5_000


def test_a_wrong_value_is_refused_with_its_bounds():
    with pytest.raises(ConfigError) as caught:
        GradientFlowConfig(length=5)
    assert str(caught.value) == "length must be a whole number from 10 to 200, not 5."
