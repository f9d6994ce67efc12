"""word2vec over pieces of text is word2vec pair by pair."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.language.word2vec import WordTrainer, build_word2vec, loss_of, within_windows
from core.numeric.language.embeddings.example import (
    constant_loss,
    full_softmax,
    hidden_of,
    negative_sampling,
)

IDS = np.array([[2, 0, 1, -1, 3, 1], [4, 3, -1, -1, -1, -1]], np.int32)
REACH = np.array([[1, 2, 1, 1, 2, 1], [2, 1, 1, 1, 1, 1]], np.int32)
NOISE = np.array([[0, 4], [1, 1]], np.int32)


def matrices(dim=3) -> list[Any]:
    rng = np.random.default_rng(0)
    return [rng.normal(size=(5, dim)).astype(np.float32) for _ in range(2)]


def near(row, i):
    """The places in the window of a place and in its sentence."""
    ids = IDS[row]
    return [
        j
        for j in range(6)
        if 0 < abs(i - j) <= REACH[row, i]
        and ids[i] >= 0
        and ids[j] >= 0
        and not (ids[min(i, j) : max(i, j)] < 0).any()
    ]


def by_hand(method, objective, vectors, outputs):
    """The mean loss, and its gradients by both matrices, a prediction at a time."""
    losses = []
    by_vectors, by_outputs = (np.zeros(matrix.shape) for matrix in (vectors, outputs))
    for row, i in np.ndindex(IDS.shape):
        around = near(row, i)
        if method == "cbow":
            asked = [(IDS[row, around], IDS[row, i])] if around else []
        else:
            asked = [(IDS[row, [i]], IDS[row, j]) for j in around]
        for inputs, true in asked:
            hidden = hidden_of(vectors[inputs])
            if objective == "softmax":
                told = np.arange(len(outputs))
                example = full_softmax(hidden, outputs, int(true))
            else:  # the two negatives of the row are all that is drawn: each counts once
                told = np.array([true, *NOISE[row]])
                example = negative_sampling(hidden, outputs[told])
            losses.append(example.loss)
            np.add.at(by_vectors, inputs, example.hidden_gradient / len(inputs))
            np.add.at(by_outputs, told, example.output_gradient)
    return np.mean(losses), by_vectors / len(losses), by_outputs / len(losses)


def test_windows_end_with_the_sentence():
    mask = np.asarray(within_windows(IDS, REACH))
    for row, i in np.ndindex(IDS.shape):
        assert np.flatnonzero(mask[row, i]).tolist() == near(row, i)


@pytest.mark.parametrize("method", ["skip-gram", "cbow"])
@pytest.mark.parametrize("objective", ["negatives", "softmax"])
def test_the_loss_is_that_of_its_predictions(method, objective):
    vectors, outputs = matrices()
    ours = float(loss_of(vectors, outputs, IDS, REACH, NOISE, 2.0, method, objective))
    assert ours == pytest.approx(by_hand(method, objective, vectors, outputs)[0], rel=1e-5)


@pytest.mark.parametrize("method", ["skip-gram", "cbow"])
@pytest.mark.parametrize("objective", ["negatives", "softmax"])
def test_a_step_by_automatic_differentiation_is_that_by_hand(method, objective):
    vectors, outputs = matrices()
    variables = [tf.Variable(matrix) for matrix in (vectors, outputs)]
    with tf.GradientTape() as tape:
        loss = loss_of(variables[0], variables[1], IDS, REACH, NOISE, 2.0, method, objective)
    gradients = [tf.convert_to_tensor(some) for some in tape.gradient(loss, variables)]
    keras.optimizers.SGD(0.5).apply_gradients(zip(gradients, variables, strict=True))
    for variable, before, by in zip(
        variables, (vectors, outputs), by_hand(method, objective, vectors, outputs)[1:], strict=True
    ):
        np.testing.assert_allclose(variable.numpy(), before - 0.5 * by, atol=1e-6)


def test_updates_are_those_of_keras_adam():
    model, again = (build_word2vec(5, 3, seed=1) for _ in range(2))
    trainer = WordTrainer(model, 2, "skip-gram", "negatives")
    optimizer = keras.optimizers.Adam()
    optimizer.build(again.trainable_variables)
    for rate in (0.05, 0.05, 0.01, 0.002):
        trainer.steps(IDS[None], REACH[None], rate, NOISE[None])
        optimizer.learning_rate = rate
        with tf.GradientTape() as tape:
            inputs, outputs = (variable.value for variable in again.trainable_variables)
            loss = loss_of(inputs, outputs, IDS, REACH, NOISE, 2.0, "skip-gram", "negatives")
        gradients = map(tf.convert_to_tensor, tape.gradient(loss, [inputs, outputs]))
        optimizer.apply_gradients(zip(gradients, again.trainable_variables, strict=True))
    for ours, theirs in zip(trainer.matrices(), again.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_a_step_is_adams_and_the_loss_falls():
    model = build_word2vec(5, 3, seed=1)
    trainer = WordTrainer(model, 2, "skip-gram", "negatives")
    before = trainer.loss(IDS, REACH, NOISE)
    assert before == pytest.approx(3 * np.log(2))  # zero outputs know nothing
    ids, reach, noise = (np.stack([array] * 60) for array in (IDS, REACH, NOISE))
    losses = trainer.steps(ids, reach, 0.05, noise)
    assert losses[0] == pytest.approx(before) and losses[-1] < constant_loss(2)
    assert trainer.vectors().shape == (5, 3) and trainer.train_s > 0
