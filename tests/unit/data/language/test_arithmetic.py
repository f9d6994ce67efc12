"""Questions against Python's own integers, and what is held out stays so."""

import numpy as np
import pytest

from core.data.language import arithmetic
from core.data.language.arithmetic import (
    HELD_OUT,
    OPERATIONS,
    Questions,
    all_questions,
    digits,
    distinct,
    draw,
    joined,
    longest_factor,
    places,
    training_batch,
    training_set,
)
from tests.by_day import by_day

KINDS = [("+", 3), ("-", 3), ("*", 2)]
OF_PYTHON = {"+": int.__add__, "-": int.__sub__, "*": int.__mul__}


def unordered(questions):
    """Each question as (operation, smaller, larger)."""
    low = np.minimum(questions.first, questions.second).tolist()
    high = np.maximum(questions.first, questions.second).tolist()
    return list(zip(questions.operation.tolist(), low, high, strict=True))


def triples(questions):
    first, second = questions.first.tolist(), questions.second.tolist()
    return list(zip(first, questions.operation.tolist(), second, strict=True))


def schoolbook(first, operation, second):
    """Carries, or borrows from the larger, digit by digit as on paper."""
    larger, smaller = f"{max(first, second):07d}", f"{min(first, second):07d}"
    count = carry = 0
    for one, other in zip(map(int, larger[::-1]), map(int, smaller[::-1]), strict=True):
        over = one + other + carry >= 10 if operation == "+" else other + carry > one
        carry = int(over)
        count += carry
    return count


@pytest.mark.parametrize(("operation", "longest"), [("+", 2), ("-", 2), ("*", 2)])
def test_all_results_are_python_s_own(operation, longest):
    questions = all_questions(operation, longest)
    numbers, count = range(10**longest), 100**longest
    assert len(questions) == len(set(questions.texts())) == count
    of_python = OF_PYTHON[operation]
    expected = [of_python(a, b) for a in numbers for b in numbers]
    assert questions.results().tolist() == expected
    assert questions.answers() == list(map(str, expected))
    assert questions.texts() == [f"{a}{operation}{b}" for a in numbers for b in numbers]


def test_mixed_questions_have_each_its_own_result():
    questions = Questions(
        np.array([12, 3, 999_999, 0]), np.array(list("+-*-")), np.array([345, 88, 999_999, 0])
    )
    assert questions.texts() == ["12+345", "3-88", "999999*999999", "0-0"]
    assert questions.answers() == ["357", "-85", "999998000001", "0"]
    assert questions.lengths().tolist() == [[2, 3], [1, 2], [6, 6], [1, 1]]
    assert joined([questions[:1], questions[1:]]).texts() == questions.texts()


def test_digits_of_the_edges():
    numbers = np.array([0, 9, 10, 99, 100, 999_999, 1_000_000, 10**17])
    assert digits(numbers).tolist() == [len(str(n)) for n in numbers.tolist()]


def test_carries_are_those_on_paper():
    questions = draw(np.random.default_rng(5), 5000, "+-", 6)
    assert questions.carries().tolist() == [schoolbook(a, o, b) for a, o, b in triples(questions)]
    known = {"12+345": 0, "999+1": 3, "5+5": 1, "95+5": 2, "100-1": 2, "1-100": 2, "7-7": 0}
    first, second = zip(*(map(int, text.replace("-", "+").split("+")) for text in known),
                        strict=True)  # fmt: skip
    signs = ["-" if "-" in text else "+" for text in known]
    asked = Questions(np.array(first), np.array(signs), np.array(second))
    assert dict(zip(known, asked.carries().tolist(), strict=True)) == known


def test_a_product_counts_no_carries():
    assert not all_questions("*", 2).carries().any()


@pytest.mark.parametrize(("operation", "longest"), KINDS)
def test_the_split_parts_unordered_pairs_over_the_whole_range(operation, longest):
    questions = all_questions(operation, longest)
    held_out = questions.held_out()
    swapped = Questions(questions.second, questions.operation, questions.first)
    np.testing.assert_array_equal(held_out, swapped.held_out())
    pairs = questions.first <= questions.second  # every unordered pair once
    share, expected = held_out[pairs].mean(), HELD_OUT[operation]
    five_deviations = 5 * np.sqrt(expected * (1 - expected) / pairs.sum())
    assert share == pytest.approx(expected, abs=five_deviations)


def test_each_operation_is_split_apart_and_says_how_much():
    assert HELD_OUT == {"+": 0.1, "-": 0.1, "*": 0.2}
    splits = {o: all_questions(o, 2).held_out() for o in OPERATIONS}
    both = (splits["+"] & splits["-"]).mean()
    assert both < 0.03  # independent parts have 0.1 x 0.1 in common


@pytest.mark.parametrize("operations", ["+", "-", "*", "+-", "+-*"])
@pytest.mark.parametrize("longest", by_day([3], [1, 2, 3]))
def test_nothing_that_is_tested_was_learned(operations, longest):
    tested = set(unordered(arithmetic.test_set(3000, operations, longest)))
    assert tested
    learned = set(unordered(training_set(0, 5000, operations, longest)))
    for update in range(30):
        learned |= set(unordered(training_batch(3, update, 128, operations, longest)))
    assert not tested & learned
    assert all(o in operations for o, *_ in tested | learned)


def test_the_same_seed_asks_the_same():
    def drawn(seed, update):
        return training_batch(seed, update, 64, "+-*", 3).texts()

    assert drawn(1, 2) == drawn(1, 2)
    assert len({tuple(drawn(seed, update)) for seed in (1, 2) for update in (1, 2)}) == 4
    assert training_set(7, 500, "+", 3).texts() == training_set(7, 500, "+", 3).texts()
    assert training_set(7, 500, "+", 3).texts() != training_set(8, 500, "+", 3).texts()
    assert arithmetic.test_set(500, "+-", 3).texts() == arithmetic.test_set(500, "+-", 3).texts()


@pytest.mark.parametrize("count", [1, 16, 512])
@pytest.mark.parametrize(("operations", "longest"), [("+", 1), ("*", 2), ("+-*", 3), ("+-", 5)])
def test_a_batch_has_exactly_as_many_as_were_asked_for(count, operations, longest):
    for update in range(20):
        batch = training_batch(0, update, count, operations, longest)
        assert len(batch) == len(batch.texts()) == count
        assert not batch.held_out().any()


def test_operations_and_lengths_come_equally_often():
    questions = draw(np.random.default_rng(0), 90_000, "+-*", 3)
    for operation, longest in KINDS:
        these = questions[questions.operation == operation]
        assert len(these) / 90_000 == pytest.approx(1 / 3, abs=0.01)
        assert max(these.first.max(), these.second.max()) == 10**longest - 1
        # Of the numbers drawn with k digits at most, those below 10^(k-1) are shorter.
        shares = [sum(10.0 ** (n - k) * (0.9 if n > 1 else 1) for k in range(n, longest + 1))
                  / longest for n in range(1, longest + 1)]  # fmt: skip
        for numbers in (these.first, these.second):
            found = [(digits(numbers) == n).mean() for n in range(1, longest + 1)]
            np.testing.assert_allclose(found, shares, atol=0.02)


def test_a_factor_has_a_digit_less_but_never_none():
    assert [longest_factor(n) for n in (1, 2, 3, 4, 5)] == [1, 1, 2, 3, 4]
    products = draw(np.random.default_rng(0), 2000, "*", 4)
    assert max(products.first.max(), products.second.max()) == 999


def test_sets_hold_no_question_twice_and_all_that_there_are_at_most():
    questions = training_set(0, 3000, "+-*", 2)
    assert len(questions) == len(set(questions.texts())) == 3000
    small = all_questions("+", 1)
    held_out = small.held_out()
    tested = arithmetic.test_set(3000, "+", 1)
    assert sorted(tested.texts()) == sorted(small[held_out].texts())
    assert sorted(training_set(0, 3000, "+", 1).texts()) == sorted(small[~held_out].texts())
    rng = np.random.default_rng(0)
    assert len(distinct(rng, 5, "*", 3, held_out=True)) == 5


@pytest.mark.parametrize(("count", "of"), [(4, 10), (7, 5), (16, 16), (3, 100)])
def test_every_reading_of_a_fixed_set_has_each_question_once(count, of):
    readings = 3
    updates = -(-readings * of // count)
    order = np.concatenate([places(2, update, count, of) for update in range(updates)])
    by_reading = order[: readings * of].reshape(readings, of)
    np.testing.assert_array_equal(np.sort(by_reading, 1), np.tile(np.arange(of), (readings, 1)))
    assert len({tuple(one) for one in by_reading.tolist()}) == readings
    again = np.concatenate([places(2, update, count, of) for update in range(updates)])
    np.testing.assert_array_equal(order, again)
    assert places(3, 0, of, of).tolist() != places(2, 0, of, of).tolist()
