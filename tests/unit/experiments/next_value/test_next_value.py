"""The next value: what is learned from, what a run says, and the script that does the same."""

import re
from datetime import date, timedelta
from typing import cast

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from core.data import uploads
from core.data.sequences import number_rules
from core.events import Epoch, Finished, Started, Step
from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.generation import GenerationTask
from core.experiments.next_value.run import run, series_of, task_of
from core.experiments.next_value.series import SeriesTask
from core.experiments.next_value.task import BASELINES
from core.messages import Problem
from core.numeric.recurrent.stack.read import by_network, stack_outputs
from tests.contracts.small import small
from tests.events import ended
from tests.unit.experiments.scripts import losses, printed

SMALL = small("next-value")


def noisy(length=200):
    return np.random.default_rng(5).standard_normal(length).cumsum()


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("next-value")


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("arithmetic", [1, 3, 5, 7, 9, 11]),
        ("alternating", [1, 6, 3, 8, 5, 10]),
        ("modular", [0, 7, 14, 21, 28, 5]),
        ("chaotic", [314, 860, 482, 996, 15, 60]),
    ],
)
def test_the_integers_follow_their_rule(rule, first):
    assert number_rules.integer_series(rule, 6).tolist() == first


def test_the_course_s_sequences_share_their_rule():
    rule = number_rules.Rule((2,))
    assert [rule.sequence(start, 3).tolist() for start in (1, 7, 5)] == [
        [1, 3, 5],
        [7, 9, 11],
        [5, 7, 9],
    ]
    assert number_rules.Rule((4, -1)).sequence(3, 5).tolist() == [3, 7, 6, 10, 9]
    assert number_rules.Rule((7,), 20).sequence(10, 4).tolist() == [10, 17, 4, 11]


@pytest.mark.parametrize("family", number_rules.FAMILIES)
def test_no_held_out_rule_is_learned_from(family):
    known, held_out = number_rules.rules(family)
    assert not set(known) & set(held_out) and held_out
    groups = number_rules.sequences_by_rule(family, True, 60, 2, 4, seed=1)
    assert groups.shape == (60, 3, 4)
    steps = {rule.steps for rule in known if not rule.modulus}
    if family in ("arithmetic", "alternating"):
        for group in groups:
            differences = np.diff(group, axis=1)
            np.testing.assert_array_equal(differences[0], differences[1])
            assert tuple(differences[0][: len(next(iter(steps)))].tolist()) not in steps


def test_the_network_sees_nothing_of_the_held_out_part_while_it_learns():
    values = noisy()
    changed = values.copy()
    changed[150:] += 1000
    ours, theirs = SeriesTask(values, 10, 5), SeriesTask(changed, 10, 5)
    for a, b in zip(ours.training(), theirs.training(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert (ours.mean, ours.scale) == (values[:150].mean(), values[:150].std())
    inputs, targets = ours.training()
    assert inputs.shape == (140, 10, 1) and targets.shape == (140, 1)
    np.testing.assert_allclose(ours.mean + ours.scale * inputs[3, :, 0], values[3:13], rtol=1e-5)
    np.testing.assert_allclose(ours.values_of(inputs, targets), values[10:150], atol=1e-5)


@pytest.mark.parametrize("change", [False, True])
def test_a_network_that_knows_the_answer_has_no_error(change):
    values = np.sin(np.arange(200) / 3) + 5
    task = SeriesTask(values, 8, 12, change)
    inputs, truth = task.held_out()
    np.testing.assert_array_equal(truth, values[150:])
    coefficient = 2 * np.cos(1 / 3)  # a sine's next value is a sum of its last two

    def predict(x):
        last, before = ((task.mean + task.scale * x[:, -i, 0]) - 5 for i in (1, 2))
        told = (coefficient * last - before + 5 - task.mean) / task.scale
        return (told - (x[:, -1, 0] if change else 0))[:, None]

    np.testing.assert_allclose(task.values_of(inputs, predict(inputs)), truth, atol=1e-5)
    np.testing.assert_allclose(task.forecast(predict), task.truth(), atol=1e-3)


def test_the_baselines_are_fitted_on_the_training_part_alone():
    values = noisy()
    task = SeriesTask(values, 10, 5)
    inputs = np.stack([values[i : i + 10] for i in range(190)])
    model = LinearRegression().fit(inputs[:140], values[10:150])
    error = np.sqrt(np.mean((model.predict(inputs[140:]) - values[150:]) ** 2))
    assert task.baseline_rmse("linear_ar") == pytest.approx(error)
    steps = np.diff(values)[149:]
    assert task.baseline_rmse("last_value") == pytest.approx(np.sqrt(np.mean(steps**2)))


def test_the_rule_of_examples_is_linear_and_least_squares_finds_it():
    for family, linear in (("arithmetic", True), ("alternating", True), ("modular", False)):
        task = GenerationTask(family, 2, 4, seed=0)
        assert (task.baseline_rmse("linear_ar") < 1e-3) is linear
    task = GenerationTask("arithmetic", 2, 3, seed=0)
    told = task.continued(
        task.rule_of("linear_ar"), np.array([[[1, 3, 5], [7, 9, 11]]]), np.array([[5]])
    )
    assert told.tolist() == [[7, 9]]
    seasonal = task.continued(
        task.rule_of("seasonal_naive"), np.array([[[1, 3, 5], [7, 9, 11]]]), np.array([[5]])
    )
    assert seasonal.tolist() == [[9, 11]]


def test_what_is_begun_stands_at_the_end_with_zeros_before():
    task = GenerationTask("arithmetic", 2, 3, seed=0)
    inputs = task.encode(np.array([[[1, 3, 5], [7, 9, 11]]]), np.array([[5]]))
    assert inputs.shape == (1, 8, 3)
    numbers = task.mean + task.scale * inputs[0, 1:, 0]
    np.testing.assert_allclose(numbers, [1, 3, 5, 7, 9, 11, 5], rtol=1e-5)
    assert inputs[0, :, 1].tolist() == [0, 1, 0, 0, 1, 0, 0, 1]
    assert inputs[0, :, 2].tolist() == [0, 1, 1, 1, 1, 1, 1, 1]
    assert inputs[0, 0].tolist() == [0, 0, 0]


def test_it_starts_with_the_lines_to_beat_and_ends_with_what_it_reached(events):
    started, finished = events[0], events[-1]
    assert isinstance(started, Started) and isinstance(finished, Finished)
    task = task_of(SMALL)
    expected = {f"baseline_{name}": task.baseline_rmse(name) for name in BASELINES}
    assert started.references == pytest.approx(expected)
    assert started.steps == 2 * (213 // 32)
    # GRU: 3 gates x 8 units x (1 feature + 8 + 1 bias); the dense layer: 8 + 1
    assert started.params == 3 * 8 * 10 + 9 == finished.metrics["params"]
    last = [event for event in events if isinstance(event, Epoch)][-1]
    assert finished.metrics["test_rmse"] == last.metrics["test_rmse"]
    assert finished.metrics["train_s"] > 0
    assert set(finished.files) == {"model.keras", "train.py", "train.ipynb", "data.txt"}


def test_the_epoch_s_arrays_are_what_its_weights_say(events):
    last = [event for event in events if isinstance(event, Epoch)][-1]
    task = task_of(SMALL)
    weights = by_network(last.arrays)["weights"]

    def predict(inputs):
        return stack_outputs(SMALL.network, weights, inputs)

    inputs, truth = task.held_out()
    told = task.values_of(inputs, predict(inputs))
    np.testing.assert_allclose(last.arrays["held_out"], told, atol=1e-5)
    assert last.metrics["test_rmse"] == pytest.approx(np.sqrt(np.mean((told - truth) ** 2)), 1e-4)
    forecasts = task.forecast(predict)
    np.testing.assert_allclose(last.arrays["forecasts"], forecasts, atol=1e-4)
    by_horizon = np.sqrt(np.mean((forecasts - task.truth()) ** 2, axis=0))
    np.testing.assert_allclose(last.arrays["rmse_by_horizon"], by_horizon, atol=1e-4)
    origins, nudge = task.origin_inputs().astype(float), 1e-4
    for place in (0, 11):
        up, down = origins.copy(), origins.copy()
        up[:, place] += nudge
        down[:, place] -= nudge
        slope = task.values_of(up, predict(up)) - task.values_of(down, predict(down))
        np.testing.assert_allclose(
            last.arrays["saliency"][:, place], slope / (2 * nudge * task.scale), atol=1e-3
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"cell": "gru", "data": "generation", "numbers": 4},
        {
            "cell": "lstm",
            "layers": 2,
            "skip": True,
            "bidirectional": True,
            "dropout": 0.1,
            "target": "value",
        },
    ],
)
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(SMALL.replace(**changes, epochs=1)))
    finished = ended(events)
    said = printed(finished.files, tmp_path, "data.txt")
    theirs = losses(said)
    ours = [event.metrics["loss"] for event in events if isinstance(event, Step)]
    assert min(len(ours), len(theirs)) >= 6
    np.testing.assert_allclose(ours[:10], theirs[: len(ours[:10])], atol=1e-5)
    (error,) = re.findall(r"^epoch 1: held-out RMSE ([\d.]+)", said, re.M)
    assert float(error) == pytest.approx(finished.metrics["test_rmse"], rel=1e-3)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)


def test_a_column_of_a_table_is_a_series(store):
    days = [date(2020, 1, 1) + timedelta(i) for i in range(60)]
    rows = "\n".join(f"{day};{i % 7},5;{i}" for i, day in enumerate(days))
    digest = uploads.store_table(f"day;flow;level\n{rows}\n".encode())
    config = NextValueConfig(data="upload", upload=digest, window=8)
    assert series_of(config).values[:3].tolist() == [0.5, 1.5, 2.5]
    assert series_of(config.replace(column="level")).values[-1] == 59
    assert series_of(config.replace(column="day")).values[1] == 1.5  # which tells the time alone
    assert cast(SeriesTask, task_of(config)).period == 7
    with pytest.raises(Problem) as caught:
        series_of(config.replace(column="rain"))
    assert str(caught.value) == ("The table has no column rain of numbers; there are: flow, level.")


def test_a_series_that_is_too_short_or_never_changes_is_refused(store):
    digest = uploads.store_table(("x\n" + "1\n2\n" * 20).encode())
    with pytest.raises(Problem) as caught:
        next(run(NextValueConfig(data="upload", upload=digest, window=36)))
    assert str(caught.value) == (
        "The series has 40 values; to learn from windows of 36, with the last quarter held out, "
        "it needs 70. Bring a longer one, or choose a shorter window."
    )
    digest = uploads.store_table(("x\n" + "3\n" * 100).encode())
    with pytest.raises(Problem) as caught:
        task_of(NextValueConfig(data="upload", upload=digest))
    assert str(caught.value) == (
        "The part of the series to learn from has the same value everywhere."
    )
