"""The sequence-class experiment on a small table: what it says, and that plain Keras does it."""

import re

import numpy as np
import pytest

from core.data import uploads
from core.events import Epoch, Finished, Started, Step
from core.experiments.sequence_class.config import SequenceClassConfig
from core.experiments.sequence_class.run import batches, run, shown_sequences
from core.messages import Problem
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed

LETTERS = "abc"


@pytest.fixture(autouse=True)
def uploads_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")


def store():
    """80 sequences of 3 to 6 letters; the class is the last letter: no or yes."""
    rng = np.random.default_rng(0)
    lines = ["sequence,label"]
    for i in range(80):
        begun = "".join(rng.choice(list(LETTERS), rng.integers(2, 6)))
        lines.append(f"{begun}{'ab'[i % 2]},{'no' if i % 2 else 'yes'}")
    return uploads.store_table("\n".join(lines).encode(), needs_numbers=False)


def small(**changes):
    settings = {"data": "upload", "units": 8, "batch_size": 16, "epochs": 3, "direction": "one"}
    return SequenceClassConfig(**{**settings, "upload": store(), **changes})


@pytest.mark.slow
def test_it_learns_and_says_what_it_is_held_against():
    config = small(input_dropout=0.0, dropout=0.0, learning_rate=0.02, epochs=4)
    events = list(run(config))
    started, done = began(events), ended(events)
    assert isinstance(started, Started) and isinstance(done, Finished)
    assert started.steps == 4 * 21 and started.params == 3 * 8 * (3 + 8 + 1) + 2 * 9
    last = of(events, Epoch)[-1]
    assert last.metrics["accuracy"] == done.metrics["accuracy"] == 1.0
    assert last.arrays["confusion"].tolist() == [[10, 0], [0, 10]]
    assert done.metrics["baseline_majority"] == 0.5
    assert done.metrics["baseline_logistic_positions"] == 1.0
    assert done.metrics["baseline_logistic_counts"] < 1.0
    assert done.metrics["params"] == started.params and done.metrics["train_s"] > 0
    # The class stands at the last step: there it looks, and nowhere as much.
    assert last.arrays["class_look"].argmax(1).tolist() == [5, 5]
    assert last.arrays["look"].shape == (2, 20, 6)
    labels = last.arrays["shown_labels"]
    towards = last.arrays["look"][labels, np.arange(20), -1]
    assert (towards > 0).all()


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"direction": "middle", "seed": 3},
        {"direction": "both", "pooling": "max", "layers": 2, "skip": True, "cell": "lstm"},
    ],
)
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(small(epochs=1, **changes)))
    files = ended(events).files
    said = printed(files, tmp_path, "data.txt")
    theirs = losses(said)
    ours = [event.metrics["train_loss"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], theirs[:10], atol=1e-5)
    (accuracy,) = re.findall(r"^epoch 1: held-out accuracy ([\d.]+)", said, re.M)
    assert float(accuracy) == pytest.approx(ended(events).metrics["accuracy"], abs=1e-4)
    assert (tmp_path / "model.keras").stat().st_size > 10_000


def test_numbers_are_scaled_alike_in_the_exported_script(tmp_path, monkeypatch):
    lines = ["a;b;c;label", *(f"{i},5;{-i};{i % 7};{'xy'[i % 2]}" for i in range(40))]
    digest = uploads.store_table("\n".join(lines).encode(), needs_numbers=False)
    config = small(upload=digest, epochs=1)
    done = ended(run(config))
    (tmp_path / "data.txt").write_bytes(done.files["data.txt"])
    monkeypatch.setattr("sys.argv", ["train.py", str(tmp_path / "data.txt")])
    names = {}
    exec(done.files["train.py"].decode().partition("# %% The network")[0], names)
    inputs, test = names["sequences"], names["test"]
    assert inputs[~test].mean() == pytest.approx(0, abs=1e-6)
    assert inputs[~test].std() == pytest.approx(1, abs=1e-5)


def test_a_small_set_is_read_several_times_an_epoch():
    config = SequenceClassConfig(batch_size=32)
    assert [len(batches(np.arange(count), config, 1)) for count in (80, 2254)] == [20, 70]
    order = batches(np.arange(100, 180), config, epoch=1)
    assert order.shape == (20, 32) and order.min() >= 100
    counts = np.bincount(order.ravel() - 100, minlength=80)
    assert counts.max() <= 10 and counts.sum() == 640
    assert not np.array_equal(order, batches(np.arange(100, 180), config, epoch=2))


def test_sequences_that_are_shown_are_held_out_and_of_every_class():
    from core.data.sequences.labelled import integers

    data = integers(0)
    _, test = data.split(0)
    shown = shown_sequences(data, test)
    assert set(shown) <= set(test) and len(set(shown)) == 40
    assert np.bincount(data.labels[shown]).tolist() == [20, 20]


def test_without_a_table_it_says_so():
    with pytest.raises(Problem, match="Bring a CSV table first"):
        next(run(SequenceClassConfig(data="upload")))
