"""Contiguous batches: rows go on where they stopped, targets are the next characters."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.language.contiguous import (
    contiguous_batches,
    endless_batches,
    steps_per_epoch,
    vocabulary_of,
)


@given(st.integers(2, 500), st.integers(1, 7), st.integers(1, 11), st.integers(0, 1000))
def test_rows_are_streams_of_the_text(characters, batch, length, offset):
    ids = np.arange(characters)
    pieces = list(contiguous_batches(ids, batch, length, offset % characters))
    assert len(pieces) == steps_per_epoch(characters, batch, length)
    for inputs, targets in pieces:
        assert inputs.shape == targets.shape == (batch, length)
        np.testing.assert_array_equal(targets, (inputs + 1) % characters)
    for (before, _), (after, _) in itertools.pairwise(pieces):
        np.testing.assert_array_equal(after[:, 0], (before[:, -1] + 1) % characters)


def test_a_worked_example():
    batches = list(contiguous_batches(np.arange(10), batch=2, length=2))
    np.testing.assert_array_equal(batches[0][0], [[0, 1], [4, 5]])
    np.testing.assert_array_equal(batches[1][0], [[2, 3], [6, 7]])
    np.testing.assert_array_equal(batches[1][1], [[3, 4], [7, 8]])
    assert len(batches) == 2


def test_endless_batches_tell_when_the_text_begins_again():
    batches = endless_batches(np.arange(9), batch=2, length=2)
    drawn = [next(batches) for _ in range(5)]
    assert [began for _, _, began in drawn] == [True, False, True, False, True]
    assert drawn[2][0][0, 0] == 1  # half a piece further on


def test_vocabulary_begins_with_unknown_and_leaves_out_the_rare():
    assert vocabulary_of("abacab\n") == "\ufffd\nabc"
    assert vocabulary_of("abacab\n", at_least=2) == "\ufffdab"


@pytest.mark.parametrize("text", ["a\ufffdb", "\ufffd"])
def test_the_unknown_character_is_listed_once(text):
    assert vocabulary_of(text).count("\ufffd") == 1
