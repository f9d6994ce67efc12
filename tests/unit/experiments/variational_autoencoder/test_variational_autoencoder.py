"""The variational autoencoder's run: its events, its bounds, its script, and its plain limit."""

import re
from itertools import takewhile

import numpy as np
import pytest

from core import pretrained
from core.events import Epoch, Finished, Started, Step
from core.experiments.autoencoder.config import AutoencoderConfig
from core.experiments.autoencoder.run import run as run_autoencoder
from core.experiments.kit.config import ConfigError
from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.recipe import CONFIG, measured
from core.experiments.variational_autoencoder.run import (
    beta_at,
    ink_or_none,
    noise_of,
    run,
    task_of,
)
from core.messages import Problem
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.variational import kl_to_standard_normal
from tests.cards import HELD_OUT, assert_as_on_card
from tests.contracts.small import small
from tests.events import ended, of
from tests.unit.experiments.scripts import losses, printed

SHORT = small("variational-autoencoder")


@pytest.fixture(scope="module")
def short(small_run):
    return small_run("variational-autoencoder")


def test_what_a_run_tells(short):
    started, finished = short[0], short[-1]
    assert isinstance(started, Started) and isinstance(finished, Finished)
    updates = started.steps // 2
    assert [len(of(short, Step)), len(of(short, Epoch))] == [2 * updates, 2]
    first, last = of(short, Epoch)
    held_out = len(first.arrays["labels"])
    assert first.arrays["latent"].shape == first.arrays["log_var"].shape == (held_out, 2)
    for epoch in (first, last):
        said = epoch.metrics
        assert said["elbo_nats"] == -(said["reconstruction_nats"] + said["kl_nats"])
        kl = kl_to_standard_normal(epoch.arrays["latent"], epoch.arrays["log_var"])
        assert said["kl_nats"] == pytest.approx(kl.mean(), rel=1e-4)
        assert epoch.arrays["kl_by_dim"].sum() == pytest.approx(kl.mean(), rel=1e-4)
        assert said["pca_mse"] == started.references["pca_mse"]
    assert last.metrics["elbo_nats"] > first.metrics["elbo_nats"]
    final = finished.metrics
    assert {"mse", "knn_accuracy", "pca_knn_accuracy", "active_dims", "train_s"} <= set(final)
    assert final["log_likelihood_nats"] > final["elbo_nats"]
    assert finished.arrays["bound_nats"][-1] == pytest.approx(final["log_likelihood_nats"])
    assert finished.arrays["bound_samples"][-1] == 128
    assert set(finished.files) == {"train.py", "train.ipynb", "model.keras"}


def first_losses(events):
    """The losses of a run's steps until its first epoch has ended."""
    until_then = takewhile(lambda event: not isinstance(event, Epoch), events)
    return np.array([step.metrics["train_loss"] for step in of(until_then, Step)])


def test_without_kl_and_without_sampling_it_is_the_plain_autoencoder():
    config = VariationalAutoencoderConfig(beta=0, sampling=False, latent_dim=3, sigma=0.3, seed=3)
    shared = ("latent_dim", "depth", "width", "activation", "batch_size", "learning_rate", "seed")
    plain = AutoencoderConfig(input_noise=0, **{name: getattr(config, name) for name in shared})
    likelihood = config.pixel_likelihood()
    ours = (first_losses(run(config)) - likelihood.least(64)) / likelihood.unit(64)
    theirs = first_losses(run_autoencoder(plain))
    assert len(ours) == 21
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-6)


def test_beta_grows_over_the_warm_up():
    config = VariationalAutoencoderConfig(beta=4, warm_up=2)
    assert [beta_at(config, update, 10) for update in (0, 5, 10, 20, 500)] == [0, 1, 2, 4, 4]
    assert beta_at(config.replace(warm_up=0), 0, 10) == 4


def test_noise_is_numbered_and_can_be_off():
    config = VariationalAutoencoderConfig(latent_dim=3, seed=2)
    drawn = noise_of(config, 7, 5)
    assert drawn.shape == (5, 3) and drawn.dtype == np.float32
    np.testing.assert_array_equal(drawn, noise_of(config, 7, 5))
    assert not np.array_equal(drawn, noise_of(config, 8, 5))
    np.testing.assert_array_equal(noise_of(config.replace(sampling=False), 7, 5), 0)


def test_a_large_beta_collapses_the_code():
    config = SHORT.replace(likelihood="bernoulli", beta=10, latent_dim=3, warm_up=0, epochs=12)
    finished = ended(run(config))
    said = finished.metrics
    assert said["active_dims"] == 0 and said["kl_nats"] < 0.1
    assert said["log_likelihood_nats"] == pytest.approx(
        said["baseline_log_likelihood_nats"], abs=0.3
    )
    assert finished.arrays["tsne"].shape == (len(task_of(config).held_out), 2)


def test_ink_or_none():
    np.testing.assert_array_equal(ink_or_none(np.array([0.0, 0.49, 0.5, 1.0])), [0, 0, 1, 1])
    pixels = task_of(VariationalAutoencoderConfig(binarised=True)).learned
    assert set(np.unique(pixels)) == {0.0, 1.0} and pixels.dtype == np.float32


SCRIPTS = {
    "gaussian": SHORT.replace(epochs=1),
    "bernoulli": SHORT.replace(
        likelihood="bernoulli",
        binarised=True,
        sampling=False,
        depth=2,
        activation="elu",
        epochs=1,
        seed=5,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("config", SCRIPTS.values(), ids=SCRIPTS)
def test_the_exported_script_makes_the_same_updates(config, tmp_path):
    events = list(run(config))
    said = printed(ended(events).files, tmp_path)
    ours = [event.metrics["train_loss"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], losses(said)[:10], rtol=1e-6, atol=1e-5)
    (last,) = re.findall(r"held-out ELBO (-?[\d.]+)", said)
    elbo_nats = ended(events).metrics["elbo_nats"]  # by other draws of the code
    assert float(last) == pytest.approx(elbo_nats, rel=0.05)


def test_a_code_is_smaller_than_an_image(monkeypatch):
    known = task_of(SHORT)
    few = known.known.pixels[:, :2]
    narrow = type(known.known)(few, known.known.labels, (1, 2), known.known.class_names)
    monkeypatch.setattr("core.experiments.kit.image_task.images", lambda *_: narrow)
    said = "A code of 2 numbers keeps all of an image of 2: choose fewer."
    with pytest.raises(Problem, match=re.escape(said)):
        list(run(SHORT))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"beta": 11}, "beta must be a number from 0 to 10, not 11."),
        ({"sigma": 0.01}, "sigma must be a number from 0.05 to 1, not 0.01."),
        ({"latent_dim": 33}, "latent_dim must be a whole number from 1 to 32, not 33."),
        (
            {"likelihood": "poisson"},
            "likelihood must be one of gaussian, bernoulli, not 'poisson'.",
        ),
    ],
)
def test_what_is_not_allowed_is_said(wrong, said):
    with pytest.raises(ConfigError) as told:
        VariationalAutoencoderConfig(**wrong)
    assert str(told.value) == said


def test_the_shipped_card_says_what_its_weights_reach():
    model, card = pretrained.load(NAME, Autoencoder)
    assert pretrained.verify(NAME)
    assert VariationalAutoencoderConfig.parse(card["config"]) == CONFIG
    assert_as_on_card(card["metrics"], measured(model), HELD_OUT)
    said = card["metrics"]
    assert said["mse"] < 0.65 * said["pca_mse"]
    assert said["log_likelihood_nats"] > said["elbo_nats"]
    assert said["log_likelihood_nats"] > said["baseline_log_likelihood_nats"] + 10
    assert said["log_likelihood_nats"] < said["normal_log_likelihood_nats"]  # as the page says
    assert (pretrained.WEIGHTS / f"{NAME}.npz").stat().st_size < 1_000_000
