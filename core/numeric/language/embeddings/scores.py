"""Is a space good: analogies, the odd one out, the neighbour's category, and people's judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import spearmanr

from core.numeric.language.embeddings.space import WordSpace

_PARTNERS = (1, 2, 5)  # how far behind a pair stand those that it is asked with
_AT_ONCE = 200  # questions in one product


class Analogies(NamedTuple):
    """Questions a : b = c : d by the numbers of their words, int (n, 4), and their kinds (n,)."""

    words: np.ndarray
    kinds: np.ndarray
    names: tuple[str, ...]


def analogy_questions(
    space: WordSpace, pairs: Mapping[str, Sequence[tuple[str, str]]]
) -> Analogies:
    """Each pair that the space knows, asked with three others of its kind."""
    rows, kinds = [], []
    for kind, known in enumerate(pairs.values()):
        numbers = [
            (space.numbers[a], space.numbers[b])
            for a, b in known
            if a in space.numbers and b in space.numbers
        ]
        for i, (c, d) in enumerate(numbers):
            others = {(i + step) % len(numbers) for step in _PARTNERS} - {i}
            rows += [(*numbers[other], c, d) for other in sorted(others)]
            kinds += [kind] * len(others)
    return Analogies(
        np.array(rows, np.int64).reshape(-1, 4), np.array(kinds, np.int64), tuple(pairs)
    )


def answered(
    space: WordSpace,
    questions: Analogies,
    *,
    exclude: bool = True,
    between: Callable[[], object] = lambda: None,
) -> np.ndarray:
    """The number of the word that each question is answered with, int (n,).

    exclude: the question's own words are no answers. between: called after some hundred.
    """
    answers = []
    for at in range(0, len(questions.words), _AT_ONCE):
        asked = questions.words[at : at + _AT_ONCE, :3]
        a, b, c = (space.units[asked[:, i]] for i in range(3))
        cosines = (b - a + c) @ space.units.T
        if exclude:
            np.put_along_axis(cosines, asked, -np.inf, axis=1)
        answers.append(cosines.argmax(1))
        between()
    return np.concatenate(answers) if answers else np.zeros(0, np.int64)


def share_by_kind(questions: Analogies, answers: np.ndarray) -> dict[str, float]:
    """The share of right answers of each kind that was asked."""
    right = answers == questions.words[:, 3]
    return {
        name: float(right[questions.kinds == kind].mean())
        for kind, name in enumerate(questions.names)
        if (questions.kinds == kind).any()
    }


def analogy_accuracy(questions: Analogies, answers: np.ndarray) -> float:
    """The share of questions that are answered with the very word; 0 if there are none."""
    return share(answers == questions.words[:, 3])


def known_members(
    space: WordSpace, categories: Mapping[str, Sequence[str]]
) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the categories' words that the space knows, and each one's category."""
    known = [
        (space.numbers[word], kind)
        for kind, members in enumerate(categories.values())
        for word in members
        if word in space.numbers
    ]
    table = np.array(known, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def near_of_a_kind(
    space: WordSpace, categories: Mapping[str, Sequence[str]]
) -> tuple[np.ndarray, np.ndarray]:
    """Whether the nearest of all words of the categories is of a word's own, and which that is.

    Returns bool (words,) and int (words,), the words being those that the space knows.
    """
    numbers, kinds = known_members(space, categories)
    if len(numbers) < 2:
        return np.zeros(0, bool), np.zeros(0, np.int64)
    cosines = space.units[numbers] @ space.units[numbers].T
    np.fill_diagonal(cosines, -np.inf)
    return kinds[cosines.argmax(1)] == kinds, kinds


def neighbour_category_accuracy(space: WordSpace, categories: Mapping[str, Sequence[str]]) -> float:
    """Of all words of the categories, the share whose nearest one among them is of their own."""
    return share(near_of_a_kind(space, categories)[0])


def strangers_told(
    space: WordSpace, categories: Mapping[str, Sequence[str]], each: int = 50, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Whether the stranger among four words of a category is told, and of which category they are.

    It is the word whose cosines with the others sum to the least. each: questions of a category
    that has four known words, drawn by ``seed``. Returns bool (questions,) and int (questions,).
    """
    numbers, kinds = known_members(space, categories)
    rng, right, asked_of = np.random.default_rng([32, seed]), [], []
    for kind in np.unique(kinds):
        own, others = numbers[kinds == kind], numbers[kinds != kind]
        if len(own) < 4 or not len(others):
            continue
        for _ in range(each):
            asked = np.append(rng.choice(own, 4, replace=False), rng.choice(others))
            units = space.units[asked]
            right.append(int((units @ units.T).sum(1).argmin()) == 4)
            asked_of.append(kind)
    return np.array(right, bool), np.array(asked_of, np.int64)


def odd_one_out(
    space: WordSpace, categories: Mapping[str, Sequence[str]], each: int = 50, seed: int = 0
) -> float:
    """How often the stranger is told, as for ``strangers_told``: chance is one in five."""
    return share(strangers_told(space, categories, each, seed)[0])


def scores_of(
    space: WordSpace,
    analogies: Mapping[str, Sequence[tuple[str, str]]],
    categories: Mapping[str, Sequence[str]],
    judged: Sequence[tuple[str, str, float]] = (),
    between: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """The scores of a space by name; ``between`` is called now and then.

    judged: as for ``wordsim_spearman``, which is a score where there are any.
    """
    questions = analogy_questions(space, analogies)
    spearman = {"wordsim_spearman": wordsim_spearman(space, judged)} if judged else {}
    return {
        "analogy_accuracy": analogy_accuracy(
            questions, answered(space, questions, between=between)
        ),
        "odd_one_out": odd_one_out(space, categories),
        "neighbour_category_accuracy": neighbour_category_accuracy(space, categories),
        **spearman,
    }


def share(right: np.ndarray) -> float:
    """The share of what is right, bool (n,); 0 if nothing was asked."""
    return float(right.mean()) if len(right) else 0.0


def wordsim_spearman(space: WordSpace, judged: Sequence[tuple[str, str, float]]) -> float:
    """Spearman's correlation of cosines with people's judgements, of the pairs that are known."""
    known = [row for row in judged if row[0] in space.numbers and row[1] in space.numbers]
    if len(known) < 3:
        return 0.0
    cosines = [float(space.vector(a) @ space.vector(b)) for a, b, _ in known]
    correlation: Any = spearmanr(cosines, [value for *_, value in known])
    return float(correlation.statistic)
