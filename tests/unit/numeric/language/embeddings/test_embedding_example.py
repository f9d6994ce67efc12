"""One prediction of word2vec by hand, and its gradients by finite differences."""

import numpy as np
import pytest

from core.numeric.language.embeddings.example import (
    constant_loss,
    full_softmax,
    hidden_of,
    negative_sampling,
    one_hot_product,
)


def slope(function, at, step=1e-6):
    """The gradient of a function by central differences."""
    gradient = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        moved = np.zeros_like(at)
        moved[place] = step
        gradient[place] = (function(at + moved) - function(at - moved)) / (2 * step)
    return gradient


def test_a_one_hot_row_picks_a_row():
    matrix = np.arange(12.0).reshape(4, 3)
    np.testing.assert_array_equal(one_hot_product(2, matrix), matrix[2])


def test_a_pair_with_one_negative_by_hand():
    example = negative_sampling(np.array([1.0, 0.0]), np.array([[np.log(3), 5], [0, 7]]))
    np.testing.assert_allclose(example.probabilities, [0.75, 0.5])
    assert example.loss == pytest.approx(-np.log(0.75) - np.log(0.5))
    np.testing.assert_allclose(example.output_gradient, [[-0.25, 0], [0.5, 0]])
    np.testing.assert_allclose(
        example.hidden_gradient, [-0.25 * np.log(3), -0.25 * 5 + 0.5 * 7], rtol=1e-12
    )


@pytest.mark.parametrize(
    "predict", [negative_sampling, lambda hidden, outputs: full_softmax(hidden, outputs, 0)]
)
def test_gradients_are_slopes(predict):
    rng = np.random.default_rng(0)
    inputs, outputs = rng.normal(size=(3, 4)), rng.normal(size=(6, 4))
    hidden = hidden_of(inputs)
    example = predict(hidden, outputs)
    ours = slope(lambda h: predict(h, outputs).loss, hidden)
    np.testing.assert_allclose(example.hidden_gradient, ours, atol=1e-7)
    ours = slope(lambda o: predict(hidden, o).loss, outputs)
    np.testing.assert_allclose(example.output_gradient, ours, atol=1e-7)
    # A word of CBOW's window takes its share.
    ours = slope(lambda some: predict(hidden_of(some), outputs).loss, inputs)
    np.testing.assert_allclose(np.tile(example.hidden_gradient / 3, (3, 1)), ours, atol=1e-7)


def test_the_best_guess_that_looks_at_no_word():
    score = np.log(1 / 5)
    loss = np.logaddexp(0, -score) + 5 * np.logaddexp(0, score)
    assert constant_loss(5) == pytest.approx(loss)
