"""The linear autoencoder becomes PCA, and says by how much it is not yet."""

import io
import re
from typing import Any

import numpy as np
import pytest
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

from core.data import uploads
from core.data.images.known import images
from core.events import Changed, Epoch, Finished, Started, Step
from core.experiments.kit.control import Control
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.experiments.linear_autoencoder.run import run
from tests.by_day import by_day
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed


@pytest.mark.parametrize("k", by_day([2], [2, 8, 16]))
def test_by_l_bfgs_it_is_pca(k):
    finished = ended(run(LinearAutoencoderConfig(latent_dim=k)))
    assert isinstance(finished, Finished)
    assert finished.metrics["mse_over_pca"] <= 1.001
    assert finished.metrics["max_principal_angle_deg"] <= 1
    assert finished.metrics["params"] == 2 * 64 * k


def test_its_figures_are_scikit_learn_s_and_scipy_s():
    config = LinearAutoencoderConfig(latent_dim=5, epochs=3, seed=2)
    events = list(run(config))
    known = images("digits")
    training, test = known.split(2)
    theirs: Any = PCA(5, svd_solver="full").fit(known.pixels[training].astype(float))
    last = of(events, Epoch)[-1]

    def mse(which, codes, decoder):
        pixels = known.pixels[which].astype(float)
        return np.mean((pixels - theirs.mean_ - codes(pixels - theirs.mean_) @ decoder) ** 2)

    encoder, decoder = (
        last.arrays[f"weights/{name}"].astype(float) for name in ("encoder", "decoder")
    )
    for name, which in (("mse", test), ("train_mse", training)):
        ours = mse(which, lambda x: x @ encoder, decoder)
        assert last.metrics[name] == pytest.approx(ours, rel=1e-4)
        pca = mse(which, lambda x: x @ theirs.components_.T, theirs.components_)
        assert last.metrics[f"pca_{name}"] == pytest.approx(pca, rel=1e-6)
    ratio = last.metrics["train_mse"] / last.metrics["pca_train_mse"]
    assert last.metrics["mse_over_pca"] == pytest.approx(ratio)
    angles = np.degrees(subspace_angles(decoder.T, theirs.components_.T))
    np.testing.assert_allclose(last.arrays["angles_deg"], angles, atol=1e-3)
    first = of(events, Epoch)[0].arrays
    np.testing.assert_array_equal(first["labels"], known.labels[test])
    assert last.arrays["latent"].shape == (len(test), 5)


@pytest.mark.slow
def test_the_same_gradient_by_adam_comes_less_far_where_eigenvalues_are_close():
    told = {
        optimizer: ended(run(LinearAutoencoderConfig(optimizer=optimizer, epochs=20))).metrics
        for optimizer in ("adam", "lbfgs")
    }
    angles = {name: said["max_principal_angle_deg"] for name, said in told.items()}
    assert angles["lbfgs"] < 1 < 10 < angles["adam"]
    assert told["adam"]["mse_over_pca"] > 1.001


def test_without_centring_it_is_the_best_space_through_the_origin():
    finished = ended(run(LinearAutoencoderConfig(latent_dim=2, centred=False)))
    known = images("digits")
    training, _test = known.split(0)
    learned = known.pixels[training].astype(float)
    _, _, axes = np.linalg.svd(learned, full_matrices=False)
    angles = np.degrees(subspace_angles(finished.arrays["decoder"].T, axes[:2].T))
    assert angles.max() < 1
    np.testing.assert_array_equal(finished.arrays["mean"], 0)


def test_tied_weights_end_orthonormal():
    finished = ended(run(LinearAutoencoderConfig(latent_dim=3, tied=True)))
    encoder, decoder = finished.arrays["encoder"], finished.arrays["decoder"]
    np.testing.assert_array_equal(encoder, decoder.T)
    np.testing.assert_allclose(decoder @ encoder, np.eye(3), atol=1e-3)
    assert finished.metrics["params"] == 64 * 3


def uploaded():
    pictures = np.random.default_rng(0).integers(0, 256, (60, 6, 5), dtype=np.uint8)
    out = io.BytesIO()
    np.savez(out, x=pictures, y=np.arange(60) % 3)
    return uploads.store_images(out.getvalue())


@pytest.mark.parametrize(
    "fields",
    [
        {"latent_dim": 3},
        {"latent_dim": 3, "optimizer": "adam", "tied": True, "centred": False, "seed": 4},
        {"latent_dim": 2, "data": "upload"},
    ],
    ids=["lbfgs", "adam", "upload"],
)
def test_the_exported_script_makes_the_same_updates(fields, tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
    config = LinearAutoencoderConfig(
        epochs=2, **fields, upload=uploaded() if "data" in fields else ""
    )
    events = list(run(config))
    assert ("images.npz" in ended(events).files) == ("data" in fields)
    said = printed(ended(events).files, tmp_path)
    theirs = losses(said)
    ours = [event.metrics["train_mse"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], theirs[:10], atol=1e-5)
    (ratio,) = re.findall(r"over PCA's: ([\d.]+)", said)
    assert float(ratio) == pytest.approx(ended(events).metrics["mse_over_pca"], rel=1e-3)


class Steered(Control):
    """Changes the rate at the third checkpoint and stops at the sixth."""

    calls = 0

    def checkpoint(self):
        self.calls += 1
        self.stopped = self.calls >= 6
        return {"learning_rate": 0.001} if self.calls == 3 else {}


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam"])
def test_it_can_be_changed_and_stopped(optimizer):
    events = list(run(LinearAutoencoderConfig(optimizer=optimizer), Steered()))
    assert isinstance(began(events), Started)
    assert [(e.field, e.value) for e in of(events, Changed)] == [("learning_rate", 0.001)]
    assert ended(events).stopped and len(of(events, Step)) == 5
    assert ended(events).metrics["mse"] > 0
