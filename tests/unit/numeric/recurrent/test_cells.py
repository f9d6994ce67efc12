"""The cells against Keras's, and against the course's formulas worked by hand."""

import math

import numpy as np
import pytest

from core.numeric.activations import sigmoid
from core.numeric.recurrent.cells import CELLS, gru_step, lstm_step, rnn_step

BATCH, TIME, FEATURES, UNITS = 3, 12, 5, 7


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras")


def random_weights(cell, seed):
    rng = np.random.default_rng(seed)
    width = CELLS[cell].gates * UNITS
    shapes = ((FEATURES, width), (UNITS, width), (width,))
    return [rng.normal(size=shape).astype(np.float32) for shape in shapes]


def keras_layer(keras, cell):
    options = {"return_sequences": True, "return_state": True}
    if cell == "rnn":
        return keras.layers.SimpleRNN(UNITS, **options)
    if cell == "gru":
        return keras.layers.GRU(UNITS, reset_after=False, **options)
    return keras.layers.LSTM(UNITS, **options)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("seed", range(3))
def test_over_time_equals_keras(keras, cell, seed):
    kernel, recurrent, bias = random_weights(cell, seed)
    inputs = np.random.default_rng(seed + 100).normal(size=(BATCH, TIME, FEATURES))
    inputs = inputs.astype(np.float32)
    layer = keras_layer(keras, cell)
    layer.build(inputs.shape)
    layer.set_weights([kernel, recurrent, bias])
    expected, *expected_state = (np.asarray(array) for array in layer(inputs))

    start = CELLS[cell].zero_state(BATCH, UNITS)
    hidden, state = CELLS[cell].over_time(inputs @ kernel + bias, start, recurrent)

    assert hidden.dtype == np.float32
    np.testing.assert_allclose(hidden, expected, atol=1e-5, rtol=0)
    assert len(state) == len(expected_state)
    for ours, theirs in zip(state, expected_state, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5, rtol=0)


def test_rnn_with_the_courses_relu_equals_keras(keras):
    kernel, recurrent, bias = random_weights("rnn", 5)
    inputs = np.random.default_rng(6).normal(size=(BATCH, 1, FEATURES)).astype(np.float32)
    layer = keras.layers.SimpleRNN(UNITS, activation="relu")
    layer.build(inputs.shape)
    layer.set_weights([kernel, recurrent, bias])
    zero = CELLS["rnn"].zero_state(BATCH, UNITS)
    step = rnn_step(inputs[:, 0] @ kernel + bias, zero, recurrent, lambda x: np.maximum(x, 0))
    np.testing.assert_allclose(step.hidden, np.asarray(layer(inputs)), atol=1e-5)


def test_a_whole_run_is_its_two_halves():
    kernel, recurrent, bias = random_weights("lstm", 0)
    projected = np.random.default_rng(1).normal(size=(TIME, FEATURES)) @ kernel + bias
    cell = CELLS["lstm"]
    whole, last = cell.over_time(projected, cell.zero_state(UNITS), recurrent)
    first, state = cell.over_time(projected[:5], cell.zero_state(UNITS), recurrent)
    second, state = cell.over_time(projected[5:], state, recurrent)
    np.testing.assert_array_equal(whole, np.concatenate([first, second]))
    np.testing.assert_array_equal(last[1], state[1])


def s(x):
    return 1 / (1 + math.exp(-x))


def test_lstm_step_by_hand():
    projected, recurrent = np.array([0.1, 0.2, 0.3, 0.4]), np.array([[1.0, 2.0, 3.0, 4.0]])
    step = lstm_step(projected, (np.array([0.5]), np.array([-1.0])), recurrent)
    assert step.input_gate[0] == pytest.approx(s(0.6))
    assert step.forget_gate[0] == pytest.approx(s(1.2))
    assert step.candidate[0] == pytest.approx(math.tanh(1.8))
    assert step.output_gate[0] == pytest.approx(s(2.4))
    assert step.cell[0] == pytest.approx(-s(1.2) + s(0.6) * math.tanh(1.8))
    assert step.hidden[0] == pytest.approx(s(2.4) * math.tanh(step.cell[0]))


def test_gru_step_by_hand():
    step = gru_step(np.array([0.1, 0.2, 0.3]), (np.array([0.5]),), np.array([[1.0, 2.0, 3.0]]))
    z, r = s(0.6), s(1.2)
    assert step.update_gate[0] == pytest.approx(z)
    assert step.reset_gate[0] == pytest.approx(r)
    assert step.hidden[0] == pytest.approx(z * 0.5 + (1 - z) * math.tanh(0.3 + 3 * r * 0.5))


def test_sigmoid_never_overflows():
    np.testing.assert_allclose(
        sigmoid(np.array([-1e4, 0, 1e4], np.float32)), [0, 0.5, 1], atol=1e-7
    )
