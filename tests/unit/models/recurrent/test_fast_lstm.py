"""The fast LSTM is keras.layers.LSTM: same states, same gradients."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.recurrent.fast_lstm import FastLSTM

UNITS, FEATURES, BATCH, TIME = 6, 5, 3, 7


@pytest.fixture
def both():
    draw = np.random.default_rng(0)
    fast = FastLSTM(UNITS, seed=3, dtype_of_products="float32")
    theirs = keras.layers.LSTM(UNITS, return_sequences=True, return_state=True)
    inputs = tf.constant(draw.normal(size=(BATCH, TIME, FEATURES)), tf.float32)
    hidden = tf.constant(draw.normal(size=(BATCH, UNITS)), tf.float32)
    cell = tf.constant(draw.normal(size=(BATCH, UNITS)), tf.float32)
    fast(inputs, hidden, cell)
    theirs(inputs, initial_state=[hidden, cell])
    theirs.set_weights(fast.get_weights())
    return fast, theirs, inputs, hidden, cell


def test_states_equal_keras(both):
    fast, theirs, inputs, hidden, cell = both
    for ours, other in zip(
        fast(inputs, hidden, cell), theirs(inputs, initial_state=[hidden, cell]), strict=True
    ):
        np.testing.assert_allclose(ours, other, atol=1e-5)


def test_gradients_equal_keras(both):
    fast, theirs, inputs, hidden, cell = both

    def gradients(call, layer) -> Any:
        with tf.GradientTape() as tape:
            tape.watch([inputs, hidden, cell])
            hiddens, last_hidden, last_cell = call()
            loss = tf.reduce_sum(hiddens**2) + tf.reduce_sum(tf.sin(last_hidden) + last_cell**3)
        return tape.gradient(loss, [*layer.trainable_variables, inputs, hidden, cell])

    ours = gradients(lambda: fast(inputs, hidden, cell), fast)
    other = gradients(lambda: theirs(inputs, initial_state=[hidden, cell]), theirs)
    for a, b in zip(ours, other, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-4, rtol=1e-4)


def test_bfloat16_products_stay_close(both):
    fast, theirs, inputs, hidden, cell = both
    fast.dtype_of_products = "bfloat16"
    hiddens, _, _ = fast(inputs, hidden, cell)
    expected, _, _ = theirs(inputs, initial_state=[hidden, cell])
    assert 1e-6 < np.abs(hiddens - expected).max() < 0.03


def test_weight_drop_acts_in_training_alone(both):
    fast, _, inputs, hidden, cell = both
    dropping = FastLSTM(UNITS, weight_drop=0.5, dtype_of_products="float32")
    dropping(inputs, hidden, cell)
    dropping.set_weights(fast.get_weights())
    plain, _, _ = fast(inputs, hidden, cell)
    np.testing.assert_allclose(dropping(inputs, hidden, cell)[0], plain, atol=1e-6)
    assert np.abs(dropping(inputs, hidden, cell, training=True)[0] - plain).max() > 0.01
