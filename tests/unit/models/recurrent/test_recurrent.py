"""Recurrent layers are Keras's: same weights, outputs and gradients, drawn from given seeds."""

import io
import json
import zipfile
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.recurrent import layers as recurrent
from core.models.recurrent.layers import bidirectional_layer, plain, recurrent_layer
from core.models.saving import keras_bytes
from core.models.supervised import Trainer

pytestmark = pytest.mark.own_process  # each compiles networks of its own

CELLS = ["rnn", "lstm", "gru"]
THEIRS = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
UNITS, FEATURES, BATCH, TIME = 6, 5, 3, 12


def keras_layer(cell, **options):
    return THEIRS[cell](UNITS, **({"reset_after": False} if cell == "gru" else {}), **options)


def draws(*shape):
    return np.random.default_rng(0).normal(size=shape).astype("float32")


@pytest.fixture
def inputs():
    return tf.constant(draws(BATCH, TIME, FEATURES))


@pytest.fixture
def compiled(monkeypatch):
    """How often the compiled steps were taken."""
    calls = []

    def counted(*kind):
        calls.append(kind)
        return over_time(*kind)

    over_time = recurrent.over_time
    monkeypatch.setattr(recurrent, "over_time", counted)
    return calls


def outputs_and_gradients(layer, inputs, states, mask=None) -> Any:
    """All outputs, and the gradients of a loss that each of their numbers moves."""
    with tf.GradientTape() as tape:
        tape.watch([inputs, *states])
        outputs = layer(inputs, initial_state=list(states) or None, mask=mask)
        outputs = outputs if isinstance(outputs, list | tuple) else [outputs]
        loss = tf.add_n([tf.reduce_sum(draws(*out.shape) * tf.sin(out)) for out in outputs])
    return outputs, tape.gradient(loss, [inputs, *states, *layer.trainable_variables])


def assert_equals_keras(cell, inputs, states=(), mask=None, **options):
    ours = recurrent_layer(cell, UNITS, seed=3, **options)
    theirs = keras_layer(cell, **options)
    for layer in (ours, theirs):
        layer.build(inputs.shape)
    weights = [w + 0.1 * draws(*w.shape) for w in ours.get_weights()]
    for layer in (ours, theirs):
        layer.set_weights(weights)
    for state, expected in zip(
        outputs_and_gradients(ours, inputs, states, mask),
        outputs_and_gradients(theirs, inputs, states, mask),
        strict=True,
    ):
        for a, b in zip(state, expected, strict=True):
            largest = float(np.abs(b).max())  # what cancels has the error of what was added up
            np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5 * max(1, largest))


@pytest.mark.parametrize("every_backwards", [(False, False), (True, True)])
@pytest.mark.parametrize("cell", CELLS)
def test_outputs_and_gradients_equal_keras(cell, every_backwards, inputs, compiled):
    every, backwards = every_backwards
    assert_equals_keras(cell, inputs, return_sequences=every, go_backwards=backwards)
    assert compiled


@pytest.mark.parametrize("activation", ["relu", "linear"])
def test_the_plain_rnn_s_other_activations(activation, inputs, compiled):
    assert_equals_keras("rnn", inputs, activation=activation)
    assert compiled


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_states_go_in_and_come_out(cell, inputs, compiled):
    given = [tf.constant(draws(BATCH, UNITS)) for _ in range(2 if cell == "lstm" else 1)]
    assert_equals_keras(cell, inputs, given, return_state=True, return_sequences=True)
    assert compiled


@pytest.mark.parametrize(
    ("every", "backwards"),
    [
        (True, True),
        (False, False),
        pytest.param(True, False, marks=pytest.mark.slow),
        pytest.param(False, True, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("cell", CELLS)
def test_masked_steps_change_nothing_as_in_keras(cell, every, backwards, inputs, compiled):
    mask = tf.constant(np.arange(TIME) < np.array([TIME, 4, 1])[:, None])
    options = {"return_sequences": every, "return_state": True, "go_backwards": backwards}
    assert_equals_keras(cell, inputs, mask=mask, **options)
    assert compiled


def with_mask(layer, inputs, lengths):
    mask = np.arange(inputs.shape[1]) < np.array(lengths)[:, None]
    return np.array(layer(inputs, mask=tf.constant(mask)))


@pytest.mark.parametrize("cell", CELLS)
def test_more_padding_changes_no_masked_result(cell, inputs):
    layer = recurrent_layer(cell, UNITS, seed=3)
    lengths = [TIME, 4, 1]
    padded = tf.pad(inputs, [[0, 0], [0, 5], [0, 0]], constant_values=9.0)
    expected = with_mask(layer, inputs, lengths)
    np.testing.assert_allclose(with_mask(layer, padded, lengths), expected, atol=1e-6)
    alone = np.array(layer(inputs[1:2, :4]))[0]
    np.testing.assert_allclose(expected[1], alone, atol=1e-6)
    assert np.abs(np.array(layer(padded)) - expected).max() > 1e-2  # without a mask it does


@pytest.mark.parametrize("every", [pytest.param(False, marks=pytest.mark.slow), True])
@pytest.mark.parametrize("cell", CELLS)
def test_directions_of_equal_weights_swap_on_the_reversed_sequence(cell, every, inputs):
    layer = bidirectional_layer(cell, UNITS, seed=3, return_sequences=every)
    layer.build(inputs.shape)
    one_way = layer.get_weights()[:3]
    layer.set_weights(one_way * 2)
    output, reversed_output = np.array(layer(inputs)), np.array(layer(inputs[:, ::-1]))
    expected = np.concatenate([output[..., UNITS:], output[..., :UNITS]], -1)
    expected = expected[:, ::-1] if every else expected
    np.testing.assert_allclose(reversed_output, expected, atol=1e-6)
    assert np.abs(reversed_output - output).max() > 1e-2


def stack(cell):
    given = keras.Input((TIME, FEATURES))
    hidden = bidirectional_layer(cell, UNITS, seed=1, return_sequences=True)(given)
    hidden = recurrent_layer(cell, UNITS, seed=5, return_sequences=True)(hidden)
    hidden = recurrent_layer(cell, UNITS, seed=7)(hidden)
    glorot: Any = keras.initializers.GlorotUniform(9)
    dense = keras.layers.Dense(1, kernel_initializer=glorot)
    return keras.Model(given, dense(hidden))


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_stack_trains_as_its_plain_copy_in_keras(cell, compiled):
    x, y = draws(3, BATCH, TIME, FEATURES), draws(3, BATCH, 1)
    model = stack(cell)
    theirs = plain(model)
    assert {type(layer).__module__ for layer in theirs.layers} <= {
        "keras.src.layers.core.input_layer",
        "keras.src.layers.core.dense",
        "keras.src.layers.rnn.bidirectional",
        f"keras.src.layers.rnn.{'simple_rnn' if cell == 'rnn' else cell}",
    }
    theirs.compile(keras.optimizers.Adam(1e-2), "mse")
    ours = Trainer(model, "mse").steps(x, y, 1e-2)
    expected = [float(theirs.train_on_batch(a, b)) for a, b in zip(x, y, strict=True)]
    np.testing.assert_allclose(ours, expected, atol=1e-5)
    assert len(compiled) >= 4


@pytest.mark.slow
def test_a_last_batch_may_be_smaller_in_keras_s_own_training(compiled):
    given = keras.Input((TIME, FEATURES))
    model = keras.Model(given, recurrent_layer("gru", UNITS, seed=5)(given))
    x, y = draws(5, TIME, FEATURES), draws(5, UNITS)
    losses = []
    for one in (model, plain(model)):
        one.compile("adam", "mse")
        history = one.fit(x, y, batch_size=3, epochs=2, shuffle=False, verbose=0)  # pyright: ignore[reportArgumentType]
        losses.append(history.history["loss"])
    np.testing.assert_allclose(*losses, atol=1e-5)
    assert compiled


def test_a_saved_model_needs_keras_alone(inputs):
    model = stack("lstm")
    saved = keras_bytes(model)
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        config = json.loads(archive.read("config.json"))
    assert "pangloss" not in json.dumps(config)
    kinds = [layer["class_name"] for layer in config["config"]["layers"]]
    assert kinds == ["InputLayer", "Bidirectional", "LSTM", "LSTM", "Dense"]
    np.testing.assert_allclose(plain(model)(inputs), model(inputs), atol=1e-6)


def test_what_is_not_compiled_goes_keras_s_way(inputs, monkeypatch):
    monkeypatch.setattr(recurrent, "over_time", None)  # who calls it fails
    layer = recurrent_layer("lstm", UNITS, seed=3, dropout=0.5)
    short = np.array(layer(inputs[:, :4]))
    assert short.shape == (BATCH, UNITS)
    assert np.abs(np.array(layer(inputs, training=True))).max() > 0
    recurrent_layer("lstm", UNITS, seed=3, activation="relu")(inputs)
    recurrent_layer("gru", UNITS, seed=3, reset_after=True)(inputs)
    monkeypatch.setattr(recurrent, "_compiles", lambda: False)
    assert_equals_keras("gru", inputs)


@pytest.mark.parametrize("cell", CELLS)
def test_seeds_draw_the_weights_and_nothing_else_does(cell, inputs):
    layers = [recurrent_layer(cell, UNITS, seed=seed) for seed in (3, 3, 4)]
    theirs = keras_layer(
        cell,
        kernel_initializer=keras.initializers.GlorotUniform(seed=3),
        recurrent_initializer=keras.initializers.Orthogonal(seed=4),
    )
    for layer in (*layers, theirs):
        layer.build(inputs.shape)
    first, second, other = (layer.get_weights() for layer in layers)
    for a, b, c in zip(first, second, theirs.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
        np.testing.assert_array_equal(a, c)
    assert all(np.abs(a - b).max() > 0.01 for a, b in zip(first[:2], other[:2], strict=True))


@pytest.mark.parametrize("cell", CELLS)
def test_two_directions_begin_with_weights_of_their_own(cell, inputs):
    layer = bidirectional_layer(cell, UNITS, seed=3)
    layer.build(inputs.shape)
    forwards, backwards = layer.get_weights()[0], layer.get_weights()[3]
    assert np.abs(forwards - backwards).max() > 0.01
