"""The gradient's way back: against Keras, closed forms, finite differences and decompositions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.recurrent.gradient_flow import (
    INITIALISATIONS,
    contributions,
    draw_inputs,
    draw_readouts,
    draw_weights,
    first_overflow,
    gate_path_norms,
    gradient_norms,
    gradient_step_norms,
    horizon_steps,
    read,
    relative,
)
from core.numeric.recurrent.singular_values import (
    largest_singular_value,
    product_singular_values,
    rnn_bound,
    spectral_radius,
)

UNITS, TIME = 6, 9


def networks(cell, seeds=(3, 4), units=UNITS, time=TIME, **options):
    return (
        draw_weights(cell, 2, units, seeds, **options),
        draw_inputs(2, time, seeds),
        draw_readouts(units, seeds),
    )


@pytest.mark.parametrize("cell", CELLS)
def test_the_norms_are_those_of_keras_cells(cell):
    keras = pytest.importorskip("keras")
    tf = pytest.importorskip("tensorflow")
    weights, inputs, readouts = networks(cell)
    norms = gradient_norms(read(cell, weights, inputs), readouts)
    kinds = {"rnn": "SimpleRNNCell", "lstm": "LSTMCell", "gru": "GRUCell"}
    options = {"reset_after": False} if cell == "gru" else {}
    for i in range(2):
        theirs = getattr(keras.layers, kinds[cell])(UNITS, dtype="float64", **options)
        theirs.build((1, 2))
        theirs.set_weights([part[i] for part in weights])
        states = [tf.zeros((1, UNITS), tf.float64) for _ in range(CELLS[cell].states)]
        seen = []
        with tf.GradientTape() as tape:
            for t in range(TIME):
                _, states = theirs(tf.constant(inputs[i, :, t]), states)
                states = [tf.identity(state) for state in states]
                if cell == "lstm":  # c_t also reaches h_t: let the tape see h_t as made from c_t
                    gates = tf.sigmoid(
                        inputs[i, :, t] @ weights.kernel[i]
                        + (seen[-1][0] if seen else tf.zeros((1, UNITS), tf.float64))
                        @ weights.recurrent[i]
                        + weights.bias[i]
                    )
                    np.testing.assert_allclose(
                        states[0], gates[:, 3 * UNITS :] * tf.tanh(states[1]), atol=1e-12
                    )
                    states = [gates[:, 3 * UNITS :] * tf.tanh(states[1]), states[1]]
                seen.append(states)
            loss = tf.reduce_sum(states[0] * readouts[i])
        found = tape.gradient(loss, seen)
        for place, name in enumerate(norms):
            there = [np.linalg.norm(state[place].numpy()) for state in found]
            np.testing.assert_allclose(norms[name][:, i, 0], there, atol=1e-5 * float(max(there)))


@pytest.mark.parametrize(
    ("cell", "activation"),
    [("rnn", "tanh"), ("rnn", "relu"), ("rnn", "linear"), ("lstm", "tanh"), ("gru", "tanh")],
)
def test_the_norm_at_the_first_step_by_finite_differences(cell, activation):
    weights, inputs, readouts = networks(cell, initialisation="normal")
    seen = read(cell, weights, inputs, activation)
    norms = gradient_norms(seen, readouts)["hidden"]
    at, step = 2, 1e-6
    kind = CELLS[cell]
    state = [np.array(part[0]) for part in seen.befores[at]]
    slopes = []
    for unit in range(UNITS):
        outputs = []
        for sign in (1, -1):
            moved = [part.copy() for part in state]
            moved[0][0, unit] += sign * step
            projected = inputs[0, :, at:] @ weights.kernel[0] + weights.bias[0]
            hidden = tuple(moved)
            for t in range(TIME - at):
                if cell == "rnn":
                    total = projected[:, t] + hidden[0] @ weights.recurrent[0]
                    apply = {"tanh": np.tanh, "relu": lambda x: np.maximum(x, 0)}
                    hidden = (apply.get(activation, lambda x: x)(total),)
                else:
                    hidden = kind.step(projected[:, t], hidden, weights.recurrent[0])[: kind.states]
            outputs.append(float((hidden[0] * readouts[0]).sum()))
        slopes.append((outputs[0] - outputs[1]) / (2 * step))
    assert np.linalg.norm(slopes) == pytest.approx(norms[at - 1, 0, 0], rel=1e-5)


def test_a_linear_rnns_gradient_is_a_power_of_its_matrix():
    weights, inputs, readouts = networks("rnn", initialisation="normal", scale=1.3)
    norms = gradient_norms(read("rnn", weights, inputs, "linear"), readouts)["hidden"]
    for t in range(TIME):
        for i in range(2):
            power = np.linalg.matrix_power(weights.recurrent[i], TIME - 1 - t)
            there = np.linalg.norm(power @ readouts[i, 0])
            assert norms[t, i, 0] == pytest.approx(there, rel=1e-10)


def test_the_singular_values_of_a_linear_rnns_product_are_those_of_the_power():
    weights, inputs, _ = networks("rnn", units=12, time=60, initialisation="normal")
    seen = read("rnn", weights, inputs, "linear")
    for steps in (1, 4, 12):
        values = product_singular_values(seen, [steps])[0]
        power = np.linalg.matrix_power(weights.recurrent[0], steps)
        there = np.log(np.linalg.svd(power, compute_uv=False))
        inside = there > there[0] - 14  # beyond, the multiplied product is rounding noise
        np.testing.assert_allclose(values[inside], there[inside], atol=1e-6)
    _, log_determinant = np.linalg.slogdet(weights.recurrent[0])
    long = product_singular_values(seen, [59])[0]
    assert long.sum() == pytest.approx(59 * log_determinant, rel=1e-9)
    assert long[0] - long[-1] > 40  # far beyond what the product multiplied out could tell


@pytest.mark.parametrize("cell", CELLS)
def test_singular_values_against_the_decomposition_of_a_short_product(cell):
    weights, inputs, _ = networks(cell)
    seen = read(cell, weights, inputs)
    size = CELLS[cell].states * UNITS
    product = np.eye(size)
    for back in range(1, 4):
        rows = tuple(
            product[None, :, n * UNITS : (n + 1) * UNITS] for n in range(CELLS[cell].states)
        )
        first = read(cell, Weights(*(part[:1] for part in weights)), inputs[:1])
        product = np.concatenate(first.back(TIME - back, rows).before, -1)[0]
        there = np.log(np.linalg.svd(product, compute_uv=False))
        values = product_singular_values(seen, [back])[0]
        inside = there > there[0] - 14
        np.testing.assert_allclose(values[inside], there[inside], atol=1e-6)


def test_a_relu_that_is_off_makes_a_singular_value_of_zero():
    weights, inputs, _ = networks("rnn", units=12, initialisation="normal")
    seen = read("rnn", weights, inputs, "relu")
    active = int((seen.steps[-1]["hidden"][0, 0] > 0).sum())
    (values,) = product_singular_values(seen, [1])
    assert 0 < active < 12
    assert np.isfinite(values).sum() == active and np.isneginf(values[active:]).all()


def test_an_orthogonal_linear_rnn_keeps_every_length():
    weights, inputs, readouts = networks("rnn", time=200)
    seen = read("rnn", weights, inputs, "linear")
    norms = gradient_norms(seen, readouts)["hidden"]
    np.testing.assert_allclose(relative(norms), 1, atol=1e-10)
    np.testing.assert_allclose(product_singular_values(seen, [1, 50, 199]), 0, atol=1e-9)
    assert horizon_steps(relative(norms)[:, 0, 0]) is None


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(INITIALISATIONS),
    st.sampled_from(["tanh", "relu", "linear"]),
    st.floats(0.2, 2.5),
    st.integers(0, 1000),
)
def test_no_curve_of_an_rnn_is_above_pascanus_bound(initialisation, activation, scale, seed):
    weights, inputs, readouts = networks(
        "rnn", [seed], time=15, initialisation=initialisation, scale=scale
    )
    norms = gradient_norms(read("rnn", weights, inputs, activation), readouts)["hidden"]
    bound = rnn_bound(weights.recurrent, 14)[::-1]
    assert (relative(norms)[..., 0] <= bound * (1 + 1e-9)).all()


def test_an_lstms_open_forget_gate_carries_the_gradient():
    horizons = []
    for bias in (None, 3.0):
        weights, inputs, readouts = networks("lstm", range(20), 32, 100, gate_bias=bias)
        norms = gradient_norms(read("lstm", weights, inputs), readouts)
        curve = np.median(relative(norms["cell"])[..., 0], axis=1)
        horizons.append(horizon_steps(curve))
    assert horizons[0] < 40 and horizons[1] is None


@pytest.mark.parametrize(("cell", "state"), [("lstm", "cell"), ("gru", "hidden")])
def test_without_recurrent_weights_all_goes_by_the_gate_that_keeps(cell, state):
    weights, inputs, readouts = networks(cell, scale=0.0)
    seen = read(cell, weights, inputs)
    expected = gradient_norms(seen, readouts)[state]
    np.testing.assert_allclose(gate_path_norms(seen, readouts), expected, rtol=1e-10)


def test_with_an_open_forget_gate_most_comes_by_the_other_paths():
    weights, inputs, readouts = networks("lstm", range(20), 32, 100, gate_bias=3.0)
    seen = read("lstm", weights, inputs)
    whole = np.median(relative(gradient_norms(seen, readouts)["cell"])[0])
    alone = np.median(relative(gate_path_norms(seen, readouts))[0])
    assert alone == pytest.approx(1 / (1 + np.exp(-3)) ** 99, rel=0.3) and whole > 100 * alone


def test_each_loss_adds_what_a_gradient_from_it_alone_would():
    for cell in CELLS:
        weights, inputs, readouts = networks(cell)
        found = contributions(read(cell, weights, inputs), readouts[0, 0])
        assert (found[np.triu_indices(TIME, 1)] == 0).all()
        for k in (0, 4, TIME - 1):
            until = read(cell, Weights(*(p[:1] for p in weights)), inputs[:1, :, : k + 1])
            alone = gradient_norms(until, readouts[:1])["hidden"][:, 0, 0]
            np.testing.assert_allclose(found[k, : k + 1], alone, rtol=1e-10)


def test_what_overflows_is_counted_and_told():
    weights, inputs, readouts = networks("rnn", time=500, initialisation="identity", scale=8.0)
    norms = gradient_norms(read("rnn", weights, inputs, "linear"), readouts)["hidden"]
    count, steps = first_overflow(relative(norms)[..., 0])
    assert count == 2
    assert steps == pytest.approx(1024 / 3, abs=2)  # 8 to that power is 2 to the 1024th
    assert np.isnan(product_singular_values(read("rnn", weights, inputs * np.nan), [1, 9])).all()


def test_horizon_counts_the_steps_to_the_first_value_below():
    curve = np.array([0.5, 0.001, 0.02, 0.3, 1.0])
    assert horizon_steps(curve) == 3
    assert horizon_steps(curve, 0.4) == 1
    assert horizon_steps(np.array([np.nan, 1.0])) is None


def test_initialisations_are_keras_own():
    keras = pytest.importorskip("keras")
    drawn = draw_weights("lstm", 2, 32, [0])
    rows = drawn.recurrent[0]
    np.testing.assert_allclose(rows @ rows.T, np.eye(32), atol=1e-12)
    theirs = np.array(keras.initializers.Orthogonal(seed=0)((32, 128)))
    np.testing.assert_allclose(theirs @ theirs.T, np.eye(32), atol=1e-5)
    assert (drawn.bias[0].reshape(4, 32) == [[0], [1], [0], [0]]).all()
    layer = keras.layers.LSTM(32)
    layer.build((1, 1, 2))
    np.testing.assert_array_equal(layer.get_weights()[2], drawn.bias[0])
    for fan, made in (((2, 128), drawn.kernel[0]), ((32, 128), None)):
        if made is None:
            made = draw_weights("lstm", 2, 32, [0], initialisation="glorot").recurrent[0]
        theirs = np.array(keras.initializers.GlorotUniform(seed=0)(fan))
        assert np.abs(made).max() == pytest.approx(np.abs(theirs).max(), rel=0.05)
    eyes = draw_weights("gru", 1, 4, [0], initialisation="identity", scale=0.5, gate_bias=2.0)
    np.testing.assert_array_equal(eyes.recurrent[0], 0.5 * np.tile(np.eye(4), 3))
    np.testing.assert_array_equal(eyes.bias[0].reshape(3, 4), [[2] * 4, [0] * 4, [0] * 4])


def test_radius_and_stretch_of_known_matrices():
    shear = np.array([[[0.5, 2.0], [0.0, -0.8]], [[0.0, -1.0], [1.0, 0.0]]])
    np.testing.assert_allclose(spectral_radius(shear), [0.8, 1])
    np.testing.assert_allclose(
        largest_singular_value(shear), [np.linalg.svd(shear[0], compute_uv=False)[0], 1]
    )


def test_the_gradients_norm_grows_with_the_scale_of_a_linear_rnn():
    inputs = draw_inputs(1, 40, range(4))[:, 0]
    norms = gradient_step_norms(
        [0.5, 1.0, 2.0], 8, inputs, 0, initialisation="normal", activation="linear"
    )
    assert norms[0] < norms[1] < 1e-6 * norms[2]
