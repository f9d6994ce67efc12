"""Counting and means against examples worked by hand, and against scikit-learn."""

import numpy as np
import pytest
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.thoughts.bags import BM25, K1, B, Counted, Reduced, TfIdf, bags
from core.numeric.language.thoughts.means import SIF_A, Mean, smooth_inverse_frequency
from core.numeric.language.thoughts.search import scores_of

TEXTS = [
    ["the", "cat", "sat", "on", "the", "mat"],
    ["the", "dog", "sat"],
    ["a", "bird", "sang", "on", "the", "roof", "of", "the", "house"],
]
COUNTED = Counted.of(TEXTS)


def test_words_are_counted_and_unknown_ones_left_out():
    table = bags([["the", "cat", "the", "whale"], []], COUNTED.vocabulary).toarray()
    numbers = COUNTED.vocabulary.numbers
    assert table[0, numbers["the"]] == 2 and table[0, numbers["cat"]] == 1
    assert table.sum() == 3
    assert COUNTED.texts == 3 and COUNTED.length == pytest.approx(18 / 3)
    assert COUNTED.having[numbers["the"]] == 3 and COUNTED.having[numbers["cat"]] == 1


def test_tf_idf_is_scikit_learn_s():
    theirs = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)
    weighted = theirs.fit_transform([" ".join(text) for text in TEXTS])
    expected = scipy.sparse.csr_array(weighted).toarray()
    order = [theirs.vocabulary_[word] for word in COUNTED.vocabulary.words]
    ours = TfIdf(COUNTED).kept(TEXTS).toarray()
    np.testing.assert_allclose(ours, expected[:, order], atol=1e-6)


def test_bm25_by_hand():
    model = BM25(COUNTED)
    score = scores_of(model.asked([["cat", "the"]]), model.kept(TEXTS))[0]
    # The first text has 6 words, as long as the average; "cat" once, "the" twice.
    of_cat = np.log(1 + (3 - 1 + 0.5) / (1 + 0.5)) * (K1 + 1) / (1 + K1)
    of_the = np.log(1 + (3 - 3 + 0.5) / (3 + 0.5))
    assert score[0] == pytest.approx(of_cat + of_the * 2 * (K1 + 1) / (2 + K1))
    # The second has "the" once and three words: shorter than the average, so it counts more.
    short = K1 * (1 - B + B * 3 / 6)
    assert score[1] == pytest.approx(of_the * (K1 + 1) / (1 + short))


def test_reduced_to_all_its_axes_tf_idf_keeps_its_cosines():
    weighted = TfIdf(COUNTED)
    reduced = Reduced.of(weighted, TEXTS, 3)
    np.testing.assert_allclose(reduced.axes.T @ reduced.axes, np.eye(3), atol=1e-5)
    whole = scores_of(weighted.asked(TEXTS), weighted.kept(TEXTS))
    np.testing.assert_allclose(
        scores_of(reduced.asked(TEXTS), reduced.kept(TEXTS)), whole, atol=1e-5
    )


def test_sif_by_hand():
    space = WordSpace(("the", "cat", "dog"), np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]))
    counts = [98, 1, 1]
    weights = smooth_inverse_frequency(np.array([0.98, 0.01, 0.01]))
    np.testing.assert_allclose(weights, SIF_A / (SIF_A + np.array([0.98, 0.01, 0.01])))
    texts = [["the", "cat"], ["the", "dog", "whale"]]
    means = np.array(
        [
            (weights[0] * np.array([1, 0]) + weights[1] * np.array([0, 2])) / 2,
            (weights[0] * np.array([1, 0]) + weights[2] * np.array([1, 1])) / 2,
        ]
    )
    shared = np.linalg.eigh(means.T @ means)[1][:, -1]
    expected = means - np.outer(means @ shared, shared)
    np.testing.assert_allclose(Mean.sif(space, counts, texts).means(texts), expected, atol=1e-12)


def test_a_plain_mean_counts_every_word_alike_and_knows_nothing_of_strangers():
    space = WordSpace(("cat", "dog"), np.array([[3.0, 0.0], [0.0, 3.0]]))
    mean = Mean.plain(space)
    np.testing.assert_allclose(mean.means([["cat", "dog", "dog"]]), [[1, 2]])
    np.testing.assert_allclose(mean.kept([["whale"], []]), np.zeros((2, 2)))
