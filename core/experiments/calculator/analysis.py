"""What asking tells of a calculator: an answer, where it fails, what states hold, a digit moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from core.data.language.arithmetic import OPERATIONS, Questions, all_questions, digits
from core.data.language.expressions import MOST_DIGITS
from core.numeric.language.codec import END
from core.numeric.language.seq2seq import Edit, Seq2Seq, Written

LONGEST = 2 * MOST_DIGITS + 1  # steps of an answer: a product's digits and the end
PLACES = LONGEST - 1  # digits of the longest answer


@dataclass(frozen=True)
class Asked:
    """A question and its answer.

    first, operation, second: what was asked. answer: as the network wrote it, "" if it wrote
    nothing. in_range: whether numbers of such lengths are what it has learned. written: of this one
    question, in the order of writing. digit_probabilities: of each character of the answer, in the
    order in which it is read, what the network gave it.
    """

    first: int
    operation: str
    second: int
    answer: str
    in_range: bool
    written: Written
    digit_probabilities: tuple[float, ...]

    @property
    def question(self) -> str:
        """The question as a text: "12+345"."""
        return f"{self.first}{self.operation}{self.second}"

    @property
    def truth(self) -> int:
        """The result."""
        if self.operation == "*":
            return self.first * self.second
        return self.first + (self.second if self.operation == "+" else -self.second)

    @property
    def correct(self) -> bool:
        """Whether the answer is the result, to the letter."""
        return self.answer == str(self.truth)


def ask(
    model: Seq2Seq,
    learned: Mapping[str, int],
    first: int,
    operation: str,
    second: int,
    edit: Edit | None = None,
) -> Asked:
    """Have a network answer. learned: operation -> digits of an operand that it has learned."""
    written = model.write(model.questions([f"{first}{operation}{second}"]), LONGEST, edit)
    ids = written.ids[0]
    chosen = written.chosen()[0][ids > END]  # what is PAD or START is no character
    if model.codec.reverse_answers:
        chosen = chosen[::-1]
    in_range = len(str(max(first, second))) <= learned.get(operation, 0)
    answer = model.codec.text(ids)
    return Asked(first, operation, second, answer, in_range, written, tuple(chosen.tolist()))


class WrongPlaces(NamedTuple):
    """Where wrong answers are wrong.

    asked: how many questions. by_place: of how many of their answers the digit at 10^i is wrong or
    missing or too much, int (PLACES,). sign: of how many the sign is.
    """

    asked: int
    by_place: np.ndarray
    sign: int


def difficulty(questions: Questions) -> np.ndarray:
    """How often a sum carries or a difference borrows; of a product how many digits it has."""
    product = questions.operation == "*"
    return np.where(product, digits(np.abs(questions.results())), questions.carries())


@cache
def counts_by_difficulty(operation: str, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """How many questions there are of each difficulty: those held out, and the others.

    Two int (difficulties,), the first entry for difficulty 0.
    """
    return by_difficulty(all_questions(operation, longest))


def by_difficulty(questions: Questions) -> tuple[np.ndarray, np.ndarray]:
    """How many of these questions there are of each difficulty: held out, and the others."""
    level, held_out = difficulty(questions), questions.held_out()
    return np.bincount(level[held_out]), np.bincount(level[~held_out])


def sample(questions: Questions, most: int) -> Questions:
    """At most so many of the questions, the same ones each time."""
    if len(questions) <= most:
        return questions
    chosen = np.random.default_rng(0).choice(len(questions), most, replace=False)
    return questions[np.sort(chosen)]


def wrong_places(model: Seq2Seq, questions: Questions) -> WrongPlaces:
    """Ask again what was answered wrongly, and see which digits are wrong."""
    by_place, sign = np.zeros(PLACES, int), 0
    answers = model.answers(questions.texts(), LONGEST)
    for answer, truth in zip(answers, questions.answers(), strict=True):
        sign += answer.startswith("-") != truth.startswith("-")
        ours, theirs = (
            np.array(list(text.lstrip("-")[::-1].ljust(PLACES))) for text in (answer, truth)
        )
        by_place += ours[:PLACES] != theirs[:PLACES]
    return WrongPlaces(len(questions), by_place, sign)


def accuracy_by_digits(
    model: Seq2Seq, operation: str, count: int = 20, most: int = MOST_DIGITS
) -> np.ndarray:
    """The share of right answers by the digits of both operands, float (most, most).

    count: questions, at random, for each pair of lengths; always the same ones.
    """
    share = np.empty((most, most))
    for i in range(most):
        for j in range(most):
            rng = np.random.default_rng([OPERATIONS.index(operation), i, j])
            first, second = _of_digits(rng, i + 1, count), _of_digits(rng, j + 1, count)
            questions = Questions(first, np.full(count, operation), second)
            # One length at a time: a network without mask would read the padding of the others.
            answers = model.answers(questions.texts(), LONGEST)
            share[i, j] = np.mean(np.array(answers) == np.array(questions.answers()))
    return share


def comparison_questions(
    operation: str, longest: int, count: int = 400, below: int = 50
) -> Questions:
    """Questions among which many have the same result, no two the same.

    Operands are below ``below`` and have at most ``longest`` digits.
    """
    below = min(below, 10**longest)
    chosen = np.random.default_rng(0).permutation(below * below)[:count]
    first, second = np.divmod(np.sort(chosen), below)
    return Questions(first, np.full(len(first), operation), second)


def encoder_states(model: Seq2Seq, questions: Questions) -> np.ndarray:
    """The decoder's first state after each question, float (questions, features).

    Of an LSTM h and c side by side.
    """
    return np.concatenate(model.encode(model.questions(questions.texts())).state, -1)


def relative_distance(states: np.ndarray, labels: np.ndarray) -> float:
    """Mean distance of two states with the same label over the mean distance of any two.

    states: (n, features). labels: (n,). 0 if equal labels have equal states, about 1 if labels do
    not matter; NaN where no two labels are the same or all states are.
    """
    squares = (states**2).sum(1)
    squared = squares[:, None] + squares[None] - 2 * states @ states.T
    distance = np.sqrt(np.maximum(squared, 0))
    pairs = np.triu(np.ones_like(distance, dtype=bool), 1)
    same = pairs & (labels[:, None] == labels[None])
    if not same.any() or not distance[pairs].any():
        return float("nan")
    return float(distance[same].mean() / distance[pairs].mean())


def digit_places(question: str) -> list[int]:
    """The places of a question's text that have a digit."""
    return [place for place, character in enumerate(question) if character.isdigit()]


def digit_variants(
    model: Seq2Seq, learned: Mapping[str, int], asked: Asked, place: int
) -> list[Asked]:
    """A question with each digit from 0 to 9 at a place of its text, answered.

    A zero in front is left out: "02+3" is asked as "2+3". Raises ValueError
    where the place has no digit.
    """
    question, operation = asked.question, asked.operation
    if place not in digit_places(question):
        raise ValueError(f"place {place} of {question} has no digit")
    variants = []
    for digit in "0123456789":
        first, second = (question[:place] + digit + question[place + 1 :]).split(operation)
        variants.append(ask(model, learned, int(first), operation, int(second)))
    return variants


def _of_digits(rng: np.random.Generator, length: int, count: int) -> np.ndarray:
    """Numbers of exactly so many digits; those of one digit may be 0."""
    return rng.integers(10 ** (length - 1) if length > 1 else 0, 10**length, count)
