"""Sentence networks in Keras and what NumPy makes of their weights."""

import numpy as np
import pytest

from core.numeric.language.embeddings.space import unit
from core.numeric.language.embeddings.vocabulary import Vocabulary
from core.numeric.language.thoughts import networks

pytestmark = pytest.mark.own_process
VOCABULARY = Vocabulary(tuple("abcdefg"), np.arange(7, 0, -1))
TEXTS = [list("abc"), list("gfedcba"), ["b", "x", "b"], ["x"]]


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_numpy_reads_as_the_encoder_does(cell):
    import keras

    from core.models.language.sentences import build_sentence_autoencoder, reader_weights

    model = build_sentence_autoencoder(7, 12, 5, 6, cell, 0)
    encoder = keras.Model(model.inputs, model.get_layer("encoder").output)
    ids = networks.word_ids(TEXTS, VOCABULARY, 12)
    assert ids[1].tolist() == [7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0] and ids[2, :3].tolist() == [
        2,
        2,
        0,
    ]
    reader = networks.RecurrentReader(cell, VOCABULARY, reader_weights(model), 12)
    np.testing.assert_allclose(reader.states(TEXTS), np.asarray(encoder({"ids": ids})), atol=1e-5)
    np.testing.assert_allclose(reader.kept(TEXTS), unit(reader.states(TEXTS)))
    assert model.output_shape == (None, 12, 8)


def test_the_paragraph_loss_is_numpy_s():
    from core.models.language.sentences import (
        build_paragraph_vectors,
        paragraph_loss,
        paragraph_weights,
    )

    model = build_paragraph_vectors(3, 7, 4, 0)
    ids = networks.word_ids(TEXTS[:3], VOCABULARY, 8)
    vectors = model.get_layer("paragraphs").get_weights()[0] * 20
    model.get_layer("paragraphs").set_weights([vectors])
    weights = paragraph_weights(model)
    shares = np.stack([np.bincount(row[row > 0] - 1, minlength=7) / (row > 0).sum() for row in ids])
    expected = networks.paragraph_loss(vectors, shares, weights["outputs"], weights["bias"])
    ours = paragraph_loss(ids, model(np.arange(3)))
    assert float(ours) == pytest.approx(float(expected.mean()), rel=1e-5)
