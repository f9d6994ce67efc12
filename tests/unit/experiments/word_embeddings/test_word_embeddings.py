"""Vectors of the invented world find its geometry; what is asked of them; what is refused."""

import numpy as np
import pytest

from core.data.language.words import corpora
from core.events import Epoch, Finished, Started, Step
from core.experiments.word_embeddings import run as word_embeddings_run
from core.experiments.word_embeddings.config import WordEmbeddingsConfig
from core.experiments.word_embeddings.run import MAX_SOFTMAX, NEIGHBOURS, check_words, run
from core.messages import Problem
from core.numeric.language.embeddings.batches import DRAWN, PIECE, fewest_pieces, pieces, with_draws
from core.numeric.language.embeddings.example import constant_loss
from core.numeric.language.embeddings.vocabulary import BREAK, noise_distribution
from tests.contracts.small import small
from tests.events import ended
from tests.unit.experiments.scripts import losses, printed

SMALL = small("word-embeddings")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("word-embeddings")


def test_it_says_what_its_vectors_know_and_what_counting_knows(events):
    started, done = events[0], events[-1]
    assert isinstance(started, Started) and isinstance(done, Finished)
    assert started.references == {"baseline_constant_loss": constant_loss(5)}
    first, last = [event for event in events if isinstance(event, Epoch)]
    words = first.arrays["vocabulary"].tobytes().decode().split("\n")
    assert started.params == 2 * SMALL.dim * len(words) == done.metrics["params"]
    assert first.arrays["counts"].shape == (len(words),)
    assert last.metrics["valid_loss"] < 6 * np.log(2)  # what zero output vectors begin with
    near = last.arrays["neighbours"]
    assert near.shape == (len(last.arrays["points"]), NEIGHBOURS)
    units = done.arrays["vectors"] / np.linalg.norm(done.arrays["vectors"], axis=1)[:, None]
    cosines = units[0] @ units.T
    cosines[0] = -1
    assert near[0, 0] == cosines.argmax()
    assert done.metrics["baseline_spelling_analogy_accuracy"] > 0.1


@pytest.mark.own_process
def test_the_geometry_of_the_world_is_found():
    done = ended(list(run(WordEmbeddingsConfig(epochs=8))))
    assert done.metrics["neighbour_category_accuracy"] > 0.9
    assert done.metrics["analogy_accuracy"] > done.metrics["baseline_random_analogy_accuracy"] + 0.3


@pytest.mark.slow
@pytest.mark.own_process
@pytest.mark.parametrize(
    "changes", [{}, {"method": "cbow", "subsampling": 0.001}, {"objective": "softmax"}]
)
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(SMALL.replace(epochs=1, **changes)))
    text = printed(ended(events).files, tmp_path, "sentences.txt")
    ours = [event.metrics["train_loss"] for event in events if isinstance(event, Step)]
    np.testing.assert_allclose(ours[:10], losses(text)[:10], atol=1e-5)


def test_an_epoch_reads_all_words_in_pieces():
    ids = np.array([0, 1, 2, BREAK] * 40, np.int32)
    rows = pieces(ids, np.array([40, 40, 40]), 0.0, [0])
    assert rows.shape == (3, PIECE)
    assert np.bincount(rows[rows >= 0]).tolist() == [40, 40, 40]
    skipped = pieces(ids, np.array([40, 40, 40]), 0.01, [0])
    assert (skipped >= 0).sum() < 60


@pytest.mark.parametrize("threshold", [0.0, 0.001, 0.1])
def test_an_epoch_has_at_least_so_many_pieces(threshold):
    rng = np.random.default_rng(40)  # another than those that choose what is kept
    ids = rng.choice(50, 60_000, p=noise_distribution(np.arange(50, 0, -1))).astype(np.int32)
    counts = np.bincount(ids, minlength=50)
    drawn = [len(pieces(ids, counts, threshold, [seed])) for seed in range(20)]
    least = fewest_pieces(ids, counts, threshold)
    assert least <= min(drawn) <= least + 20
    assert threshold or least == drawn[0]


def test_of_a_long_corpus_an_epoch_reads_a_part(monkeypatch):
    words = ["le", "roi", "et", "la", "reine", "de", "paris", "ont", "un", "chat", "noir"]
    lines = [[words[(i + j) % len(words)] for j in range(7)] for i in range(1_000)]
    monkeypatch.setattr(corpora, "corpus", lambda name, seed: lines)
    monkeypatch.setattr(word_embeddings_run, "EPOCH_WORDS", 2_400)
    training = word_embeddings_run._WordEmbeddings(SMALL.replace(epochs=7, rows=4), None)
    assert training.parts == 3 and training.updates == 900 * 8 // PIECE // 12
    orders = [training.order(epoch) for epoch in (1, 2, 3, 4)]
    assert {order.shape for order in orders} == {(training.updates, 4, PIECE)}
    whole = pieces(training._ids, training._vocabulary.counts, 0.0, [SMALL.seed, 1])
    read = np.concatenate(orders[:3]).reshape(-1, PIECE)
    np.testing.assert_array_equal(read, whole[: len(read)])
    assert (orders[3] != orders[0]).any()


def test_negatives_are_drawn_as_often_as_they_should():
    counts = np.array([100, 10, 1])
    rows = np.zeros((2_000, PIECE), np.int32)
    reach, noise = with_draws(rows, counts, 3, [0])
    assert noise.shape == (2_000, DRAWN)
    shares = np.bincount(noise.ravel(), minlength=3) / noise.size
    np.testing.assert_allclose(shares, noise_distribution(counts), atol=0.006)
    np.testing.assert_allclose(np.bincount(reach.ravel())[1:] / reach.size, 1 / 3, atol=0.005)


def test_what_cannot_be_learned_from_is_refused():
    with pytest.raises(Problem) as caught:
        check_words(SMALL, 3)
    assert str(caught.value) == (
        "Only 3 words come 5 times or more in this text; at least 10 are needed. Lower the "
        "minimum count, or take a longer text."
    )
    with pytest.raises(Problem) as caught:
        check_words(SMALL.replace(objective="softmax"), MAX_SOFTMAX + 1)
    assert str(caught.value) == (
        "This corpus has 2,001 words; all of them can be compared up to 2,000. Choose negative "
        "samples, or raise the minimum count."
    )
