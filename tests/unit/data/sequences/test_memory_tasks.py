"""The memory tasks: their definitions, their trivial answers, and that no example comes twice."""

import numpy as np
import pytest

from core.data.sequences.memory_tasks import (
    SYMBOLS,
    TRIVIAL_RMSE,
    Adding,
    Copy,
    adding_answers,
    held_out,
    task,
    training_batch,
)


@pytest.mark.parametrize("length", [20, 21, 100, 400])
def test_adding_marks_one_number_in_each_half_and_asks_for_their_sum(length):
    inputs, targets = Adding(length).examples(np.random.default_rng(1), 500)
    assert inputs.shape == (500, length, 2) and inputs.dtype == np.float32
    values, marks = inputs[..., 0], inputs[..., 1]
    assert values.min() >= 0 and values.max() < 1
    assert set(np.unique(marks)) == {0, 1}
    half = length // 2
    assert (marks[:, :half].sum(1) == 1).all() and (marks[:, half:].sum(1) == 1).all()
    for row in (0, 17, 499):
        first, second = np.flatnonzero(marks[row])
        assert targets[row, 0] == pytest.approx(values[row, first] + values[row, second])
    seen = np.flatnonzero(marks.sum(0))
    assert {0, half - 1, half, length - 1} <= set(seen) or length == 400  # every step may be it


def test_always_answering_one_costs_the_trivial_rmse():
    _, targets = Adding(20).examples(np.random.default_rng(2), 200_000)
    assert abs(TRIVIAL_RMSE - 0.40825) < 1e-5
    assert np.sqrt(np.mean((targets - 1) ** 2)) == pytest.approx(TRIVIAL_RMSE, abs=2e-3)
    best = targets.mean()
    assert best == pytest.approx(1, abs=3e-3)


def test_copy_shows_symbols_then_blanks_then_a_sign_and_asks_for_the_symbols():
    of = Copy(length=20, recall=3)
    inputs, targets = of.examples(np.random.default_rng(3), 4)
    assert inputs.shape == (4, 26, 10) and of.time == 26
    assert (inputs.sum(-1) == 1).all()
    ids = inputs.argmax(-1)
    np.testing.assert_array_equal(ids[:, :3], targets)
    assert (ids[:, 3:22] == SYMBOLS).all()  # 19 blanks
    assert (ids[:, 22] == SYMBOLS + 1).all()  # the sign, T steps after the last symbol
    assert (ids[:, 23:] == SYMBOLS).all()
    assert targets.dtype == np.int32 and targets.min() >= 0 and targets.max() < SYMBOLS


def test_a_batch_is_told_by_seed_and_update_and_is_never_the_test_set():
    of = task("adding", 30, 0)
    first = training_batch(of, seed=0, update=0, count=8)[0]
    np.testing.assert_array_equal(first, training_batch(of, seed=0, update=0, count=8)[0])
    others = [training_batch(of, 0, 1, 8)[0], training_batch(of, 1, 0, 8)[0], held_out(of, 8)[0]]
    for other in others:
        assert not np.isin(first[..., 0], other[..., 0]).all(1).any()
    np.testing.assert_array_equal(held_out(of, 8)[0], held_out(task("adding", 30, 5), 8)[0])


def test_answers_are_those_of_the_marks():
    inputs = np.array([[[0.5, 0], [0.25, 1], [0.75, 1]]], np.float32)
    assert adding_answers(inputs).tolist() == [[1.0]]
