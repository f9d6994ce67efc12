"""L-BFGS one iteration at a time."""

import threading

import keras
import numpy as np
import pytest
import tensorflow as tf
from scipy.optimize import minimize

from core.models.autoencoders.lbfgs import iterations


@pytest.fixture
def least_squares():
    """A linear model with data, the loss, and the best loss by the normal equations."""
    rng = np.random.default_rng(0)
    inputs, targets = rng.normal(size=(30, 4)), rng.normal(size=(30, 2))
    dense = keras.layers.Dense(2, use_bias=False, kernel_initializer="zeros", dtype="float64")
    model = keras.Sequential([keras.Input((4,), dtype="float64"), dense])
    given, wanted = tf.constant(inputs), tf.constant(targets)
    best = np.linalg.lstsq(inputs, targets, rcond=None)[0]
    return (
        model,
        lambda: tf.reduce_mean((model(given) - wanted) ** 2),
        best,
        (inputs, targets),
    )


def test_it_finds_the_least_squares_solution(least_squares):
    model, loss, best, _data = least_squares
    losses = list(iterations(model, loss))
    assert (np.diff(losses) <= 0).all()
    np.testing.assert_allclose(model.get_weights()[0], best, atol=1e-7)


def test_the_model_has_moved_with_each_loss(least_squares):
    model, loss, _best, _data = least_squares
    for reported in iterations(model, loss):
        assert reported == pytest.approx(float(loss()), rel=1e-12)


def test_each_iteration_is_scipy_s(least_squares):
    model, loss, _best, (inputs, targets) = least_squares

    def value_and_gradient(flat):
        off = inputs @ flat.reshape(4, 2) - targets
        return np.mean(off**2), (2 / off.size * inputs.T @ off).ravel()

    theirs = []
    minimize(
        value_and_gradient,
        np.zeros(8),
        jac=True,
        method="L-BFGS-B",
        callback=lambda intermediate_result: theirs.append(intermediate_result.fun),
        options={"maxcor": 20, "ftol": 0.0, "gtol": 1e-10},
    )
    ours = list(iterations(model, loss))
    np.testing.assert_allclose(ours[:5], theirs[:5], rtol=1e-9)


def test_who_leaves_early_leaves_no_thread_behind(least_squares):
    model, loss, _best, _data = least_squares
    before = threading.active_count()
    search = iterations(model, loss)
    next(search)
    assert threading.active_count() == before + 1
    search.close()
    assert threading.active_count() == before


def test_an_error_in_the_loss_is_seen(least_squares):
    model, _loss, _best, _data = least_squares

    def broken():
        raise ValueError("no loss today")

    with pytest.raises(ValueError, match="no loss today"):
        next(iterations(model, broken))
