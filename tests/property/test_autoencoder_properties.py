"""What holds for every architecture: images to codes and back, in NumPy as in Keras."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.experiments.autoencoder.config import AutoencoderConfig
from core.numeric.autoencoders.autoencoder import Autoencoder

sides = st.tuples(st.integers(1, 9), st.integers(3, 9))
configs = st.builds(
    AutoencoderConfig,
    latent_dim=st.integers(1, 5),
    depth=st.integers(0, 4),
    width=st.integers(8, 24),
    activation=st.sampled_from(["relu", "elu", "tanh"]),
) | st.builds(
    AutoencoderConfig,
    kind=st.just("convolutional"),
    latent_dim=st.integers(1, 5),
    depth=st.integers(1, 4),
    filters=st.integers(4, 6),
    activation=st.sampled_from(["relu", "elu", "tanh"]),
)


@settings(max_examples=20)
@given(configs, sides, st.integers(1, 3), st.integers(0, 99))
def test_codes_and_images_are_keras_s_whatever_the_architecture(config, shape, count, seed):
    from core.models.autoencoders.autoencoder import build_autoencoder, named_weights

    network = build_autoencoder(config.architecture(shape), seed=seed)
    rng = np.random.default_rng(seed)
    moved = {n: a + 0.1 * rng.standard_normal(a.shape) for n, a in named_weights(network).items()}
    for half in (network.encoder, network.decoder):
        for layer in half.layers:
            if layer.get_weights():
                layer.set_weights([moved[f"{layer.name}.{w}"] for w in ("kernel", "bias")])
    model = Autoencoder(network.architecture, named_weights(network))
    images = rng.random((count, shape[0] * shape[1]), np.float32)
    codes = model.encode(images)
    assert codes.shape == (count, config.latent_dim)
    assert model.decode(codes).shape == images.shape
    assert model.params == network.whole.count_params()
    np.testing.assert_allclose(codes, network.encoder(images), atol=1e-5, rtol=1e-4)
    far = 3 * rng.standard_normal((count, config.latent_dim))
    np.testing.assert_allclose(model.decode(far), network.decoder(far), atol=1e-5)
    whole = model.reconstruct(images)
    np.testing.assert_allclose(whole, network.whole(images), atol=1e-5)
    assert whole.min() >= 0 and whole.max() <= 1
