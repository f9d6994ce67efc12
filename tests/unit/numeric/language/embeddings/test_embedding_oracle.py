"""gensim's word2vec and its answers are ours, on a tiny corpus."""

from typing import Any

import numpy as np
import pytest
from gensim.models import KeyedVectors, Word2Vec

from core.data.language.words import world
from core.numeric.language.embeddings import scores
from core.numeric.language.embeddings.example import negative_sampling
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.embeddings.vocabulary import (
    Vocabulary,
    keep_probabilities,
    noise_distribution,
)

THRESHOLD = 0.01
RATE = 1e-5
TABLE = 0.013  # their sigmoid is a table, which tells scores by steps of 0.012


@pytest.fixture(scope="module")
def sentences():
    return world.sentences(300, 0)


@pytest.fixture(scope="module")
def space(sentences):
    words = Vocabulary.of(sentences, 2).words
    return WordSpace(words, np.random.default_rng(0).normal(size=(len(words), 12)))


@pytest.fixture(scope="module")
def theirs(space):
    keyed = KeyedVectors(12)
    keyed.add_vectors(list(space.words), space.vectors.astype(np.float32))
    return keyed


def test_words_are_kept_and_drawn_as_often(sentences):
    ours = Vocabulary.of(sentences, 2)
    model: Any = Word2Vec(vector_size=4, min_count=2, sample=THRESHOLD, sg=1, negative=5)
    model.build_vocab(sentences)
    assert set(model.wv.index_to_key) == set(ours.words)
    order = [ours.numbers[word] for word in model.wv.index_to_key]
    counts = ours.counts[order]
    assert [model.wv.get_vecattr(w, "count") for w in model.wv.index_to_key] == counts.tolist()
    keep = [model.wv.get_vecattr(w, "sample_int") / 2**32 for w in model.wv.index_to_key]
    np.testing.assert_allclose(keep, keep_probabilities(counts, THRESHOLD), atol=1e-6)
    drawn = np.diff(model.cum_table, prepend=0) / model.cum_table[-1]
    np.testing.assert_allclose(drawn, noise_distribution(counts), atol=1e-6)


def test_a_step_of_skip_gram_is_theirs():
    model: Any = Word2Vec(
        vector_size=4, min_count=1, window=1, sample=0, sg=1, negative=5, workers=1
    )
    model.build_vocab([["roi", "reine"]])
    inputs = np.random.default_rng(1).normal(size=(2, 4)).astype(np.float32)
    model.wv.vectors[:] = inputs
    model.train([["roi", "reine"]], total_examples=1, epochs=1, start_alpha=RATE, end_alpha=RATE)
    # Each word is told from the other, and from those of the five draws that are not itself; how
    # many these were stands in the step.
    gradients = -model.syn1neg / RATE
    for true, other in ((0, 1), (1, 0)):
        (mine, drawn) = np.linalg.lstsq(inputs[[other, true]].T, 2 * gradients[true])[0]
        assert mine == pytest.approx(-1, abs=TABLE)
        draws = round(float(drawn))
        assert 0 <= draws <= 5
        once = negative_sampling(inputs[other], np.zeros((2, 4)))
        again = negative_sampling(inputs[true], np.zeros((1 + draws, 4)))
        expected = once.output_gradient[0] + again.output_gradient[1:].sum(0)
        np.testing.assert_allclose(gradients[true], expected, atol=5 * TABLE)


def test_answers_are_theirs(space, theirs):
    for word in ("roi", "paris"):
        near = theirs.most_similar(word, topn=5)
        assert [one.word for one in space.neighbours(word, 5)] == [name for name, _ in near]
        np.testing.assert_allclose(
            [one.score for one in space.neighbours(word, 5)],
            [score for _, score in near],
            atol=1e-5,
        )
    asked = theirs.most_similar(positive=["femme", "roi"], negative=["homme"], topn=3)
    ours = space.analogy("homme", "femme", "roi", 3)
    assert [one.word for one in ours] == [name for name, _ in asked]


def test_the_odd_one_out_is_theirs(space, theirs):
    rng = np.random.default_rng(2)
    for _ in range(20):
        asked = rng.choice(len(space.words), 5, replace=False)
        units = space.units[asked]
        odd = space.words[asked[(units @ units.T).sum(1).argmin()]]
        assert odd == theirs.doesnt_match([space.words[i] for i in asked])


def test_the_judgement_of_people_is_compared_as_theirs(space, theirs, tmp_path):
    rng = np.random.default_rng(3)
    judged = [
        (space.words[a], space.words[b], float(value))
        for (a, b), value in zip(
            rng.integers(0, len(space.words), (30, 2)), rng.normal(size=30), strict=True
        )
    ]
    file = tmp_path / "pairs.tsv"
    file.write_text("".join(f"{a}\t{b}\t{v}\n" for a, b, v in judged), encoding="utf-8")
    _, spearman, _ = theirs.evaluate_word_pairs(str(file))
    assert scores.wordsim_spearman(space, judged) == pytest.approx(spearman.statistic, abs=1e-6)
