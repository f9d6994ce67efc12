"""The autoencoder beside PCA: what a run says, and that it is what it says."""

import io
import re
from typing import Any

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import KNeighborsClassifier

from core.data.images.known import images
from core.events import Changed, Epoch, Finished, Started, Step
from core.experiments.autoencoder.config import AutoencoderConfig
from core.experiments.autoencoder.run import run
from core.experiments.kit.config import ConfigError
from core.experiments.kit.control import Control
from core.messages import Problem
from core.numeric.autoencoders.autoencoder import Autoencoder
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed

QUICK = small("autoencoder")
DEEPER = QUICK.replace(latent_dim=3, seed=2)  # whose plane is by t-SNE


@pytest.fixture(scope="module")
def events():
    return list(run(DEEPER))


def network(config, arrays):
    return Autoencoder(config.architecture((8, 8)), arrays)


def test_its_numbers_are_scikit_learn_s(events):
    config, finished = DEEPER, ended(events)
    known = images("digits")
    training, test = known.split(2)
    learned, held_out = (known.pixels[part].astype(float) for part in (training, test))
    model = network(config, {n: a for n, a in finished.arrays.items() if n != "tsne"})
    codes = model.encode(held_out)
    pca = PCA(3, svd_solver="full").fit(learned)
    of_pca = pca.transform(held_out)

    def knn(seen, asked):
        nearest = KNeighborsClassifier(5).fit(seen, known.labels[training])
        return nearest.score(asked, known.labels[test])

    expected = {
        "mse": np.mean((held_out - model.decode(codes)) ** 2),
        "pca_mse": np.mean((held_out - pca.inverse_transform(of_pca)) ** 2),
        "knn_accuracy": knn(model.encode(learned), codes),
        "pca_knn_accuracy": knn(pca.transform(learned), of_pca),
        "pixel_knn_accuracy": knn(learned, held_out),
        "trustworthiness": trustworthiness(held_out, codes, n_neighbors=5),
        "pca_trustworthiness": trustworthiness(held_out, of_pca, n_neighbors=5),
        "pca_params": 64 * 3 + 64,
        "params": (64 + 1) * 32 + (32 + 1) * 3 + (3 + 1) * 32 + (32 + 1) * 64,
    }
    for name, value in expected.items():
        assert finished.metrics[name] == pytest.approx(value, rel=1e-4), name
    ratio = finished.metrics["mse"] / finished.metrics["pca_mse"]
    assert finished.metrics["mse_over_pca"] == pytest.approx(ratio)
    assert finished.metrics["pca_train_s"] > 0 and finished.metrics["train_s"] > 0


def test_what_the_figures_need_is_told(events):
    first, last = of(events, Epoch)
    known = images("digits")
    _training, test = known.split(2)
    np.testing.assert_array_equal(first.arrays["test_indices"], test)
    np.testing.assert_array_equal(first.arrays["labels"], known.labels[test])
    assert last.arrays["latent"].shape == (len(test), 3)
    assert ended(events).arrays["tsne"].shape == (len(test), 2)
    weights = {n[8:]: a for n, a in last.arrays.items() if n.startswith("weights/")}
    model = network(QUICK.replace(latent_dim=3), {n: a.astype(float) for n, a in weights.items()})
    codes = model.encode(known.pixels[test])
    np.testing.assert_allclose(codes, last.arrays["latent"], atol=0.01)
    assert set(ended(events).files) == {"train.py", "train.ipynb", "model.keras"}


def test_the_saved_model_is_the_network(events, tmp_path):
    import keras

    (tmp_path / "model.keras").write_bytes(ended(events).files["model.keras"])
    saved: Any = keras.saving.load_model(tmp_path / "model.keras")
    pixels = images("digits").pixels[:20]
    ours = network(QUICK.replace(latent_dim=3), ended(events).arrays).reconstruct(pixels)
    np.testing.assert_allclose(saved(pixels), ours, atol=1e-5)


@pytest.mark.slow
def test_the_same_config_is_the_same_run():
    config = QUICK.replace(epochs=1, depth=0, pretraining="greedy", pretraining_epochs=1)

    def losses(seed):
        told = of(run(config.replace(seed=seed)), Step)
        return [next(iter(step.metrics.values())) for step in told]

    first = losses(2)
    assert len(first) == 2 * (1347 // 128)
    assert losses(2) == first != losses(3)


def test_greedy_stages_come_first_and_only_then_the_whole_learns():
    config = QUICK.replace(depth=2, pretraining="greedy", pretraining_epochs=1, epochs=1)
    events = list(run(config))
    started, epochs = began(events), of(events, Epoch)
    assert started.epochs == len(epochs) == 4  # three pairs of layers, then all
    assert started.steps == len(of(events, Step)) == epochs[-1].step == 4 * (1347 // 128)
    assert [e.epoch for e in epochs] == [1, 2, 3, 4]
    told = [next(n for n in e.metrics if n in ("stage_loss", "train_loss")) for e in epochs]
    assert told == ["stage_loss"] * 3 + ["train_loss"]

    def moved(before, after):
        return {
            name[8:].split(".")[0]
            for name, array in epochs[after].arrays.items()
            if name.startswith("weights/")
            and not np.array_equal(array, epochs[before].arrays[name])
        }

    assert moved(0, 1) == {"encoder_1", "decoder_1"}
    assert moved(1, 2) == {"code", "decoder_0"}
    assert moved(2, 3) == {
        *("encoder_0", "encoder_1", "code"),
        *("decoder_0", "decoder_1", "output"),
    }
    times = [e.train_s for e in of(events, Step)]
    assert times == sorted(times) and ended(events).metrics["train_s"] == times[-1]


SCRIPTS = {
    "dense": QUICK.replace(depth=2, seed=3),
    "convolutional, greedy": QUICK.replace(
        kind="convolutional",
        depth=2,
        filters=4,
        activation="elu",
        pretraining="greedy",
        pretraining_epochs=1,
        epochs=1,
        batch_size=512,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("config", SCRIPTS.values(), ids=SCRIPTS)
def test_the_exported_script_makes_the_same_updates(config, tmp_path):
    events = list(run(config))
    said = printed(ended(events).files, tmp_path)
    theirs = losses(said)
    ours = [next(iter(event.metrics.values())) for event in of(events, Step)]
    assert min(10, len(ours)) <= len(theirs)
    np.testing.assert_allclose(ours[:10], theirs[:10], atol=1e-5)
    (error,) = re.findall(r"^held-out MSE: ([\d.]+)", said, re.M)
    assert float(error) == pytest.approx(ended(events).metrics["mse"], rel=1e-3)
    assert f"{began(events).params} weights" in said


def test_images_of_one_s_own_without_labels(monkeypatch):
    from core.data import uploads
    from core.data.images.files import read_images

    rows = np.random.default_rng(0).random((60, 5, 7))
    out = io.BytesIO()
    np.savez(out, x=rows)
    own = read_images(out.getvalue())
    monkeypatch.setattr(uploads, "load_images", lambda _hash: own)
    config = QUICK.replace(data="upload", upload="a" * 64, kind="convolutional", filters=4)
    events = list(run(config.replace(epochs=1)))
    assert isinstance(ended(events), Finished)
    assert "knn_accuracy" not in ended(events).metrics
    assert "pixel_knn_accuracy" not in ended(events).metrics
    assert set(ended(events).files) == {"train.py", "train.ipynb", "model.keras", "images.npz"}


class Steered(Control):
    """Changes the rate at the third checkpoint and stops at the sixth."""

    calls = 0

    def checkpoint(self):
        self.calls += 1
        self.stopped = self.calls >= 6
        return {"learning_rate": 0.001} if self.calls == 3 else {}


def test_it_can_be_changed_and_stopped():
    events = list(run(QUICK.replace(epochs=50, latent_dim=3), Steered()))
    assert isinstance(began(events), Started)
    assert [(e.field, e.value) for e in of(events, Changed)] == [("learning_rate", 0.001)]
    assert ended(events).stopped and ended(events).metrics["mse"] > 0
    assert "tsne" not in ended(events).arrays  # which would keep waiting who has pressed stop


def test_the_noise_is_that_of_the_update():
    batch = images("digits").pixels[None, :8]
    one, two = QUICK.noisy(batch, 4), QUICK.noisy(np.repeat(batch, 2, 0), 3)
    np.testing.assert_array_equal(one[0], two[1])
    assert np.std(two[0] - two[1]) == pytest.approx(0.1 * 2**0.5, rel=0.1)
    assert QUICK.replace(input_noise=0).noisy(batch, 4) is batch


def test_layers_halve_but_are_never_narrower_than_the_code():
    assert AutoencoderConfig(depth=4, width=64, latent_dim=12).architecture((8, 8)).hidden == (
        64,
        32,
        16,
        12,
    )
    wide = AutoencoderConfig(kind="convolutional", depth=3, filters=8).architecture((8, 8))
    assert wide.hidden == (8, 16, 32) and wide.convolutional
    assert AutoencoderConfig(depth=0).architecture((8, 8)).hidden == ()


def test_what_cannot_be_is_said():
    with pytest.raises(ConfigError) as caught:
        AutoencoderConfig(kind="convolutional", depth=0)
    assert str(caught.value) == (
        "A convolutional network needs a hidden layer: depth must be 1 at least."
    )
    with pytest.raises(ConfigError) as caught:
        AutoencoderConfig(depth=5)
    assert str(caught.value) == "depth must be a whole number from 0 to 4, not 5."
    with pytest.raises(Problem) as caught:
        list(run(AutoencoderConfig(latent_dim=64)))
    assert str(caught.value) == ("A code of 64 numbers keeps all of an image of 64: choose fewer.")
