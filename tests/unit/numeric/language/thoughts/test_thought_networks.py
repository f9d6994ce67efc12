"""Paragraph vectors are the least of a convex function; states of a character model."""

import numpy as np
import pytest
from scipy.optimize import minimize

from core.numeric.language.embeddings.vocabulary import Vocabulary
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.thoughts.networks import (
    CharacterReader,
    ParagraphVectors,
    inferred,
    paragraph_loss,
)


def test_a_paragraph_s_vector_is_the_least_of_its_loss():
    rng = np.random.default_rng(3)
    outputs, bias = (
        rng.standard_normal((5, 30)).astype("f") * 2,
        rng.standard_normal(30).astype("f"),
    )
    counts = rng.poisson(0.3, (6, 30)).astype(float)
    counts[0] = 0
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    vectors = inferred(counts, outputs, bias)
    np.testing.assert_allclose(vectors[0], 0)
    for row, vector in zip(shares[1:], vectors[1:], strict=True):

        def loss(v, row=row):
            return float(paragraph_loss(v[None], row[None], outputs, bias)[0])

        least = minimize(loss, np.zeros(5)).fun
        assert least - 1e-6 <= loss(vector) < least + 2e-3


def test_texts_of_the_same_words_have_the_same_vector():
    rng = np.random.default_rng(4)
    model = ParagraphVectors(
        Vocabulary(tuple("abcd"), np.array([4, 3, 2, 1])),
        rng.standard_normal((3, 4)).astype("f"),
        np.zeros(4, "f"),
    )
    same, turned, other = model.kept([list("abb"), list("bab"), list("cdd")])
    assert same @ turned == pytest.approx(1, abs=1e-6) and same @ other < 0.9


def test_a_character_model_s_last_state_is_that_of_reading_alone():
    rng = np.random.default_rng(5)
    vocabulary, units = "\ufffd\n abc", 4
    weights = {
        "embedding": rng.standard_normal((6, 3)),
        "kernel_0": rng.standard_normal((3, 4 * units)),
        "recurrent_0": rng.standard_normal((units, 4 * units)),
        "bias_0": rng.standard_normal(4 * units),
        "logits_kernel": rng.standard_normal((units, 6)),
        "logits_bias": rng.standard_normal(6),
    }
    model = LanguageModel("lstm", vocabulary, weights)
    states = CharacterReader(model).states([["ab", "c"], ["cabba"]])
    for text, state in zip(("ab c", "cabba"), states, strict=True):
        np.testing.assert_allclose(model.start(text)[1][-1][0], state, atol=1e-5)
