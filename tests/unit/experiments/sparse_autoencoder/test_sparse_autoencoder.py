"""The sparse autoencoder learns by the stated loss, holds its atoms, and says what it is worth."""

import dataclasses
import io
import re
import zipfile
from typing import Any

import keras
import numpy as np
import pytest

from core import pretrained
from core.data.images.known import images
from core.events import Epoch, Finished, Started, Step
from core.experiments.kit.config import ConfigError
from core.experiments.kit.image_task import image_task, mse
from core.experiments.kit.recipe import layout
from core.experiments.sparse_autoencoder.config import NAME, SWEEP, SparseAutoencoderConfig
from core.experiments.sparse_autoencoder.recipe import CONFIG, SWEEPS, measured
from core.experiments.sparse_autoencoder.run import Scoring, run
from core.models.autoencoders.autoencoder import named_weights
from core.models.autoencoders.sparse_autoencoder import build_sparse_autoencoder, sparse_trainer
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.sparsity import active_units
from tests.cards import HELD_OUT, assert_as_on_card
from tests.events import ended, of
from tests.unit.experiments.scripts import losses, printed

SMALL = SparseAutoencoderConfig(latent_dim=24, epochs=2, batch_size=128)


@pytest.fixture(scope="module")
def swept():
    """The events of a small run with a sweep."""
    return list(run(SMALL.replace(sweep=True)))


@pytest.mark.parametrize("penalty", ["l1", "kl", "none"])
def test_the_loss_is_the_stated_one(penalty):
    config = SMALL.replace(penalty=penalty, penalty_weight=0.7, target_activation=0.1)
    network = build_sparse_autoencoder(
        config.architecture((8, 8)), unit_norm=True, target=0.1, seed=3
    )
    images_ = np.random.default_rng(1).random((16, 64), np.float32)
    model = Autoencoder(network.architecture, named_weights(network))
    codes = model.encode(images_).astype(float)
    squared = np.sum((images_ - model.decode(codes)) ** 2, axis=1).mean()
    mean = codes.mean(0)
    cost = 0.0
    if penalty == "l1":
        cost = np.abs(codes).sum(1).mean()
    elif penalty == "kl":
        cost = np.sum(0.1 * np.log(0.1 / mean) + 0.9 * np.log(0.9 / (1 - mean)))
    trainer = sparse_trainer(network, penalty, 0.7, 0.1)
    (loss,) = trainer.steps(images_[None], images_[None], 0.0)
    assert loss == pytest.approx((squared + 0.7 * cost) / 64, rel=1e-5)


@pytest.mark.parametrize("unit_norm", [True, False])
def test_atoms_have_length_1_before_and_after_steps_if_they_are_to(unit_norm):
    network = build_sparse_autoencoder(
        SMALL.architecture((8, 8)), unit_norm=unit_norm, target=0.05, seed=0
    )
    weights = named_weights(network)
    np.testing.assert_array_equal(weights["code.kernel"], weights["output.kernel"].T)
    trainer = sparse_trainer(network, "l1", 0.3, 0.05)
    pixels = images("digits").pixels[:64]
    for _ in range(3):
        trainer.steps(pixels[None], pixels[None], 0.01)
    lengths = np.linalg.norm(named_weights(network)["output.kernel"], axis=1)
    assert np.allclose(lengths, 1, atol=1e-5) == unit_norm


def test_sigmoid_units_begin_at_the_target():
    architecture = SMALL.replace(penalty="kl").architecture((8, 8))
    network = build_sparse_autoencoder(architecture, unit_norm=True, target=0.05, seed=0)
    model = Autoencoder(network.architecture, named_weights(network))
    np.testing.assert_allclose(model.encode(np.zeros((1, 64))), 0.05, rtol=1e-5)


def test_events_metrics_and_arrays_are_those_of_the_network(swept):
    assert isinstance(swept[0], Started) and isinstance(swept[-1], Finished)
    epochs = of(swept, Epoch)
    assert [epoch.epoch for epoch in epochs] == [1, 2]
    assert len(of(swept, Step)) == swept[0].steps == 2 * (1347 // 128)
    task = image_task(SMALL)
    weights = {n: a for n, a in swept[-1].arrays.items() if "." in n}
    model = Autoencoder(SMALL.architecture((8, 8)), weights)
    codes, said = model.encode(task.held_out), epochs[-1].metrics
    assert said["mse"] == pytest.approx(mse(task.held_out, model.decode(codes)), rel=1e-5)
    assert said["active_units"] == pytest.approx(active_units(codes, 0).mean())
    assert said["dead_units"] == np.count_nonzero(model.encode(task.learned).max(0) <= 0)
    assert said["firing_mse"] == pytest.approx(said["mse"])  # ReLU at rest is 0 already
    k = round(said["active_units"])
    by_pca = task.pca.axes[:k]
    rest = task.held_out - task.pca.mean
    assert said["pca_mse"] == pytest.approx(mse(rest, rest @ by_pca.T @ by_pca), rel=1e-6)
    assert 0.7 < said["knn_accuracy"] <= 1 and 0.7 < said["pca_knn_accuracy"] <= 1
    np.testing.assert_allclose(epochs[-1].arrays["latent"], codes, atol=1e-5)
    assert swept[-1].metrics["params"] == 24 * 64 * 2 + 24 + 64
    assert swept[-1].arrays["tsne"].shape == (450, 2)
    first = epochs[0].arrays
    assert first["pca_errors"].shape == (25,) and first["test_indices"].shape == (450,)


@pytest.mark.slow
def test_a_sweep_trains_more_networks_and_leaves_the_run_s_own_as_it_is(swept):
    alone = list(run(SMALL))
    for ours, theirs in zip(of(swept, Step), of(alone, Step), strict=True):
        assert ours.metrics == theirs.metrics
    points = of(swept, Epoch)[-1].arrays["points"]
    np.testing.assert_allclose(points[:, 0], [0.3 * times for times in SWEEP], rtol=1e-6)
    order = np.argsort(points[:, 0])
    assert (np.diff(points[order, 1]) < 0).all()  # more weight, fewer units
    assert len(of(alone, Epoch)[-1].arrays["points"]) == 1


def test_what_is_swept_stays_within_the_bounds():
    kl = SparseAutoencoderConfig(sweep=True, penalty="kl", target_activation=0.4)
    assert [c.target_activation for c in kl.swept()] == [0.4, 0.05, 0.1, 0.2, 0.5]
    assert {c.penalty_weight for c in kl.swept()} == {0.3}
    assert len(SparseAutoencoderConfig(sweep=True, penalty="none").swept()) == 1


def test_the_codes_that_are_told_fit_into_memory():
    config = SparseAutoencoderConfig(latent_dim=256, epochs=500)
    scoring = Scoring(config, image_task(config))
    told = scoring.first_arrays()
    assert len(told["labels"]) == len(told["test_indices"]) == 24_000_000 // (4 * 256 * 500)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"penalty_weight": 0},
            "penalty_weight must be a number from 0.001 to 30, not 0.",
        ),
        (
            {"target_activation": 0.6},
            "target_activation must be a number from 0.005 to 0.5, not 0.6.",
        ),
        ({"penalty": "l2"}, "penalty must be one of l1, kl, none, not 'l2'."),
        ({"latent_dim": 300}, "latent_dim must be a whole number from 1 to 256, not 300."),
    ],
)
def test_wrong_settings_are_told_word_for_word(changes, said):
    with pytest.raises(ConfigError) as caught:
        SparseAutoencoderConfig(**changes)
    assert str(caught.value) == said


@pytest.mark.slow
@pytest.mark.parametrize(
    "config",
    [
        pytest.param(SMALL, id="l1"),
        pytest.param(
            SMALL.replace(penalty="kl", unit_norm=False, seed=4), id="kl", marks=pytest.mark.slow
        ),
    ],
)
def test_the_exported_script_makes_the_same_updates(config, tmp_path):
    events = list(run(config))
    said = printed(ended(events).files, tmp_path)
    theirs = losses(said)
    ours = [event.metrics["train_loss"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], theirs[:10], atol=1e-5)
    ((error, active, dead),) = re.findall(
        r"held-out error ([\d.]+), ([\d.]+) active units, (\d+) dead", said
    )
    metrics = ended(events).metrics
    assert float(error) == pytest.approx(metrics["mse"], rel=0.01)
    assert float(active) == pytest.approx(metrics["active_units"], rel=0.02)
    assert abs(int(dead) - metrics["dead_units"]) <= 1
    (by_pca,) = re.findall(r"PCA with \d+ components: ([\d.]+)", said)
    assert float(by_pca) == pytest.approx(metrics["pca_mse"], rel=0.05)


def test_the_saved_model_is_the_run_s_and_keeps_the_length_of_its_atoms(swept, tmp_path):
    (tmp_path / "model.keras").write_bytes(swept[-1].files["model.keras"])
    with zipfile.ZipFile(io.BytesIO(swept[-1].files["model.keras"])) as parts:
        assert b"UnitNorm" in parts.read("config.json")
    model: Any = keras.models.load_model(tmp_path / "model.keras")
    task = image_task(SMALL)
    ours = Autoencoder(
        SMALL.architecture((8, 8)), {n: a for n, a in swept[-1].arrays.items() if "." in n}
    )
    theirs = model.predict(task.held_out[:20], verbose=0)
    np.testing.assert_allclose(theirs, ours.reconstruct(task.held_out[:20]), atol=1e-5)


def test_unlabelled_images_have_no_accuracy(monkeypatch):
    known = images("digits")
    bare = dataclasses.replace(known, labels=np.zeros_like(known.labels), class_names=("",))
    monkeypatch.setattr("core.experiments.kit.image_task.images", lambda name, upload="": bare)
    last = of(run(SMALL.replace(epochs=1, latent_dim=2)), Epoch)[-1]
    assert "knn_accuracy" not in last.metrics and "pca_knn_accuracy" not in last.metrics
    assert last.arrays["class_firing"].shape == (2, 1)


def test_the_shipped_network_is_what_its_card_says():
    model, card = pretrained.load(NAME, Autoencoder)
    assert SparseAutoencoderConfig.parse(card["config"]) == CONFIG
    assert_as_on_card(card["metrics"], measured(model), HELD_OUT)
    said = card["metrics"]
    assert said["mse"] < 0.8 * said["pca_mse"]  # at about eleven active units it beats PCA
    assert said["active_units"] < 15 and said["dead_units"] < 25
    lengths = np.linalg.norm(model.weights["output.kernel"], axis=1)
    np.testing.assert_allclose(lengths, 1, atol=1e-3)
    assert list(card["sweeps"]) == list(SWEEPS)
    for told in card["sweeps"].values():
        assert np.shape(told) == (len(SWEEP), 3)
    assert card["sweeps"]["l1"][0][2] == pytest.approx(said["mse"], rel=0.01)
    places = layout(NAME)
    assert places is not None and places.shape == (450, 2)
