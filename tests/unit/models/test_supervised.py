"""The trainer makes the steps that Keras's own training makes."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.recurrent.layers import recurrent_layer
from core.models.supervised import Trainer

pytestmark = pytest.mark.own_process  # each compiles networks of its own

BATCHES, BATCH, TIME, FEATURES = 5, 8, 6, 2
RATES = [1e-2, 1e-2, 5e-3, 5e-3, 1e-2]


def build(outputs=1, cell="gru", **more):
    inputs = keras.Input((TIME, FEATURES))
    hidden = recurrent_layer(cell, 5, seed=3, **more)(inputs)
    glorot: Any = keras.initializers.GlorotUniform(5)
    dense = keras.layers.Dense(outputs, kernel_initializer=glorot)
    return keras.Model(inputs, dense(hidden))


def step(trainer, inputs, targets, rate, weights=None):
    """One batch; inputs: an array or a list of such."""
    many = [x[None] for x in inputs] if isinstance(inputs, list) else inputs[None]
    (loss,) = trainer.steps(many, targets[None], rate, None if weights is None else weights[None])
    return loss


@pytest.fixture
def draw():
    return np.random.default_rng(0)


@pytest.fixture
def inputs(draw):
    return draw.normal(size=(BATCHES, BATCH, TIME, FEATURES)).astype("float32")


def keras_losses(model, loss, optimizer, batches):
    model.compile(optimizer, loss)
    losses = []
    for rate, (x, y) in zip(RATES, batches, strict=True):
        model.optimizer.learning_rate = rate
        losses.append(float(model.train_on_batch(x, y)))
    return losses


@pytest.mark.parametrize(
    ("cell", "clip_norm"),
    [
        ("lstm", 0.1),
        ("gru", 0.0),
        *(
            pytest.param(*at_night, marks=pytest.mark.slow)
            for at_night in (("rnn", 0.0), ("rnn", 0.1), ("lstm", 0.0), ("gru", 0.1))
        ),
    ],
)
def test_steps_are_those_of_keras(inputs, draw, cell, clip_norm):
    targets = draw.normal(size=(BATCHES, BATCH, 1)).astype("float32")
    trainer = Trainer(build(cell=cell), "mse", clip_norm=clip_norm)
    ours = [step(trainer, inputs[i], targets[i], rate) for i, rate in enumerate(RATES)]
    expected = keras_losses(
        theirs := build(cell=cell),
        "mse",
        keras.optimizers.Adam(global_clipnorm=clip_norm or None),
        zip(inputs, targets, strict=True),
    )
    np.testing.assert_allclose(ours, expected, atol=1e-5)
    for a, b in zip(trainer.model.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-4)


def test_classes_are_learned_as_keras_learns_them(inputs, draw):
    targets = draw.integers(0, 3, (BATCHES, BATCH)).astype("int32")
    trainer = Trainer(build(3), "crossentropy")
    ours = [step(trainer, inputs[i], targets[i], rate) for i, rate in enumerate(RATES)]
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    batches = zip(inputs, targets, strict=True)
    expected = keras_losses(build(3), loss, keras.optimizers.Adam(), batches)
    np.testing.assert_allclose(ours, expected, atol=1e-5)


def test_many_steps_in_one_call_are_the_same_steps(inputs, draw):
    targets = draw.normal(size=(BATCHES, BATCH, TIME, 1)).astype("float32")
    one, many = (Trainer(build(return_sequences=True), "mse", clip_norm=1.0) for _ in range(2))
    singly = [step(one, x, y, 1e-2) for x, y in zip(inputs, targets, strict=True)]
    np.testing.assert_allclose(many.steps(inputs, targets, 1e-2), singly, atol=1e-6)
    for a, b in zip(one.model.get_weights(), many.model.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)


def test_a_loss_of_one_s_own_and_a_list_of_inputs(inputs, draw):
    first: Any = keras.Input((3,))
    second: Any = keras.Input((3,))
    model = keras.Model([first, second], keras.layers.Dense(1)(first - second))
    x = draw.normal(size=(2, BATCH, 3)).astype("float32")
    y = draw.normal(size=(BATCH, 1)).astype("float32")
    trainer = Trainer(model, lambda targets, outputs: tf.reduce_max(abs(targets - outputs)))
    expected = np.abs(y - trainer.predict(list(x))).max()
    assert step(trainer, list(x), y, 1e-2) == pytest.approx(expected, abs=1e-6)


def test_weights_leave_out_what_does_not_count(inputs, draw):
    targets = draw.normal(size=(BATCH, TIME, 1)).astype("float32")
    wrong = np.where(np.arange(TIME)[:, None] < 4, targets, 1e6).astype("float32")
    weights = np.broadcast_to(np.arange(TIME) < 4, (BATCH, TIME)).astype("float32")
    outputs = Trainer(build(return_sequences=True), "mse").predict(inputs[0])
    trainer = Trainer(build(return_sequences=True), "mse")
    expected = np.mean((outputs - targets)[:, :4] ** 2)
    assert step(trainer, inputs[0], wrong, 1e-2, weights) == pytest.approx(expected, abs=1e-5)
    by_example = np.arange(BATCH) < 3
    outputs = trainer.predict(inputs[0])
    expected = np.mean((outputs - targets)[:3] ** 2)
    assert step(trainer, inputs[0], targets, 1e-2, by_example) == pytest.approx(expected, abs=1e-5)


def test_prediction_in_batches_is_prediction(inputs):
    trainer = Trainer(build(), "mse")
    together = np.array(trainer.model(inputs[0]))
    np.testing.assert_allclose(trainer.predict(inputs[0], batch=3), together, atol=1e-6)


def test_the_clock_counts_training_alone(inputs, draw):
    targets = draw.normal(size=(BATCHES, BATCH, 1)).astype("float32")
    trainer = Trainer(build(), "mse")
    trainer.predict(inputs[0])
    assert trainer.train_s == 0 and trainer.steps_per_execution() == 1
    step(trainer, inputs[0], targets[0], 1e-2)
    traced = trainer.train_s
    assert (
        traced > 0 and trainer.steps_per_execution() == 1
    )  # the first call says nothing about the next
    trainer.steps(inputs, targets, 1e-2)
    taken = (trainer.train_s - traced) / BATCHES
    assert trainer.steps_per_execution(100 * taken) == pytest.approx(100, abs=1)
