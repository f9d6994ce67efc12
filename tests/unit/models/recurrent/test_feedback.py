"""Two layers with a recurrence between them, held against the formula."""

import numpy as np
import pytest

from core.models.recurrent.feedback import two_layers


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gru_step(x, h, kernel, recurrent, bias):
    """One step of a GRU as the course writes it: gates Z, R and the candidate side by side."""
    z, r, c = np.split(x @ kernel + bias, 3, axis=-1)
    of_z, of_r, of_c = np.split(recurrent, 3, axis=-1)
    z, r = sigmoid(z + h @ of_z), sigmoid(r + h @ of_r)
    return z * h + (1 - z) * np.tanh(c + (r * h) @ of_c)


@pytest.mark.parametrize("feedback", [False, True])
def test_the_lower_layer_reads_what_the_upper_said_a_step_before(feedback):
    model = two_layers(4, 3, feedback=feedback, seed=5)
    inputs = np.random.default_rng(0).normal(size=(2, 6, 3)).astype(np.float32)
    *cells, kernel, bias = (w.astype(float) for w in model.get_weights())
    lower, upper = cells[:3], cells[3:]
    assert lower[0].shape == (3 + 4 * feedback, 12) and upper[0].shape == (4, 12)
    low, high = np.zeros((2, 4)), np.zeros((2, 4))
    for x in inputs.swapaxes(0, 1):
        read = np.concatenate([x, high], axis=-1) if feedback else x
        low = gru_step(read, low, *lower)
        high = gru_step(low, high, *upper)
    np.testing.assert_allclose(model(inputs), high @ kernel + bias, atol=1e-5)


def test_another_seed_is_another_network():
    one, same, other = (two_layers(4, 3, feedback=True, seed=s).get_weights() for s in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.allclose(one[0], other[0], atol=1e-2)
