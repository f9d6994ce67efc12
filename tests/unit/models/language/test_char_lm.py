"""The Keras model and its NumPy copy say the same; a batch in parts is a batch."""

from unittest.mock import Mock

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.language.char_lm import build_char_lm, to_numpy
from core.models.language.char_training import CharTrainer, _even_slices
from core.numeric.recurrent.cells import CELLS

VOCABULARY = "\ufffd\nabcdefg"
TEXT = "abc\ngfedcba\nbad"


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 2])
def test_numpy_copy_scores_a_text_as_keras_does(cell, layers):
    model = build_char_lm(len(VOCABULARY), cell, units=16, layers=layers, embedding_dim=4, seed=5)
    ours = to_numpy(model, cell, VOCABULARY)
    ids = ours.encode("\n" + TEXT)[None]
    states = [tf.zeros((1, 16)) for _ in range(layers * CELLS[cell].states)]
    logits = np.array(model([tf.constant(ids[:, :-1]), *states])[0])[0]
    logits[:, 0] = -np.inf  # index 0 is never written
    log_probs = np.array(tf.nn.log_softmax(logits))
    expected = -log_probs[np.arange(len(TEXT)), ids[0, 1:]] / np.log(2)
    np.testing.assert_allclose(ours.surprise_bits(TEXT), expected, atol=1e-5)


def test_same_seed_same_weights():
    first, second, other = (build_char_lm(9, "gru", 16, seed=seed) for seed in (1, 1, 2))
    for a, b in zip(first.get_weights(), second.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert np.abs(first.get_weights()[1] - other.get_weights()[1]).max() > 0.01


def test_a_batch_in_parts_teaches_what_the_whole_teaches(monkeypatch):
    draw = np.random.default_rng(0)
    batches = draw.integers(1, 9, (4, 2, 6, 10)).astype(np.int32)
    losses, weights = [], []
    for operations in (3e9, 1e5):
        monkeypatch.setattr("core.models.language.char_training._CALL_OPERATIONS", operations)
        model = build_char_lm(9, "lstm", 16, embedding_dim=4, seed=1)
        between = Mock()
        trainer = CharTrainer(model, batch=6, length=10, clip_norm=1.0, between=between)
        losses.append(trainer.steps(batches[:, 0], batches[:, 1], 1e-2))
        weights.append(model.get_weights())
        assert between.call_count == 4 * len(trainer.rows)
    assert len(trainer.rows) == 6
    np.testing.assert_allclose(*losses, atol=1e-5)
    for a, b in zip(*weights, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-3)


def test_slices_cover_the_batch_evenly():
    parts = _even_slices(10, 4)
    assert [(p.start, p.stop) for p in parts] == [(0, 3), (3, 7), (7, 10)]


def test_the_state_is_carried_until_it_is_reset():
    model = build_char_lm(9, "rnn", 16, seed=1)
    x = np.ones((2, 5), np.int32)
    trainer = CharTrainer(model, 2, 5, 0.0)
    first = trainer.step(x, x, 0.0)
    carried = trainer.step(x, x, 0.0)
    trainer.reset_state()
    assert trainer.step(x, x, 0.0) == pytest.approx(first, abs=1e-6)
    assert abs(carried - first) > 1e-4


def test_gru_is_the_course_s():
    layer = build_char_lm(9, "gru", 16).get_layer("gru_0")
    assert isinstance(layer, keras.layers.GRU) and not layer.reset_after
