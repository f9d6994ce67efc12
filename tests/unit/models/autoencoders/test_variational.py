"""The training loss of a variational autoencoder: NumPy's formulas, and Keras's."""

import keras
import numpy as np
import pytest

from core.models.autoencoders.autoencoder import build_autoencoder, named_weights
from core.models.autoencoders.variational import VariationalTrainer
from core.numeric.autoencoders.autoencoder import Architecture, Autoencoder
from core.numeric.autoencoders.variational import Likelihood, kl_to_standard_normal

FEATURES, K = 12, 3


@pytest.fixture
def batch():
    rng = np.random.default_rng(0)
    images = rng.random((2, 5, FEATURES), dtype=np.float32)
    return images, rng.standard_normal((2, 5, K), dtype=np.float32)


@pytest.fixture
def network():
    return build_autoencoder(Architecture((3, 4), (8,), K, variational=True), seed=4)


@pytest.mark.parametrize("kind", ["gaussian", "bernoulli"])
def test_the_loss_is_numpy_s_in_nats(kind, batch, network):
    images, noise = batch
    likelihood = Likelihood(kind, 0.2)
    model = Autoencoder(network.architecture, named_weights(network))
    mean, log_var = model.posterior(images[0])
    decoded = model.decode(mean + noise[0] * np.exp(0.5 * log_var))
    divergence = kl_to_standard_normal(mean, log_var)
    wanted = float(np.mean(likelihood.nats(images[0], decoded) + 2.5 * divergence))
    if kind == "bernoulli":
        theirs = keras.losses.binary_crossentropy(images[0], decoded)
        np.testing.assert_allclose(
            np.asarray(theirs) * FEATURES, likelihood.nats(images[0], decoded), rtol=1e-5
        )
    trainer = VariationalTrainer(network.whole, likelihood, FEATURES)
    beta = np.full((2, 5), 2.5, np.float32)
    losses = trainer.steps([images, noise, beta], images, 1e-3)
    assert losses[0] == pytest.approx(wanted, rel=1e-5)
    again = trainer.steps([images[:1], noise[:1], beta[:1]], images[:1], 1e-3)
    assert again[0] < losses[0]


def test_each_update_has_its_beta(batch, network):
    images, noise = batch
    trainer = VariationalTrainer(network.whole, Likelihood("gaussian", 0.2), FEATURES)
    mean, log_var = (np.asarray(half) for half in network.encoder(images[0]))
    divergence = float(kl_to_standard_normal(mean, log_var).mean())
    beta = np.repeat(np.array([[0.25], [4.0]], np.float32), 5, axis=1)
    same = [np.repeat(array[:1], 2, axis=0) for array in (images, noise)]
    losses = trainer.steps([*same, beta], same[0], 0.0)
    assert losses[1] - losses[0] == pytest.approx(3.75 * divergence, rel=1e-4)


def test_the_noise_is_drawn_around_the_mean(batch, network):
    images, noise = (some[0] for some in batch)
    mean, log_var = (np.asarray(tensor) for tensor in network.encoder(images))
    decoded, said_mean, said_log_var = map(np.asarray, network.whole([images, noise]))
    np.testing.assert_array_equal(said_mean, mean)
    np.testing.assert_array_equal(said_log_var, log_var)
    code = mean + noise * np.exp(0.5 * log_var)
    np.testing.assert_allclose(decoded, np.asarray(network.decoder(code)), atol=1e-6)
