"""The LSTM autoencoder by Keras and by NumPy: the same codes and the same copies."""

import keras
import numpy as np
import pytest

from core.models.autoencoders.lstm_autoencoder import autoencoder_weights, build_lstm_autoencoder
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize(("frame", "backwards"), [(2, False), (7, True)])
def test_numpy_says_what_keras_says(frame, backwards, bidirectional):
    model = build_lstm_autoencoder(
        28, 6, 3, frame=frame, bidirectional=bidirectional, backwards=backwards, seed=5
    )
    weights = autoencoder_weights(model)
    ours = LSTMAutoencoder(28, frame, backwards, weights)
    signals = np.random.default_rng(0).normal(size=(4, 28)).astype(np.float32)
    codes = keras.Model(model.input, model.get_layer("code").output)(signals)
    np.testing.assert_allclose(ours.encode(signals), codes, atol=1e-5)
    np.testing.assert_allclose(ours.reconstruct(signals), model(signals), atol=1e-5)
    assert ours.latent_dim == 3 and ours.params == model.count_params()


def test_its_weights_are_counted_as_by_hand():
    units, frame, k = 6, 2, 3
    lstm = 4 * units * (frame + units + 1)
    decoder = 4 * units * (k + units + 1)
    expected = 2 * lstm + k * (2 * units + 1) + decoder + frame * (units + 1)
    model = build_lstm_autoencoder(28, units, k, frame=frame, bidirectional=True)
    assert model.count_params() == expected


def test_the_seed_settles_every_weight():
    one, again, other = (build_lstm_autoencoder(28, 4, 2, frame=7, seed=s) for s in (1, 1, 2))
    kernels = [autoencoder_weights(model)["decoder/0"] for model in (one, again, other)]
    np.testing.assert_array_equal(kernels[0], kernels[1])
    assert np.abs(kernels[0] - kernels[2]).max() > 0.01


def test_written_backwards_the_last_frame_comes_first():
    model = build_lstm_autoencoder(28, 4, 2, frame=7, seed=3)
    weights = autoencoder_weights(model)
    codes = np.array([[0.5, -1.0]])
    forwards, backwards = (
        LSTMAutoencoder(28, 7, way, weights).decode(codes) for way in (False, True)
    )
    frames = forwards.reshape(4, 7)
    np.testing.assert_array_equal(backwards.reshape(4, 7), frames[::-1])


def test_frames_that_do_not_fit_are_told():
    weights = autoencoder_weights(build_lstm_autoencoder(28, 4, 2, frame=7))
    message = "^frames of 4 in 28 samples do not go with weights that read 7 and write 7$"
    with pytest.raises(ValueError, match=message):
        LSTMAutoencoder(28, 4, False, weights)
