"""The race of the cells: its events, its clocks, and the script that repeats it."""

import re

import numpy as np
import pytest

from core.data.sequences.memory_tasks import TRIVIAL_RMSE, held_out, validation
from core.events import Epoch, Finished, Started, Step
from core.experiments.kit.config import ConfigError
from core.experiments.kit.control import Control
from core.experiments.long_memory import recorded as long_memory_recorded
from core.experiments.long_memory import run as memory_run
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.run import GOAL, SCORE, reached, run, score
from core.numeric.recurrent.stack.read import by_network, stack_outputs
from core.numeric.recurrent.stack.shapes import count_params
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import printed

SMALL = small("long-memory")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("long-memory")


def test_it_starts_with_the_lines_to_hold_it_against(events):
    started = began(events)
    assert isinstance(started, Started)
    assert started.references == {"baseline_trivial": TRIVIAL_RMSE, "goal": 0.05}
    assert (started.steps, started.epochs) == (30, 2)
    counts = [count_params(stack, 2) for stack in SMALL.networks.values()]
    assert started.params == sum(counts)


def test_every_cell_is_named_in_the_final_metrics(events):
    finished = ended(events)
    assert isinstance(finished, Finished) and not finished.stopped
    for cell in SMALL.entrants:
        for name in ("test_rmse", "train_s", "params"):
            assert finished.metrics[f"{cell}_{name}"] > 0
        assert f"{cell}_goal_s" not in finished.metrics  # never there: absent
    assert np.isfinite(list(finished.metrics.values())).all()
    assert finished.metrics["params"] == began(events).params
    assert finished.metrics["train_s"] == of(events, Epoch)[-1].train_s
    assert finished.metrics["baseline_trivial"] == TRIVIAL_RMSE
    models = {f"{cell}.keras" for cell in SMALL.entrants}
    assert set(finished.files) == models | {"train.py", "train.ipynb"}


def test_clocks_are_each_cell_s_own_and_go_forward(events):
    first, last = of(events, Epoch)
    for cell in SMALL.entrants:
        assert 0 < first.metrics[f"{cell}_train_s"] < last.metrics[f"{cell}_train_s"]
    own = sum(last.metrics[f"{cell}_train_s"] for cell in SMALL.entrants)
    assert last.train_s == pytest.approx(own)


def test_scores_are_those_of_the_weights_on_the_test_set(events):
    inputs, targets = held_out(SMALL.sequences, 1000)
    last = of(events, Epoch)[-1]
    for cell, weights in by_network(ended(events).arrays).items():
        outputs = stack_outputs(SMALL.networks[cell], weights, inputs)
        rmse = np.sqrt(np.mean((outputs - targets) ** 2))
        assert last.metrics[f"{cell}_test_rmse"] == pytest.approx(rmse, abs=1e-5)
        told = last.arrays[f"{cell}_answers"]
        np.testing.assert_allclose(told, outputs[: len(told)], atol=1e-4)
    np.testing.assert_array_equal(last.arrays["targets"], targets[:200])


SCRIPTS = [
    SMALL.replace(epochs=1),
    LongMemoryConfig(
        task="copy",
        length=20,
        recall=2,
        layers=2,
        bidirectional=True,
        rnn=False,
        lstm=False,
        open_gates=2.0,
        params=3000,
        batch_size=16,
        epochs=1,
        epoch_updates=10,
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "config",
    [
        pytest.param(SCRIPTS[0], id="adding"),
        pytest.param(SCRIPTS[1], id="copy"),
    ],
)
def test_the_exported_script_makes_the_same_first_updates(config, tmp_path):
    events = list(run(config))
    said = printed(ended(events).files, tmp_path)
    steps = of(events, Step)[:10]
    for cell in config.entrants:
        theirs = re.findall(rf"^{cell} step \d+: loss ([\d.]+)", said, re.M)
        ours = [step.metrics[f"{cell}_loss"] for step in steps]
        np.testing.assert_allclose([float(loss) for loss in theirs], ours, atol=1e-5)
        assert len(theirs) == 10
        name = "accuracy" if config.task == "copy" else "test RMSE"
        (tested,) = re.findall(rf"^{cell} epoch 1: {name} ([\d.]+)", said, re.M)
        final = ended(events).metrics[f"{cell}_{SCORE[config.task]}"]
        assert float(tested) == pytest.approx(final, abs=2e-3)
        assert (tmp_path / f"{cell}.keras").exists()


def test_stopped_before_the_first_update_it_still_ends_in_order():
    control = Control()
    control.stopped = True
    events = list(run(SMALL, control))
    assert [type(event) for event in events] == [Started, Finished]
    assert "lstm_test_rmse" not in ended(events).metrics


@pytest.mark.slow
def test_a_cell_at_the_goal_rests_and_the_race_ends_when_all_rest(monkeypatch):
    monkeypatch.setitem(GOAL, "adding", 5.0)  # whoever is tested is there
    events = list(run(SMALL))
    assert len(of(events, Epoch)) == 1
    for cell in SMALL.entrants:
        told = ended(events).metrics
        assert told[f"{cell}_goal_s"] == told[f"{cell}_train_s"]
    events = list(run(SMALL.replace(stop_at_goal=False)))
    assert len(of(events, Epoch)) == 2
    told = ended(events).metrics
    assert told["lstm_goal_s"] < told["lstm_train_s"]


@pytest.mark.slow
def test_a_cell_that_diverges_is_named_and_the_others_go_on():
    config = SMALL.replace(clip_norm=0.0, length=400, learning_rate=0.1, lstm=False, rnn=False)
    events = list(run(config))
    finished = ended(events)
    assert finished.metrics.get("irnn_diverged") == 1
    assert not any(name.startswith("irnn/") for name in finished.arrays)
    assert np.isfinite(list(finished.metrics.values())).all()
    assert finished.metrics["gru_test_rmse"] > 0


def test_somebody_has_to_take_part():
    with pytest.raises(ConfigError) as caught:
        LongMemoryConfig(rnn=False, lstm=False, gru=False)
    assert str(caught.value) == "No cell takes part: switch on rnn, or another cell."


def test_scores_and_goals():
    assert score("adding", np.array([[1.0], [3.0]]), np.array([[1.0], [1.0]])) == np.sqrt(2)
    assert score("copy", np.array([[1, 2], [3, 4]]), np.array([[1, 2], [4, 4]])) == 0.75
    assert reached("adding", 0.05) and not reached("adding", 0.051)
    assert reached("copy", 0.99) and not reached("copy", 0.98)


def test_a_race_is_recorded_as_it_was(events):
    said = long_memory_recorded.as_record(
        began(events), of(events, Epoch), ended(events), SCORE["adding"]
    )
    assert said["config"] == SMALL.to_dict()
    last = of(events, Epoch)[-1].metrics
    for cell in SMALL.entrants:
        assert said["cells"][cell]["score"][-1] == pytest.approx(
            last[f"{cell}_test_rmse"], abs=1e-5
        )
        assert len(said["cells"][cell]["train_s"]) == 2
    assert said["params"] == {
        cell: count_params(stack, 2) for cell, stack in SMALL.networks.items()
    }


def test_what_was_recorded_is_what_the_lesson_says():
    recorded = long_memory_recorded.load()
    assert recorded is not None
    race = recorded.race("adding", 100)
    assert race is not None
    assert race.config["length"] == 100
    assert race.curves["lstm"][1][-1] <= 0.05 and race.curves["gru"][1][-1] <= 0.05
    assert race.curves["rnn"][1][-1] > 0.35
    assert max(race.params.values()) / min(race.params.values()) <= 1.05
    for cell, weights in by_network(long_memory_recorded.load_weights()).items():
        inputs, targets = held_out(LongMemoryConfig().sequences, 1000)
        network = long_memory_recorded.SETTINGS.networks[cell]
        rmse = score("adding", stack_outputs(network, weights, inputs), targets)
        assert rmse == pytest.approx(race.curves[cell][1][-1], abs=1e-4)
    for trials in (recorded.grid, recorded.seeds):
        keys = [
            tuple(getattr(trial, name) for name in long_memory_recorded.Trial.KEY)
            for trial in trials
        ]
        assert len(set(keys)) == len(keys)  # each trial once
    for config in (LongMemoryConfig.parse(race.config) for race in recorded.races):
        grid = [trial for trial in recorded.grid if trial.is_of(config)]
        best = long_memory_recorded.best_rates(grid)
        for cell in config.entrants:
            tried = {trial.learning_rate for trial in grid if trial.cell == cell}
            assert tried == {0.001, 0.003, 0.01, 0.03}  # the same for all
            seeds = [t for t in recorded.seeds if t.is_of(config) and t.cell == cell]
            assert [t.seed for t in seeds] == [0, 1, 2, 3, 4]
            assert {t.learning_rate for t in seeds} == {best[cell]}
    assert not {t.seed for t in recorded.grid} & {t.seed for t in recorded.seeds}


def trial(rate, validation, updates=0, **changes):
    fields = {"task": "adding", "length": 20, "bidirectional": False, "cell": "gru", "seed": 0}
    fields |= {"score": validation, "goal": updates > 0, "updates": updates or 3000} | changes
    return long_memory_recorded.Trial(learning_rate=rate, validation=validation, **fields)


@pytest.mark.parametrize(
    ("trials", "best"),
    [
        ([trial(0.1, 0.2), trial(0.01, 0.1), trial(1.0, None)], 0.01),
        ([trial(0.1, 0.04, 500), trial(0.01, 0.03, 900)], 0.1),  # both are there: the sooner
        ([trial(0.1, 0.04, 500), trial(0.1, 0.4), trial(0.01, 0.03, 900)], 0.01),  # not always
        ([trial(0.1, 0.9, task="copy"), trial(0.01, 0.5, task="copy")], 0.1),  # more is better
    ],
)
def test_the_best_rate_is_that_of_the_validation_examples(trials, best):
    assert long_memory_recorded.best_rates(trials) == {"gru": best}


def test_others_than_the_test_decide_who_rests(monkeypatch):
    asked = []
    monkeypatch.setattr(memory_run, "reached", lambda task, value: asked.append(value) or False)
    last = of(run(SMALL.replace(epochs=1, lstm=False, gru=False, irnn=False)), Epoch)[-1]
    assert asked == [last.metrics["rnn_validation"]] != [last.metrics["rnn_test_rmse"]]
    inputs, _ = validation(SMALL.sequences, 500)
    assert not np.array_equal(inputs, held_out(SMALL.sequences, 500)[0])
