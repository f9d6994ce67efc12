"""How much of each kind of vectors is joined: chosen on some questions, scored on the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from core.data.language.words.questions import Questions
from core.numeric.language.embeddings import scores
from core.numeric.language.embeddings.space import WordSpace

AIMS = {"odd_one_out": 0.9, "neighbour_category_accuracy": 0.78, "analogy_accuracy": 0.25}
Choice = tuple[float, ...]  # how much of each kind of vectors
_EACH = 200  # questions after strangers among the words of a category


class Answers(NamedTuple):
    """What a space answers rightly, bool, metric by metric, with what each question is about.

    odd, near: (questions,); their kinds are categories. analogies: (questions,); words: its pairs,
    int (questions, 4).
    """

    odd: np.ndarray
    odd_kinds: np.ndarray
    near: np.ndarray
    near_kinds: np.ndarray
    analogies: np.ndarray
    words: np.ndarray


def answers_of(space: WordSpace, asked: Questions) -> Answers:
    """Ask a space everything."""
    questions = scores.analogy_questions(space, asked.analogies)
    right = scores.answered(space, questions) == questions.words[:, 3]
    return Answers(
        *scores.strangers_told(space, asked.categories, _EACH),
        *scores.near_of_a_kind(space, asked.categories),
        right,
        questions.words,
    )


class Half(NamedTuple):
    """Half of the questions: bool (categories,), and bool (words,) of the second word of pairs."""

    kinds: np.ndarray
    words: np.ndarray


def halves(kinds: int, words: int, seed: int) -> tuple[Half, Half]:
    """The questions in two halves, drawn by ``seed``."""
    rng = np.random.default_rng([38, seed])
    first = Half(rng.permutation(kinds) < kinds // 2, rng.random(words) < 0.5)
    return first, Half(~first.kinds, ~first.words)


def metrics_of(answers: Answers, half: Half | None = None) -> dict[str, float]:
    """The scores by name, of all questions or of one half: of pairs, both are to be in it.

    What is near a word, and who the strangers are, may be of the other half.
    """
    right = (answers.odd, answers.near, answers.analogies)
    if half:
        asked = half.words[answers.words]
        kept = (
            half.kinds[answers.odd_kinds],
            half.kinds[answers.near_kinds],
            asked[:, 1] & asked[:, 3],
        )
        right = tuple(some[part] for some, part in zip(right, kept, strict=True))
    return {name: scores.share(some) for name, some in zip(AIMS, right, strict=True)}


def chosen(candidates: Mapping[Choice, Answers], half: Half | None = None) -> Choice:
    """The candidate that is furthest above its aims where it is furthest below them."""

    def margin(candidate: Choice) -> float:
        reached = metrics_of(candidates[candidate], half)
        return min(reached[name] / aim for name, aim in AIMS.items())

    return max(candidates, key=margin)


def held_out(candidates: Mapping[Choice, Answers], words: int, splits: int) -> dict[str, float]:
    """The mean scores of what is chosen on one half of the questions, scored on the other.

    Each of so many ``splits`` is used both ways.
    """
    kinds = int(max(answers.near_kinds.max() for answers in candidates.values())) + 1
    pairs = [halves(kinds, words, seed) for seed in range(splits)]
    reached = [
        metrics_of(candidates[chosen(candidates, seen)], unseen)
        for first, second in pairs
        for seen, unseen in ((first, second), (second, first))
    ]
    return {name: float(np.mean([one[name] for one in reached])) for name in AIMS}
