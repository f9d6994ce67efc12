"""What a space answers: candidates with their scores, and what is marked on the map."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.numeric.language.embeddings.space import Scored
from pages.language.word_embeddings.query import Asked
from pages.language.word_embeddings.spaces import Space
from pages.language.word_embeddings.wordmap.shown import Answer, Line, Mark
from ui.texts import _, number

_ANSWERS, _STEPS = 10, 7


def answer(space: Space, asked: Asked, *, exclude: bool) -> Answer:
    """The answer to a question. Raises Problem if one of its words is not in the space.

    exclude: the words of an analogy are no answers to it.
    """
    match asked.kind:
        case "word":
            return _neighbours(space, asked)
        case "path":
            return _path(space, asked)
        case "odd":
            return _odd_one_out(space, asked)
    return _analogy(space, asked, exclude)


def _marks(space: Space, scored: Sequence[Scored], kind: str) -> list[Mark]:
    return [Mark(word, kind, space.words.numbers[word]) for word, _score in scored]


def _asked(space: Space, words: Sequence[str]) -> list[Mark]:
    numbers = dict.fromkeys(space.words.number(word) for word in words)
    return [Mark(space.words.words[i], "asked", i) for i in numbers]


def _neighbours(space: Space, asked: Asked) -> Answer:
    (own,) = _asked(space, asked.words)
    near = space.words.neighbours(own.word, _ANSWERS)
    note = _("It comes {count} times in the corpus. Cosines over all {words} words.").format(
        count=number(int(space.words.counts[own.number]), 0),
        words=number(len(space.words.words), 0),
    )
    return Answer(
        _("Nearest to {word}").format(word=own.word),
        note,
        [(word, cosine, "near") for word, cosine in near],
        [own, *_marks(space, near, "near")],
    )


def _analogy(space: Space, asked: Asked, exclude: bool) -> Answer:
    a, b, c = asked.words
    marks = _asked(space, asked.words)
    scored = space.words.analogy(a, b, c, _ANSWERS, exclude=exclude)
    own = {mark.word for mark in marks}
    numbers = [space.words.number(word) for word in (a, b, c)]
    best = space.words.numbers[scored[0].word]
    lines = [Line(numbers[0], numbers[1], arrow=True)]
    if best not in numbers:
        marks.append(Mark(scored[0].word, "best", best))
        lines.append(Line(numbers[2], best, arrow=True, dashed=True))
    note = (
        _("The question’s own words are left out; allow them under More.")
        if exclude
        else _("○ marks the question’s own words, which may be answers here.")
    )
    rows = [(word, cosine, "asked" if word in own else "near") for word, cosine in scored]
    return Answer(asked.text, note, rows, marks, lines)


def _odd_one_out(space: Space, asked: Asked) -> Answer:
    marks = _asked(space, asked.words)
    units = space.words.units[[mark.number for mark in marks]]
    cosines = units @ units.T
    means = (cosines.sum(1) - np.diag(cosines)) / (len(marks) - 1)
    order = np.argsort(means)
    odd = marks[order[0]].word
    return Answer(
        _("The odd one out: {word}").format(word=odd),
        _("Mean cosine of each word with the others: the odd one has the smallest."),
        [
            (marks[i].word, float(means[i]), "best" if marks[i].word == odd else "near")
            for i in order
        ],
        [Mark(m.word, "best" if m.word == odd else "asked", m.number) for m in marks],
    )


def _path(space: Space, asked: Asked) -> Answer:
    start, end = _asked(space, asked.words) * (1 if asked.words[0] != asked.words[1] else 2)
    between = space.words.path(start.word, end.word, _STEPS)
    marks = [start, *_marks(space, between, "near"), end]
    lines = [Line(one.number, other.number) for one, other in pairwise(marks)]
    return Answer(
        asked.text,
        _("From point to point of the straight line between them: the nearest word, each once."),
        [(word, cosine, "near") for word, cosine in between],
        marks,
        lines,
    )
