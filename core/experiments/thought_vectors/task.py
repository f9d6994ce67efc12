"""What vectors of sentences are learned of, and what they are judged by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.data.language import corpora
from core.data.language.intents import intents
from core.data.language.passages import passages
from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from core.messages import N_, Problem
from core.numeric.language.embeddings import counting
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.thoughts import scores
from core.numeric.language.thoughts.bags import BM25, Counted, Reduced, Texts, TfIdf
from core.numeric.language.thoughts.means import Mean
from core.numeric.language.thoughts.search import Encoder, Matrix, scores_of

HELD_OUT_BOOKS = ("voltaire_candide", "voltaire_micromegas", "voltaire_zadig")
LEAST_PASSAGES = 30
MIN_COUNT = 2
WINDOW = 5  # of counted neighbours
_KEPT, _ASKED, _OUTSIDE = 20, 5, 250  # requests of each intent, and of none, that judge
_SHOWN = 12  # intents that are drawn
_LONGEST = 60
_PART = 100  # texts at a time
Between = Callable[[], object]


@dataclass(frozen=True, eq=False)
class Task:
    """Texts to learn from, and held-out ones.

    training: the words of each text. longest: words of a text that are learned from at most.
    shown: held-out texts that are drawn, and the number of each one's group.
    """

    training: Texts
    longest: int
    shown: Texts
    groups: np.ndarray

    def judge(self, encoder: Encoder, between: Between) -> dict[str, float]:
        """What the encoder's vectors are worth. between: called between parts of the work."""
        raise NotImplementedError

    def probe(self, encoder: Encoder) -> dict[str, float]:
        """What a linear map of its rows tells, also of sparse ones, which takes seconds."""
        return {}


@dataclass(frozen=True, eq=False)
class _Requests(Task):
    kept: tuple[Texts, np.ndarray]
    asked: tuple[Texts, np.ndarray]
    outside: Texts

    def judge(self, encoder: Encoder, between: Between) -> dict[str, float]:
        kept = _in_parts(encoder.kept, self.kept[0], between)
        asked = _in_parts(encoder.asked, self.asked[0], between)
        places, inside = scores.nearest(asked, kept, between)
        none = _in_parts(encoder.asked, self.outside, between)
        outside = scores.nearest(none, kept, between)[1]
        known, truth = self.kept[1], self.asked[1]
        told = {
            "retrieval_accuracy": float((known[places] == truth).mean()),
            "oos_auc": scores.auc(inside, outside),
        }
        if isinstance(kept, np.ndarray):  # a probe needs vectors
            told["probe_accuracy"] = scores.probe_accuracy(kept, known, asked, truth)
        return told

    def probe(self, encoder: Encoder) -> dict[str, float]:
        rows = [encoder.kept(self.kept[0]), encoder.asked(self.asked[0])]
        known, asked = (row if isinstance(row, np.ndarray) else row.toarray() for row in rows)
        share = scores.probe_accuracy(known, self.kept[1], asked, self.asked[1])
        return {"probe_accuracy": share}


@dataclass(frozen=True, eq=False)
class _Book(Task):
    books: tuple[Texts, ...]

    def judge(self, encoder: Encoder, between: Between) -> dict[str, float]:
        shares = []
        for book in self.books:
            asked = _in_parts(encoder.asked, book, between)
            kept = _in_parts(encoder.kept, book, between)
            shares.append(scores.neighbour_auc(scores_of(asked, kept)))
            between()
        return {"neighbour_auc": float(np.mean(shares))}


def task_of(config: ThoughtVectorsConfig) -> Task:
    """The task of a run. Raises Problem if its texts are not here, or too few."""
    if config.corpus == "intents":
        return requests()
    if config.corpus == "voltaire":
        return tales(HELD_OUT_BOOKS)
    name = f"upload:{config.upload}" if config.corpus == "upload" else config.corpus
    own = passages(name)
    if len(own) < LEAST_PASSAGES:
        raise Problem(
            N_(
                "The text has {given} passages of some forty words; at least {least} are needed. "
                "Take a longer text."
            ),
            given=len(own),
            least=LEAST_PASSAGES,
        )
    cut = len(own) * 3 // 5  # the rest is held out
    rest = own[cut:]
    shown = [p.words for p in rest]
    return _Book([p.words for p in own[:cut]], _LONGEST, shown, _chapters(rest), (shown,))


@lru_cache(maxsize=2)
def requests(known: int = _KEPT, asked_of: int = _ASKED, outside: int = _OUTSIDE) -> Task:
    """Requests to an assistant. Judged by so many known ones and asked ones of each intent.

    outside: so many of no intent. Raises Problem if they are not on this machine.
    """
    data = intents()
    kept, asked = _first(data.training.intents, known), _first(data.test.intents, asked_of)
    shown = np.flatnonzero(data.test.intents < _SHOWN)
    return _Requests(
        data.training.sentences,
        _LONGEST,
        [data.test.sentences[i] for i in shown],
        data.test.intents[shown],
        ([data.training.sentences[i] for i in kept], data.training.intents[kept]),
        ([data.test.sentences[i] for i in asked], data.test.intents[asked]),
        data.outside.sentences[:outside],
    )


def _first(classes: np.ndarray, count: int) -> np.ndarray:
    """The places of the first ``count`` of each class."""
    return np.concatenate([np.flatnonzero(classes == c)[:count] for c in np.unique(classes)])


def tales(held_out: Sequence[str], judges: Sequence[str] = HELD_OUT_BOOKS) -> Task:
    """All of Voltaire's tales but some to learn from, and books to judge by.

    Raises Problem if one of them is not on this machine.
    """
    names = dict.fromkeys((*corpora.VOLTAIRE, *corpora.VALIDATION, *HELD_OUT_BOOKS))
    training = [p.words for n in names if n not in held_out for p in passages(n)]
    first = passages(judges[0])
    books = tuple([p.words for p in passages(name)] for name in judges)
    return _Book(training, _LONGEST, books[0], _chapters(first), books)


def _chapters(some: Sequence) -> np.ndarray:
    return np.array([passage.chapter for passage in some], np.int16)


def word_space(
    counted: Counted, texts: Texts, dim: int, seed: int, between: Between = lambda: None
) -> WordSpace:
    """Word vectors counted of the texts themselves: PPMI of near words, and SVD."""
    ids = counted.vocabulary.encode(texts)
    near = counting.cooccurrences(ids, len(counted.vocabulary), WINDOW, between)
    vectors = counting.svd_vectors(counting.ppmi(near), dim, seed, between)
    return WordSpace(counted.vocabulary.words, vectors)


def baselines(
    texts: Texts, dim: int, seed: int, between: Between = lambda: None
) -> dict[str, Encoder]:
    """What needs no network: tf-idf, BM25, tf-idf reduced, and means of counted word vectors."""
    counted = Counted.of(texts, MIN_COUNT)
    space, weighted = word_space(counted, texts, dim, seed, between), TfIdf(counted)
    encoders = (
        weighted,
        BM25(counted),
        Reduced.of(weighted, texts, dim, seed, between),
        Mean.plain(space),
        Mean.sif(space, counted.vocabulary.counts, texts),
    )
    between()
    return {encoder.name: encoder for encoder in encoders}


def _in_parts(function: Callable[[Texts], Matrix], texts: Texts, between: Between) -> Matrix:
    """What a function makes of texts, some at a time."""
    parts = []
    for at in range(0, len(texts), _PART):
        parts.append(function(texts[at : at + _PART]))
        between()
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    from scipy.sparse import vstack

    return vstack(parts, format="csr")
