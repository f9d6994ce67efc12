"""What asking tells of a calculator, against questions counted and answered by hand."""

from typing import Any

import numpy as np
import pytest

from core import pretrained
from core.data.language.arithmetic import Questions, all_questions
from core.experiments.calculator.analysis import (
    accuracy_by_digits,
    ask,
    comparison_questions,
    counts_by_difficulty,
    difficulty,
    digit_places,
    digit_variants,
    encoder_states,
    relative_distance,
    sample,
    wrong_places,
)
from core.numeric.language.seq2seq import Seq2Seq

LEARNED = {"+": 3, "-": 3, "*": 2}


class _Calculator:
    """Answers as a function says, in the place of a network."""

    def __init__(self, says):
        self.says = says

    def answers(self, texts, longest):
        return [self.says(text)[:longest] for text in texts]


def calculator(says) -> Any:
    """In the place of a network."""
    return _Calculator(says)


def asked(*texts):
    found = []
    for text in texts:
        sign = next(c for c in "+-*" if c in text)
        first, second = text.split(sign)
        found.append((int(first), sign, int(second)))
    first, signs, second = zip(*found, strict=True)
    return Questions(np.array(first), np.array(signs), np.array(second))


@pytest.fixture(scope="module")
def shipped():
    return pretrained.load("calculator", Seq2Seq)[0]


def test_difficulty_is_carries_or_the_digits_of_a_product():
    questions = asked("12+345", "999+1", "88-907", "9*9", "99*99", "0*7")
    assert difficulty(questions).tolist() == [0, 3, 2, 2, 4, 1]


def test_all_questions_are_counted_once_by_difficulty():
    held_out, others = counts_by_difficulty("+", 1)
    assert others.sum() + held_out.sum() == 100
    # 45 pairs of digits have a sum above 9.
    assert (np.pad(held_out, (0, 2))[:2] + np.pad(others, (0, 2))[:2]).tolist() == [55, 45]
    assert held_out.sum() == all_questions("+", 1).held_out().sum()


def test_a_sample_is_the_same_each_time_and_leaves_few_as_they_are():
    every = all_questions("*", 1)
    assert sample(every, 100) is every
    some = sample(every, 10)
    assert len(set(some.texts())) == 10
    assert some.texts() == sample(every, 10).texts()


def test_wrong_digits_are_counted_by_their_places():
    said = {"12+345": "367", "999+1": "000", "88-907": "819"}
    found = wrong_places(calculator(said.get), asked(*said))
    assert found.asked == 3
    # 357 against 367: the tens; 1000 against 000: the thousands are missing; -819: the sign.
    assert found.by_place[:5].tolist() == [0, 1, 0, 1, 0]
    assert found.by_place.sum() == 2
    assert found.sign == 1


def test_an_empty_answer_has_every_digit_wrong():
    found = wrong_places(calculator(lambda text: ""), asked("12+345"))
    assert found.by_place[:4].tolist() == [1, 1, 1, 0]


def test_accuracy_by_digits_knows_what_is_asked_where():
    def up_to_two_digits(text):
        first, second = text.split("+")
        return str(int(first) + int(second)) if max(len(first), len(second)) < 3 else "?"

    share = accuracy_by_digits(calculator(up_to_two_digits), "+", count=5, most=4)
    expected = np.zeros((4, 4))
    expected[:2, :2] = 1
    assert np.array_equal(share, expected)


def test_questions_to_compare_are_different_and_below_the_bound():
    questions = comparison_questions("+", 3)
    assert len(set(questions.texts())) == len(questions) == 400
    assert max(questions.first.max(), questions.second.max()) < 50
    assert len(comparison_questions("*", 1)) == 100  # there are no more of single digits


def test_the_state_handed_over_is_that_of_each_question_alone(shipped):
    questions = asked("1+2", "123+45")
    together = encoder_states(shipped, questions)
    assert together.shape == (2, 2 * shipped.units)
    for row, text in zip(together, questions.texts(), strict=True):
        alone = np.concatenate(shipped.encode(shipped.questions([text])).state, -1)[0]
        assert row == pytest.approx(alone, abs=1e-5)


def test_relative_distance_by_hand():
    states = np.array([[0.0, 0], [3, 4], [0, 0], [3, 4]])
    assert relative_distance(states, np.array([1, 2, 1, 2])) == 0
    # Pairs: 4 of distance 5, 2 of distance 0, a mean of 10/3; those of equal labels here have 5.
    assert relative_distance(states, np.array([1, 1, 2, 2])) == pytest.approx(1.5)
    assert np.isnan(relative_distance(states, np.array([1, 2, 3, 4])))
    assert np.isnan(relative_distance(np.ones((3, 2)), np.array([1, 1, 2])))


def test_relative_distance_does_not_depend_on_scale_or_place():
    rng = np.random.default_rng(0)
    states, labels = rng.standard_normal((30, 5)), rng.integers(0, 4, 30)
    ratio = relative_distance(states, labels)
    assert relative_distance(7 * states + 3, labels) == pytest.approx(ratio)


def test_each_digit_at_a_place_is_asked(shipped):
    variants = digit_variants(shipped, LEARNED, ask(shipped, LEARNED, 12, "+", 345), 0)
    expected = ["2+345", *(f"{digit}2+345" for digit in range(1, 10))]
    assert [v.question for v in variants] == expected
    assert [v.truth for v in variants] == [347 + 10 * digit for digit in range(10)]
    assert variants[4].answer == ask(shipped, LEARNED, 42, "+", 345).answer


def test_a_place_without_a_digit_is_refused(shipped):
    assert digit_places("12+345") == [0, 1, 3, 4, 5]
    with pytest.raises(ValueError, match="place 2 of 12\\+345 has no digit"):
        digit_variants(shipped, LEARNED, ask(shipped, LEARNED, 12, "+", 345), 2)
