"""The hand-derived backward pass against automatic differentiation and finite differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numeric.recurrent.cell_gradients import backward
from core.numeric.recurrent.cells import CELLS, Weights, trace
from tests.by_day import by_day

BATCH, TIME, FEATURES, UNITS = 2, 6, 3, 4
KINDS = [("rnn", "tanh"), ("rnn", "relu"), ("rnn", "linear"), ("lstm", "tanh"), ("gru", "tanh")]
STEP = 1e-6


def random_weights(cell, seed, features=FEATURES, units=UNITS):
    rng = np.random.default_rng(seed)
    width = CELLS[cell].gates * units
    return Weights(*(rng.normal(size=s) for s in ((features, width), (units, width), (width,))))


def problem(cell, activation, seed):
    """A trace of random numbers, and random weights of a loss: the sum of their products."""
    rng = np.random.default_rng(seed + 1000)
    inputs = rng.normal(size=(BATCH, TIME, FEATURES))
    start = tuple(rng.normal(size=(BATCH, UNITS)) for _ in range(CELLS[cell].states))
    traced = trace(cell, inputs, random_weights(cell, seed), activation=activation, start=start)
    return traced, rng.normal(size=(BATCH, TIME, UNITS))


@pytest.fixture(scope="module")
def tf():
    return pytest.importorskip("tensorflow")


def written_in_tensorflow(tf, traced):
    """The course's formulas in TensorFlow: all that a step holds, by name, each step's own tensor.

    Returns them with the tensors of inputs, weights and start.
    """
    inputs = tf.constant(traced.inputs)
    weights = [tf.constant(array) for array in traced.weights]
    start = [tf.constant(array) for array in traced.start]
    return inputs, weights, start


def steps_in_tensorflow(tf, cell, activation, inputs, weights, start):
    kernel, recurrent, bias = weights
    held, state = [], start
    for t in range(TIME):
        x, h = inputs[:, t], state[0]
        if cell == "rnn":
            sigma = {"relu": tf.nn.relu, "tanh": tf.tanh, "linear": tf.identity}[activation]
            state = [sigma(x @ kernel + h @ recurrent + bias)]
            held.append({"hidden": state[0]})
        elif cell == "lstm":
            i, f, g, o = tf.split(x @ kernel + h @ recurrent + bias, 4, axis=-1)
            i, f, g, o = tf.sigmoid(i), tf.sigmoid(f), tf.tanh(g), tf.sigmoid(o)
            c = f * state[1] + i * g
            state = [o * tf.tanh(c), c]
            held.append(
                {"hidden": state[0], "cell": c, "forget_gate": f}
                | {"input_gate": i, "output_gate": o, "candidate": g}
            )
        else:
            (wz, wr, wh), (uz, ur, uh), (bz, br, bh) = (
                tf.split(array, 3, axis=-1) for array in (kernel, recurrent, bias)
            )
            z, r = tf.sigmoid(x @ wz + h @ uz + bz), tf.sigmoid(x @ wr + h @ ur + br)
            g = tf.tanh(x @ wh + (r * h) @ uh + bh)
            state = [z * h + (1 - z) * g]
            held.append({"hidden": state[0], "update_gate": z, "reset_gate": r, "candidate": g})
    return held


@pytest.mark.parametrize(("cell", "activation"), KINDS)
@pytest.mark.parametrize("seed", by_day([0], range(3)))
def test_every_gradient_equals_automatic_differentiation(tf, cell, activation, seed):
    traced, d_hidden = problem(cell, activation, seed)
    inputs, weights, start = written_in_tensorflow(tf, traced)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([inputs, *weights, *start])
        held = steps_in_tensorflow(tf, cell, activation, inputs, weights, start)
        hidden = tf.stack([step["hidden"] for step in held], axis=1)
        loss = tf.reduce_sum(hidden * d_hidden)

    ours = backward(traced, d_hidden)

    for name, values in traced.steps.items():
        there = np.stack([step[name].numpy() for step in held], axis=1)
        np.testing.assert_allclose(values, there, atol=1e-10)
        theirs = [tape.gradient(loss, step[name]).numpy() for step in held]
        np.testing.assert_allclose(ours.steps[name], np.stack(theirs, 1), atol=1e-5, rtol=0)
    np.testing.assert_allclose(ours.inputs, tape.gradient(loss, inputs), atol=1e-5, rtol=0)
    for mine, theirs in zip(
        (*ours.weights, *ours.start), tape.gradient(loss, [*weights, *start]), strict=True
    ):
        np.testing.assert_allclose(mine, theirs, atol=1e-5, rtol=0)


@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_the_gradients_of_keras_own_layer(cell, activation):
    keras = pytest.importorskip("keras")
    tf = pytest.importorskip("tensorflow")
    weights = Weights(*(array.astype(np.float32) for array in random_weights(cell, 7)))
    rng = np.random.default_rng(8)
    inputs = rng.normal(size=(BATCH, TIME, FEATURES)).astype(np.float32)
    kind = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
    layer = kind[cell](
        UNITS,
        activation=activation,
        **({"reset_after": False} if cell == "gru" else {}),
    )
    layer.build(inputs.shape)
    layer.set_weights(weights)
    with tf.GradientTape() as tape:
        read = tf.constant(inputs)
        tape.watch(read)
        loss = tf.reduce_sum(layer(read))
    d_inputs, d_weights = tape.gradient(loss, [read, layer.trainable_variables])

    last = np.zeros((BATCH, TIME, UNITS), np.float32)
    last[:, -1] = 1
    ours = backward(trace(cell, inputs, weights, activation=activation), last)

    scale = max(1.0, float(np.abs(d_inputs).max()))
    np.testing.assert_allclose(ours.inputs, d_inputs, atol=1e-5 * scale)
    for mine, theirs in zip(ours.weights, d_weights, strict=True):
        scale = max(1.0, float(np.abs(theirs).max()))
        np.testing.assert_allclose(mine, theirs, atol=1e-5 * scale)


def loss_of(cell, inputs, weights, start, d_hidden):
    return float((trace(cell, inputs, weights, start=start).steps["hidden"] * d_hidden).sum())


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(CELLS)),
    st.integers(1, 4),
    st.integers(1, 7),
    st.integers(0, 10**6),
)
def test_a_step_along_any_direction_changes_the_loss_as_the_gradient_says(cell, units, time, seed):
    rng = np.random.default_rng(seed)
    weights = random_weights(cell, seed, features=1, units=units)
    inputs = rng.normal(size=(time, 1))
    start = tuple(rng.normal(size=units) for _ in range(CELLS[cell].states))
    d_hidden = rng.normal(size=(time, units))
    ours = backward(trace(cell, inputs, weights, start=start), d_hidden)

    points = [inputs, *weights, *start]
    slopes = [ours.inputs, *ours.weights, *ours.start]
    ways = [rng.normal(size=point.shape) for point in points]
    said = sum(float((slope * way).sum()) for slope, way in zip(slopes, ways, strict=True))

    def moved(by):
        x, kernel, recurrent, bias, *state = (
            point + by * way for point, way in zip(points, ways, strict=True)
        )
        return loss_of(cell, x, Weights(kernel, recurrent, bias), tuple(state), d_hidden)

    measured = (moved(STEP) - moved(-STEP)) / (2 * STEP)
    assert measured == pytest.approx(said, rel=1e-5, abs=1e-5)


def test_the_lstms_cell_passes_on_what_the_forget_gates_let_through():
    """With nothing flowing through h, dc_T/dc_t is the product of the forget gates after t."""
    rng = np.random.default_rng(3)
    weights = random_weights("lstm", 3)._replace(recurrent=np.zeros((UNITS, 4 * UNITS)))
    traced = trace("lstm", rng.normal(size=(TIME, FEATURES)), weights)
    d_hidden = np.zeros((TIME, UNITS))
    d_hidden[-1] = 1
    d_cell = backward(traced, d_hidden).steps["cell"]
    later = np.cumprod(traced.steps["forget_gate"][:0:-1], axis=0)[::-1]
    np.testing.assert_allclose(d_cell[:-1], d_cell[-1] * later, rtol=1e-12)


def test_a_linear_rnns_gradient_is_a_power_of_its_matrix():
    """ReLU on positive numbers is linear: dh_T/dh_t is V to the power T - t."""
    recurrent = np.array([[0.5, 0.2], [0.1, 0.7]])
    weights = Weights(np.ones((1, 2)), recurrent, np.zeros(2))
    traced = trace("rnn", np.ones((TIME, 1)), weights, activation="relu")
    d_hidden = np.zeros((TIME, 2))
    d_hidden[-1] = (1, -2)
    found = backward(traced, d_hidden).steps["hidden"]
    for t in range(TIME):
        power = np.linalg.matrix_power(recurrent, TIME - 1 - t)
        np.testing.assert_allclose(found[t], d_hidden[-1] @ power.T, rtol=1e-12)


def test_a_wrong_shape_and_an_empty_sequence_are_refused():
    traced = trace("gru", np.ones((TIME, FEATURES)), random_weights("gru", 0))
    with pytest.raises(ValueError, match=r"d_hidden has shape \(6, 1\), h_t has \(6, 4\)"):
        backward(traced, np.zeros((TIME, 1)))
    with pytest.raises(ValueError, match="a sequence has at least one step"):
        trace("gru", np.ones((0, FEATURES)), random_weights("gru", 0))
