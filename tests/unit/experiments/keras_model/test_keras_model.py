"""The keras-model experiment: what it says, what it leaves, and that its script does the same."""

import re
from typing import Any

import numpy as np
import pytest

from core.data import fetch
from core.data.sequences import coded_tasks
from core.data.sequences.coded_tasks import SIZES, CodedTask, coded_task, is_here, pixel_codes
from core.events import Epoch, Finished, Started, Step
from core.experiments.keras_model import run as keras_model_run
from core.experiments.keras_model.config import KerasModelConfig
from core.experiments.keras_model.run import check_work, logistic_accuracy, run
from core.experiments.kit.config import ConfigError
from core.figures.recurrent.coded_image import coded_image
from core.figures.style import Look
from core.messages import Problem
from core.numeric.recurrent.stack.notation import spell
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed

SMALL = small("keras-model")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("keras-model")


def test_it_says_its_sizes_and_what_is_to_beat(events):
    started = began(events)
    assert isinstance(started, Started)
    assert started.params == 300 * 16 + 3 * 24 * (16 + 24 + 1) + 24 * 10 + 10
    assert started.steps == 3 * (1348 // 32)
    assert 0.08 < started.references["baseline_majority"] < 0.12
    assert 0.9 < started.references["baseline_logistic"] < 0.96


def test_it_learns_and_ends_with_what_the_command_line_promises(events):
    epochs = [event for event in events if isinstance(event, Epoch)]
    assert [epoch.epoch for epoch in epochs] == [1, 2, 3]
    assert epochs[-1].metrics["valid_loss"] < epochs[0].metrics["valid_loss"] < np.log(10)
    confusion = epochs[-1].arrays["confusion"]
    assert confusion.shape == (10, 10)
    assert confusion.sum() == 449
    finished = ended(events)
    assert isinstance(finished, Finished)
    assert finished.metrics["accuracy"] == pytest.approx(np.trace(confusion) / 449)
    assert set(finished.metrics) == {
        "train_loss",
        "valid_loss",
        "accuracy",
        "baseline_majority",
        "baseline_logistic",
        "params",
        "train_s",
    }
    assert set(finished.files) == {"model.keras", "train.py", "train.ipynb"}


def test_the_saved_model_is_plain_keras_and_answers_as_the_run_did(events, tmp_path):
    import keras

    (tmp_path / "model.keras").write_bytes(ended(events).files["model.keras"])
    model: Any = keras.saving.load_model(tmp_path / "model.keras")
    assert {type(layer).__module__.split(".")[0] for layer in model.layers} == {"keras"}
    task = coded_task("digits", 300, SMALL.seed)
    said = np.asarray(model(task.test)).argmax(1)
    assert np.mean(said == task.test_labels) == pytest.approx(ended(events).metrics["accuracy"])


def ran(script, folder, *words):
    """The first losses and the held-out numbers that a script prints."""
    said = printed({"train.py": script}, folder, *words)
    assert (folder / "model.keras").stat().st_size > 10_000
    (last,) = re.findall(r"^epoch 1: held-out loss ([\d.]+), accuracy ([\d.]+)", said, re.M)
    return losses(said), [float(value) for value in last]


@pytest.mark.slow
def test_the_exported_script_makes_the_same_first_steps(tmp_path):
    config = KerasModelConfig(
        stack="embedding:300:16,gru:16:bidirectional:sequences,dropout:0.2,"
        "gru:16:sequences:reset_after,rnn:16,dense:10",
        epochs=1,
        batch_size=128,
        clip_norm=0.5,
        seed=3,
    )
    events = list(run(config))
    losses, (loss, accuracy) = ran(ended(events).files["train.py"], tmp_path)
    ours = [event.metrics["train_loss"] for event in of(events, Step)[:10]]
    np.testing.assert_allclose(ours, losses, atol=1e-5)
    assert len(losses) == 10
    assert loss == pytest.approx(ended(events).metrics["valid_loss"], abs=2e-3)
    assert accuracy == pytest.approx(ended(events).metrics["accuracy"], abs=0.01)


def words_task(name, inputs, seed):
    """Sequences of one of two words more than the other, in the place of real messages."""
    rng = np.random.default_rng(seed)
    codes = rng.integers(2, 4, (200, 8)).astype(np.int32)
    labels = (codes.sum(1) > 20).astype(np.int32)
    return CodedTask(codes[:160], labels[:160], codes[160:], labels[160:], ("a", "b"), True)


@pytest.mark.slow
def test_a_script_with_data_beside_it_makes_the_same_first_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(keras_model_run, "coded_task", words_task)
    config = KerasModelConfig(
        stack="embedding:9:4,lstm:8,dense:6,dense:2", task="spam", epochs=1, batch_size=8
    )
    events = list(run(config))
    (tmp_path / "data.npz").write_bytes(ended(events).files["data.npz"])
    losses, (loss, _) = ran(ended(events).files["train.py"], tmp_path, "data.npz")
    ours = [event.metrics["train_loss"] for event in of(events, Step)[:10]]
    np.testing.assert_allclose(ours, losses, atol=1e-5)
    assert loss == pytest.approx(ended(events).metrics["valid_loss"], abs=2e-3)


def test_the_model_is_fitted_to_the_task():
    config = KerasModelConfig(stack="embedding:100:8,rnn:8,dense:10", task="splice")
    assert spell(config.layers) == "embedding:100:8,rnn:8,dense:3"
    assert spell(config.replace(task="digits").layers) == "embedding:256:8,rnn:8,dense:10"


@pytest.mark.parametrize(
    ("stack", "sentence"),
    [
        (
            "embedding:9:4,lstm:8,gru:8,dense:10",
            "Layer 3, GRU, needs a sequence, (batch, time, features), but gets (None, 8): layer "
            "2, LSTM, hands on only its last state. Give layer 2 return_sequences=True.",
        ),
        (
            "lstm:x",
            "Layer 1, LSTM: units must be a whole number from 1 to 512, not “x”.",
        ),
        ("a" * 401, f"stack must be 0 to 400 characters, not '{'a' * 56}...."),
    ],
)
def test_a_wrong_stack_is_an_error_of_the_config(stack, sentence):
    with pytest.raises(ConfigError) as caught:
        KerasModelConfig(stack=stack)
    assert str(caught.value) == sentence
    assert caught.value.field == "stack"


def test_a_step_that_would_take_too_long_is_refused():
    config = KerasModelConfig(
        stack="embedding:9:64,lstm:512,dense:3", task="splice", batch_size=128
    )
    with pytest.raises(Problem) as caught:
        check_work(config)
    assert str(caught.value) == (
        "One training step would take too long: 1181696 parameters are used at each of 60 steps "
        "for each of 128 sequences. Choose fewer units or a smaller batch."
    )


def test_four_pixels_make_a_number_in_base_four():
    image = np.zeros((1, 8, 8))
    image[0, 0, :4] = [16, 8, 3, 2]
    codes = pixel_codes(image)
    assert codes.shape == (1, 16)
    assert codes[0, 0] == 3 * 64 + 2 * 16 + 1 * 4 + 0
    assert codes[0, 1:].max() == 0


def test_a_quarter_is_held_out_and_nothing_is_in_both_parts():
    task = coded_task("digits", 256, 1)
    assert (len(task.train), len(task.test)) == (1348, 449)
    assert task.train.shape[1] == SIZES["digits"].steps
    assert task.train.max() < SIZES["digits"].codes
    training, held_out = coded_tasks.split(1797, 1)
    assert sorted([*training, *held_out]) == list(range(1797))


def test_the_linear_model_finds_what_is_linear():
    task = words_task("spam", 9, 0)
    assert logistic_accuracy(task) > 0.9
    assert task.majority == np.mean(task.test_labels == np.bincount(task.train_labels).argmax())


@pytest.mark.skipif(not is_here("spam"), reason="the messages are not on this machine")
def test_the_messages_are_words_by_frequency():
    task = coded_task("spam", 1000, 0)
    assert len(task.train) + len(task.test) == 5_171  # 403 of 5,574 come twice or more
    assert task.train.shape[1] == 32
    assert task.train.max() == 999
    counts = np.bincount(task.train.ravel(), minlength=1000)
    assert counts[2] > counts[100] > counts[900]
    assert 0.85 < task.majority < 0.9


@pytest.mark.skipif(not is_here("splice"), reason="the genes are not on this machine")
def test_the_genes_are_letters():
    task = coded_task("splice", 8, 0)
    assert len(task.train) + len(task.test) == 3190 - 185
    assert task.train.shape[1] == 60
    assert 4 <= task.train.max() < 8


def test_missing_data_are_said(monkeypatch, tmp_path):
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
    assert is_here("digits")
    assert not is_here("spam")
    with pytest.raises(Problem):
        next(run(KerasModelConfig(task="spam")))


def test_the_sample_is_the_first_digit_and_its_codes_are_drawn():
    from sklearn.datasets import load_digits

    image = coded_tasks.sample_digit()
    assert image is not None
    known: Any = load_digits()
    np.testing.assert_array_equal(image, known.images[0])
    codes = pixel_codes(image[None])[0]
    figure: Any = coded_image(Look("light", "A nought"), image, codes, hover="{step}: {code}")
    numbers = figure.data[1]
    assert list(numbers.text) == [f"<b>{code}</b>" for code in codes]
    assert [(numbers.x[i], numbers.y[i]) for i in (0, 1, 15)] == [(1.5, 0), (5.5, 0), (5.5, 7)]
    assert numbers.customdata[15] == f"16: {codes[15]}"
    assert len(figure.layout.shapes) == 16
