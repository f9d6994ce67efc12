"""A large batch read in two halves, which two threads may share."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.recurrent import over_time
from core.models.recurrent.layers import recurrent_layer
from tests.by_day import by_day

BATCH, TIME, FEATURES, UNITS = 6, 11, 3, 4


@pytest.mark.parametrize("masked", by_day([True], [False, True]))
@pytest.mark.parametrize("every", by_day([True], [False, True]))
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_two_halves_are_the_whole(monkeypatch, cell, every, masked):
    draw = np.random.default_rng(0)
    inputs = tf.constant(draw.normal(size=(BATCH, TIME, FEATURES)).astype("float32"))
    mask = tf.constant(draw.random((BATCH, TIME)) < 0.7) if masked else None
    layer = recurrent_layer(cell, UNITS, seed=0, return_sequences=every)
    theirs = recurrent_layer(
        cell, UNITS, seed=0, return_sequences=every, unroll=True
    )  # Keras's way
    weight = draw.normal(size=(BATCH, TIME, UNITS) if every else (BATCH, UNITS)).astype("float32")

    def learned(layer: keras.layers.Layer):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = layer(inputs, mask=mask)
            loss = tf.reduce_sum(outputs * weight)
        return [outputs, *tape.gradient(loss, [inputs, *layer.trainable_variables])]

    whole, keras_s = learned(layer), learned(theirs)
    calls = []
    together = over_time.OverTime._together
    monkeypatch.setattr(
        over_time.OverTime,
        "_together",
        lambda self, inputs, *more: calls.append(len(inputs)) or together(self, inputs, *more),
    )
    monkeypatch.setattr(over_time, "_LARGE", BATCH)
    monkeypatch.setattr(over_time, "_threads", lambda: 2)
    halves = learned(layer)
    assert calls == [BATCH // 2] * 2
    for one, other, oracle in zip(whole, halves, keras_s, strict=True):
        np.testing.assert_allclose(other, one, atol=1e-5)
        np.testing.assert_allclose(other, oracle, atol=1e-4)
