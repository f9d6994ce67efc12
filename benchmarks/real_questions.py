"""Searching answers to PIAF's real questions: what is learned of one half of the articles, and what
is reached on the other.

A log-linear score: the probability of a stretch among all stretches of the sentences is the
softmax of the sum of its features' weights; learned is what makes those that are the marked answer
likely, by L-BFGS with a penalty on the weights' squares.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from core.data.language import piaf
from core.numeric.language.answering import squad
from core.numeric.language.answering.cut import sentences
from core.numeric.language.answering.spans import SentenceSearch
from core.numeric.language.answering.stretches import SENTENCES
from core.numeric.language.thoughts.bags import Sparse

_PENALTY = 4.0  # chosen on a quarter of the articles to learn from, of 1 to 25
_STEPS = 60  # of L-BFGS


class Given(NamedTuple):
    """All that is known of PIAF's sentences. home: of a question, where its answer begins."""

    search: SentenceSearch
    passage: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, known: piaf.Piaf) -> "Given":
        """The sentences of all passages."""
        cut = [(p, *part) for p, one in enumerate(known.passages) for part in sentences(one.text)]
        search = SentenceSearch(tuple(text for _, _, text in cut))
        return cls(search, np.array([p for p, _, _ in cut]), np.array([at for _, at, _ in cut]))

    def home(self, one: piaf.Asked) -> int:
        """The sentence in which the marked answer begins."""
        return int(np.flatnonzero((self.passage == one.passage) & (self.starts <= one.start))[-1])

    def likeliest(self, one: piaf.Asked, scores: np.ndarray) -> list[int]:
        """The sentences of the question's passage that are searched, the likest first."""
        own = np.flatnonzero(self.passage == one.passage)
        return own[np.argsort(-scores[own], kind="stable")][:SENTENCES].tolist()


def real_questions() -> tuple[dict[str, float], np.ndarray]:
    """What is reached on the half of PIAF that is judged by, and the weights of the features."""
    known = piaf.piaf()
    given = Given.of(known)
    learned, judged = piaf.halves(known)
    weights = learn(given, learned).astype(np.float16).astype(float)  # as they are kept
    reached: dict[str, list[float]] = {}
    for one in judged:
        for name, value in _reached(given, one, weights).items():
            reached.setdefault(name, []).append(value)
    shares = {name: round(float(np.mean(values)), 4) for name, values in reached.items()}
    print(shares, flush=True)
    return {**shares, "judged": len(judged), "learned": len(learned)}, weights


def _reached(given: Given, one: piaf.Asked, weights: np.ndarray) -> dict[str, float]:
    """Exact match and F1 of what is answered, by what is given. most: the best stretch there is."""
    search, home = given.search, given.home(one)
    scores = search.scores(one.question)
    near = given.likeliest(one, scores)
    anywhere = np.argsort(-scores, kind="stable")[:SENTENCES].tolist()
    told = {
        "": search.answers_in(one.question, weights, near, scores)[0].answer,
        "home_": search.answers_in(one.question, weights, [home], scores)[0].answer,
        "open_": search.answers_in(one.question, weights, anywhere, scores)[0].answer,
        "whole_": search.texts[near[0]],
        "most_": max(
            (
                seen.stretch(first, last)
                for seen in map(search.seen, near)
                for first, last in seen.ends
            ),
            key=lambda stretch: squad.f1(stretch, one.answer),
        ),
    }
    return {
        "sentence": float(near[0] == home),
        "passage": float(given.passage[anywhere[0]] == one.passage),
        **{f"{name}exact": squad.exact_match(answer, one.answer) for name, answer in told.items()},
        **{f"{name}f1": squad.f1(answer, one.answer) for name, answer in told.items()},
    }


def learn(given: Given, asked: Sequence[piaf.Asked], penalty: float = _PENALTY) -> np.ndarray:
    """The weights of the features, float (features,)."""
    tables, right, counts = [], [], []
    for one in asked:
        scores, count = given.search.scores(one.question), 0
        near = given.likeliest(one, scores)
        for place, table in given.search.stretches(one.question, near, scores):
            seen = given.search.seen(place)
            right += [squad.exact_match(seen.stretch(*ends), one.answer) for ends in seen.ends]
            tables.append(table)
            count += len(table)
        counts.append(count)
    table = np.concatenate(tables)
    ones, rows = np.ones(table.size, np.float32), np.arange(0, table.size + 1, table.shape[1])
    size = given.search.templates.count
    return _likeliest(
        csr_matrix((ones, table.ravel(), rows), shape=(len(table), size)),
        np.array(right, np.float32),
        np.array(counts),
        penalty,
    )


def _likeliest(
    features: Sparse, right: np.ndarray, counts: np.ndarray, penalty: float
) -> np.ndarray:
    """The weights that make the right rows of each question likely; counts: its rows."""
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    question = np.repeat(np.arange(len(counts)), counts)
    has = np.add.reduceat(right, first) > 0  # no stretch is the answer: nothing to learn
    transposed = features.T.tocsr()

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = features @ weights.astype(np.float32)
        shares = np.exp(scores - np.maximum.reduceat(scores, first)[question])
        shares /= np.add.reduceat(shares, first)[question]
        reached = np.where(has, np.maximum(np.add.reduceat(shares * right, first), 1e-12), 1)
        gradient = shares * has[question] - shares * right / reached[question]
        value = -np.log(reached).sum() + penalty / 2 * weights @ weights
        return value, transposed @ gradient.astype(np.float32) + penalty * weights

    start = np.zeros(features.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
