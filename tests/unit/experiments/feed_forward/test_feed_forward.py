"""The window and the memory: what their run says, and that its script does the same."""

import re
from typing import Any

import numpy as np
import pytest

from core.data.sequences import recall_task
from core.data.sequences.recall_task import (
    KEYS,
    SYMBOLS,
    accuracy_by_length,
    examples,
    training_batch,
    window_of,
)
from core.events import Epoch, Finished, Started, Step
from core.experiments.feed_forward.config import FeedForwardConfig
from core.experiments.feed_forward.run import CHANCE, run
from core.numeric.recurrent.stack.read import by_network, stack_outputs
from tests.events import began, ended, of
from tests.unit.experiments.scripts import printed

SMALL = FeedForwardConfig(longest=6, window=3, units=10, epochs=12)


@pytest.fixture(scope="module")
def events():
    return list(run(SMALL))


def test_a_sequence_is_a_key_then_fillers_after_zeros():
    lengths = np.array([2, 5, 4])
    inputs, keys = examples(np.random.default_rng(0), lengths, 5)
    assert inputs.shape == (3, 5, SYMBOLS)
    for row, key, n in zip(inputs, keys, lengths, strict=True):
        assert row[: 5 - n].sum() == 0
        assert row[5 - n].argmax() == key < KEYS
        assert (row[6 - n :].argmax(-1) >= KEYS).all() and (row[5 - n :].sum(-1) == 1).all()


def test_training_draws_all_lengths_and_the_test_has_each_equally_often():
    inputs, _ = training_batch(6, 0, 0, 2000)
    counts = np.bincount((inputs.sum((1, 2))).astype(int), minlength=7)
    assert counts[:2].sum() == 0 and (counts[2:] > 300).all()
    _, _, lengths = recall_task.test_set(6, 7)
    assert np.bincount(lengths).tolist() == [0, 0, 7, 7, 7, 7, 7]


def test_a_window_keeps_the_last_steps():
    inputs = np.arange(12, dtype=float).reshape(1, 4, 3)
    assert window_of(inputs, 2).tolist() == [[6, 7, 8, 9, 10, 11]]
    assert window_of(inputs, 5).tolist() == [[0, 0, 0, *range(12)]]


def test_no_window_network_can_know_what_is_outside():
    """The fitted window answers beyond it as often right as chance, within its sampling error."""
    finished = ended(run(SMALL.replace(epochs=3)))
    weights = by_network(finished.arrays)["dense"]
    rng = np.random.default_rng(9)
    lengths = np.full(4000, 6)
    inputs, keys = examples(rng, lengths, 6)
    scores = stack_outputs(SMALL.networks["dense"], weights, window_of(inputs, 3))
    (right,) = accuracy_by_length(scores, keys, lengths)
    assert right == pytest.approx(CHANCE, abs=0.03)


def test_the_recurrent_network_learns_what_the_window_cannot(events):
    started, finished = began(events), ended(events)
    assert isinstance(started, Started) and isinstance(finished, Finished)
    assert started.references == {"baseline_accuracy": CHANCE}
    metrics = finished.metrics
    assert metrics["rnn_accuracy"] > 0.9 > metrics["dense_accuracy"]
    assert metrics["dense_beyond"] < 0.4 < metrics["rnn_beyond"]
    assert metrics["baseline_accuracy"] == CHANCE
    assert metrics["dense_params"] + metrics["rnn_params"] == started.params
    assert metrics["dense_params"] == pytest.approx(metrics["rnn_params"], rel=0.05)
    assert metrics["train_s"] == pytest.approx(
        metrics["dense_train_s"] + metrics["rnn_train_s"], rel=0.01
    )


def test_an_epoch_tells_the_share_of_right_answers_by_length(events):
    epochs = [event for event in events if isinstance(event, Epoch)]
    assert [event.epoch for event in epochs] == list(range(1, 13))
    last = epochs[-1]
    assert last.arrays["lengths"].tolist() == list(range(2, 13))
    known = last.arrays["lengths"] <= 6
    for name in ("dense", "rnn"):
        by_length = last.arrays[f"{name}_by_length"]
        assert by_length[known].mean() == pytest.approx(last.metrics[f"{name}_accuracy"])
        assert by_length[~known].mean() == pytest.approx(last.metrics[f"{name}_longer"])
    assert (last.arrays["dense_by_length"][:2] > 0.95).all()  # lengths 2 and 3 are in the window


def test_numpy_answers_as_keras_does(events, tmp_path):
    import keras

    finished = ended(events)
    inputs, _, _ = recall_task.test_set(6, 3)
    for name, given in (("dense", window_of(inputs, 3)), ("rnn", inputs)):
        (tmp_path / "model.keras").write_bytes(finished.files[f"{name}.keras"])
        model: Any = keras.saving.load_model(tmp_path / "model.keras")
        weights = by_network(finished.arrays)[name]
        ours = stack_outputs(SMALL.networks[name], weights, given)
        np.testing.assert_allclose(ours, np.asarray(model(given)), atol=1e-5)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_both_networks_have_about_as_many_weights(cell):
    for window in (1, 6, 12):
        config = FeedForwardConfig(cell=cell, window=window)
        each = window * SYMBOLS + 1 + KEYS  # weights of a hidden unit
        dense = config.hidden * each + KEYS
        recurrent = {"rnn": 1, "lstm": 4, "gru": 3}[cell] * 16 * (SYMBOLS + 17) + KEYS * 17
        assert began([next(run(config))]).params == dense + recurrent
        assert abs(dense - recurrent) <= each / 2


@pytest.mark.slow
def test_the_exported_script_makes_the_same_first_steps(tmp_path):
    events = list(run(SMALL.replace(epochs=1)))
    text = printed(ended(events).files, tmp_path)
    theirs = re.findall(r"^step \d+: dense ([\d.]+) recurrent ([\d.]+)", text, re.M)[:10]
    ours = [(e.metrics["dense_loss"], e.metrics["rnn_loss"]) for e in of(events, Step)[:10]]
    np.testing.assert_allclose(ours, np.array(theirs, float), atol=1e-5)
    ((dense, rnn),) = re.findall(r"^epoch 1: .* dense ([\d.]+), recurrent ([\d.]+)", text, re.M)
    metrics = ended(events).metrics
    assert float(dense) == pytest.approx(metrics["dense_accuracy"], abs=0.005)
    assert float(rnn) == pytest.approx(metrics["rnn_accuracy"], abs=0.005)
    assert (tmp_path / "rnn.keras").exists() and (tmp_path / "dense.keras").exists()
