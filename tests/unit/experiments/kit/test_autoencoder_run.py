"""The run that every autoencoder on images shares, with a trainer that learns nothing."""

from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier

from core.data.images.known import images
from core.events import Changed, Epoch, Finished, Started, Step
from core.experiments.kit import run as kit_run
from core.experiments.kit.autoencoder_run import AutoencoderTraining, order
from core.experiments.kit.control import Control
from core.experiments.kit.image_task import check_compresses, image_task, mse
from core.experiments.kit.run import Scores, train
from core.messages import Problem
from tests.events import began, ended, of

PARAMS = 1_000


class Trainer:
    """Remembers the rates and what it was given; its loss is the number of the update."""

    def __init__(self):
        self.rates, self.given, self.train_s = [], [], 0.0

    def steps_per_execution(self):
        return 2

    def steps(self, inputs, targets, rate):
        losses = [len(self.given) + i for i in range(len(inputs))]
        self.given += list(inputs)
        self.rates += [rate] * len(inputs)
        self.train_s += 0.5
        return np.array(losses, float)


def config(**more):
    known = {"epochs": 3, "batch_size": 4, "learning_rate": 0.1, "seed": 7, "to_dict": dict}
    return SimpleNamespace(**known | more)


class Little(AutoencoderTraining):
    name = "autoencoder"

    @property
    def params(self):
        return PARAMS

    def __init__(self, config, control, trainer, examples=18):
        super().__init__(config, control, examples)
        self.trainer = trainer
        self.references, self.first_arrays = {"pca_mse": 0.4}, {"labels": np.zeros(2)}

    def batches(self, chosen, update):
        return chosen, chosen

    def score(self, last):
        return Scores({"mse": 0.5}, {"latent": np.zeros((2, 2))})

    def weights(self):
        return {"code.kernel": np.full((1, 2), 1 / 3, np.float32)}

    def end(self):
        return Scores({"trustworthiness": 0.9}, {"tsne": np.ones((2, 2))})

    def files(self):
        return {"train.py": b""}


def learn(config, control, trainer):
    return train(Little(config, control, trainer))


def test_what_a_run_says():
    trainer = Trainer()
    events = list(learn(config(), Control(), trainer))
    started, finished = began(events), ended(events)
    assert isinstance(started, Started) and isinstance(finished, Finished)
    assert (started.steps, started.epochs, started.params) == (12, 3, PARAMS)
    assert started.references == {"pca_mse": 0.4}
    steps, epochs = of(events, Step), of(events, Epoch)
    assert [step.step for step in steps] == list(range(1, 13))
    assert [step.epoch for step in steps[:4]] == [0.25, 0.5, 0.75, 1.0]
    assert [epoch.step for epoch in epochs] == [4, 8, 12]
    assert epochs[1].metrics == {"train_loss": np.mean([4, 5, 6, 7]), "mse": 0.5}
    assert "labels" in epochs[0].arrays and "labels" not in epochs[1].arrays
    kept = epochs[2].arrays["weights/code.kernel"]
    assert kept.dtype == np.float16 and kept.shape == (1, 2)
    assert finished.metrics["trustworthiness"] == 0.9
    assert finished.metrics["params"] == PARAMS and finished.metrics["train_s"] == trainer.train_s
    assert finished.arrays["code.kernel"].dtype == np.float32 and "tsne" in finished.arrays


def test_the_rate_falls_along_half_a_cosine():
    trainer = Trainer()
    list(learn(config(), Control(), trainer))
    expected = [0.1, 0.1 * 0.5 * (1 + np.cos(np.pi / 3)), 0.1 * 0.5 * (1 + np.cos(2 * np.pi / 3))]
    np.testing.assert_allclose(trainer.rates, np.repeat(expected, 4))


def test_an_epoch_reads_each_example_at_most_once_in_an_order_of_its_own():
    first, second = order(7, 1, 18, 4), order(7, 2, 18, 4)
    assert first.shape == (4, 4) and len(np.unique(first)) == 16
    np.testing.assert_array_equal(first, order(7, 1, 18, 4))
    assert (first != second).any() and (first != order(8, 1, 18, 4)).any()
    assert order(0, 1, 3, 64).shape == (1, 3)  # a set smaller than a batch


def test_where_weights_are_many_not_every_epoch_keeps_them(monkeypatch):
    monkeypatch.setattr(kit_run, "_WEIGHT_BYTES", 3 * 2 * PARAMS)
    events = list(learn(config(epochs=8), Control(), Trainer()))
    kept = [e.epoch for e in of(events, Epoch) if "weights/code.kernel" in e.arrays]
    assert kept == [1, 3, 6, 8]


class Steered(Control):
    """Changes the rate at the second checkpoint and stops at the fourth."""

    calls = 0

    def checkpoint(self):
        self.calls += 1
        self.stopped = self.calls >= 4
        return {"learning_rate": 0.01} if self.calls == 2 else {}


def test_it_can_be_changed_and_stopped():
    trainer = Trainer()
    events = list(learn(config(), Steered(), trainer))
    assert [(e.step, e.value) for e in of(events, Changed)] == [(3, 0.01)]
    assert trainer.rates[:4] == [0.1, 0.1, 0.01, 0.01]
    assert ended(events).stopped and len(of(events, Step)) == 6
    assert "weights/code.kernel" in of(events, Epoch)[-1].arrays


def test_the_references_are_scikit_learn_s():
    asked = SimpleNamespace(data="digits", upload="", latent_dim=2, seed=3)
    task, known = image_task(asked), images("digits")
    training, test = known.split(3)
    theirs = PCA(2, svd_solver="full").fit(known.pixels[training].astype(float))
    codes, test_codes = (theirs.transform(known.pixels[part]) for part in (training, test))
    error = np.mean((known.pixels[test] - theirs.inverse_transform(test_codes)) ** 2)
    nearest = KNeighborsClassifier(5).fit(codes, known.labels[training])
    found = task.references()
    assert found["pca_mse"] == pytest.approx(error, rel=1e-5)
    assert found["pca_knn_accuracy"] == pytest.approx(
        nearest.score(test_codes, known.labels[test]), abs=0.005
    )
    assert mse(np.ones((2, 3)), np.zeros((2, 3))) == 1


def test_a_code_as_large_as_an_image_is_refused():
    task = image_task(SimpleNamespace(data="digits", upload="", latent_dim=64, seed=0))
    with pytest.raises(Problem) as told:
        check_compresses(task, 64)
    said = told.value.template.format(**told.value.values)
    assert said == "A code of 64 numbers keeps all of an image of 64: choose fewer."
    check_compresses(task, 63)
