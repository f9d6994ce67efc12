"""The denoising autoencoder and its rivals: what a run says, and that it is what it says."""

import io
import re

import numpy as np
import pytest
from skimage.metrics import structural_similarity
from sklearn.neighbors import KNeighborsClassifier

from core import pretrained
from core.data import uploads
from core.data.images.known import images
from core.events import Epoch, Finished, Started, Step
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.recipe import CONFIG, measured
from core.experiments.denoising_autoencoder.run import MOST_SHOWN, denoising_task, run
from core.experiments.kit.config import ConfigError
from core.messages import Problem
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.denoising import Removers
from core.numeric.autoencoders.noise import corrupted
from tests.cards import HELD_OUT, assert_as_on_card
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed

QUICK = small("denoising-autoencoder")


def psnr(wanted, said):
    return -10 * np.log10(np.mean((np.asarray(wanted, float) - said) ** 2))


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("denoising-autoencoder")


@pytest.fixture
def upload(tmp_path, monkeypatch):
    """A visitor's images, made up: 60 of 12 x 14 pixels, bars of two kinds."""
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
    rng = np.random.default_rng(4)
    bars = np.zeros((60, 12, 14), np.float32)
    for i, place in enumerate(rng.integers(1, 11, 60)):
        if i % 2:
            bars[i, place] = 1
        else:
            bars[i, :, place] = 1
    out = io.BytesIO()
    np.savez(out, x=bars, y=np.arange(60) % 2)
    return uploads.store_images(out.getvalue())


def test_what_is_told_of_an_epoch(events):
    started, first, last = began(events), *of(events, Epoch)
    per_epoch = 1347 // 128
    assert isinstance(started, Started) and started.steps == 2 * per_epoch
    assert len(of(events, Step)) == started.steps
    known = images("digits")
    training, test = known.split(2)
    clean, learned = known.pixels[test], known.pixels[training]
    noisy = corrupted(clean, (8, 8), "gaussian", 0.3, np.random.default_rng([17, 2]))
    assert first.metrics["noisy_psnr_db"] == pytest.approx(psnr(clean, noisy))
    weights = {n[8:]: a.astype(np.float32) for n, a in last.arrays.items() if n[:8] == "weights/"}
    model = Autoencoder(QUICK.architecture((8, 8)), weights)
    codes = model.encode(noisy)
    np.testing.assert_allclose(last.arrays["latent"], codes, atol=0.01)
    said = np.clip(model.decode(codes), 0, 1)
    assert last.metrics["psnr_db"] == pytest.approx(psnr(clean, said), abs=0.01)
    assert last.metrics["mse"] == pytest.approx(np.mean((clean - said) ** 2), rel=0.01)
    removers = Removers.of(first.arrays, (8, 8), int(first.metrics["best_pca_k"]))
    for name, cleaner in removers.cleaners.items():
        reached = psnr(clean, cleaner(noisy))
        assert first.metrics[f"{name}_psnr_db"] == pytest.approx(reached, abs=1e-4)
        assert started.references[f"{name}_psnr_db"] == first.metrics[f"{name}_psnr_db"]
    for name in ("wiener", "pca"):
        method = "best_pca" if name == "pca" else name
        expected = 10 ** (-first.metrics[f"{method}_psnr_db"] / 10)
        assert first.metrics[f"{name}_mse"] == pytest.approx(expected)
    seen = corrupted(learned, (8, 8), "gaussian", 0.3, np.random.default_rng([29, 2]))
    nearest = KNeighborsClassifier(5).fit(model.encode(seen), known.labels[training])
    accuracy = nearest.score(codes, known.labels[test])
    assert last.metrics["knn_accuracy"] == pytest.approx(accuracy, abs=0.005)
    np.testing.assert_array_equal(first.arrays["labels"], known.labels[test])
    np.testing.assert_array_equal(first.arrays["test_indices"], test)


def test_digits_are_too_small_for_ssim_and_files_are_told(events):
    finished = ended(events)
    assert isinstance(finished, Finished)
    assert not [name for name in finished.metrics if "ssim" in name]
    assert set(finished.files) == {"train.py", "train.ipynb", "model.keras"}
    assert finished.metrics["params"] == 65 * 32 + 33 * 16 + 17 * 32 + 33 * 64


def test_of_larger_images_ssim_is_told(upload):
    config = QUICK.replace(data="upload", upload=upload, epochs=1)
    finished = ended(run(config))
    task = denoising_task(config)
    clean, noisy = task.images.held_out, task.noisy_held_out
    pairs = zip(clean.reshape(-1, 12, 14), noisy.reshape(-1, 12, 14), strict=True)
    more = {"data_range": 1.0, "gaussian_weights": True, "use_sample_covariance": False}
    theirs = [structural_similarity(a.astype(float), b.astype(float), **more) for a, b in pairs]
    assert finished.metrics["noisy_ssim"] == pytest.approx(np.mean(theirs))
    for name in ("ssim", "best_pca_ssim", "wiener_ssim", "median_ssim"):
        assert -1 <= finished.metrics[name] <= 1
    assert set(finished.files) == {"train.py", "train.ipynb", "model.keras", "images.npz"}


@pytest.mark.slow
def test_in_a_second_it_comes_above_the_wiener_filter():
    config = DenoisingAutoencoderConfig(epochs=4, copies=8, width=128, latent_dim=64)
    finished = ended(run(config))
    assert finished.metrics["psnr_db"] > finished.metrics["wiener_psnr_db"] + 0.1


@pytest.mark.slow
def test_without_activation_it_is_at_best_the_wiener_filter():
    config = DenoisingAutoencoderConfig(activation="linear", epochs=3, latent_dim=64, width=64)
    finished = ended(run(config))
    below = finished.metrics["wiener_psnr_db"] - finished.metrics["psnr_db"]
    assert -0.05 < below < 0.5


@pytest.mark.slow
def test_noise_is_fresh_in_each_update_and_the_same_in_each_run(events):
    told = [step.metrics["train_loss"] for step in of(events, Step)]
    again = [step.metrics["train_loss"] for step in of(run(QUICK.replace(epochs=1)), Step)]
    assert again[:1] == told[:1]  # the rate falls otherwise, the start is the same
    assert [s.metrics for s in of(run(QUICK), Step)] == [s.metrics for s in of(events, Step)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "config",
    [
        pytest.param(QUICK.replace(epochs=1, copies=2), id="gaussian"),
        pytest.param(
            QUICK.replace(noise="salt_pepper", level=0.2, activation="linear", epochs=1),
            id="salt_pepper",
        ),
        pytest.param(
            QUICK.replace(noise="block", level=0.5, epochs=1, seed=5),
            id="block",
        ),
    ],
)
def test_the_exported_script_makes_the_same_updates(config, tmp_path):
    events = list(run(config))
    said = printed(ended(events).files, tmp_path)
    ours = [event.metrics["train_loss"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], losses(said)[:10], atol=1e-5)
    (last,) = re.findall(r"^epoch 1: held-out PSNR ([\d.]+) dB", said, re.M)
    assert float(last) == pytest.approx(ended(events).metrics["psnr_db"], abs=0.01)
    (noisy,) = re.findall(r"^noisy: ([\d.]+) dB", said, re.M)
    assert float(noisy) == pytest.approx(ended(events).metrics["noisy_psnr_db"], abs=0.001)


def test_images_that_are_too_large_are_refused(monkeypatch):
    from core.data.images.image_set import Images
    from core.experiments.kit import image_task

    large = Images(np.ones((60, 1089), np.float32), np.zeros(60, int), (33, 33), ("",))
    monkeypatch.setattr(image_task, "images", lambda name, upload: large)
    with pytest.raises(Problem) as caught:
        next(run(DenoisingAutoencoderConfig()))
    assert str(caught.value) == (
        "The images have 1,089 pixels; at most 1,024 are accepted here, since the Wiener filter "
        "relates every pixel to every other."
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("level", 0.01, "level must be a number from 0.05 to 1, not 0.01."),
        ("noise", "speckle", "noise must be one of gaussian, salt_pepper, block, not 'speckle'."),
        ("latent_dim", 257, "latent_dim must be a whole number from 1 to 256, not 257."),
        ("copies", 0, "copies must be a whole number from 1 to 20, not 0."),
    ],
)
def test_wrong_values_are_told(field, value, said):
    with pytest.raises(ConfigError) as caught:
        DenoisingAutoencoderConfig(**{field: value})
    assert str(caught.value) == said


def test_the_shipped_card_tells_what_its_weights_do():
    model, card = pretrained.load(NAME, Autoencoder)
    assert DenoisingAutoencoderConfig.parse(card["config"]) == CONFIG
    told = card["metrics"]
    assert_as_on_card(told, measured(model), HELD_OUT)
    assert told["psnr_db"] >= told["wiener_psnr_db"] + 1
    assert told["wiener_psnr_db"] > told["best_pca_psnr_db"] > told["median_psnr_db"]
    assert (pretrained.WEIGHTS / f"{NAME}.npz").stat().st_size < 1_000_000
    task = denoising_task(CONFIG)
    assert task.arrays()["labels"].shape == (min(MOST_SHOWN, len(task.images.test)),)
