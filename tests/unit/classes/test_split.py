"""A sweep shared out evenly."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.classes.split import split
from core.messages import Problem


def test_each_member_gets_a_setting_worked_out_by_hand():
    grid = {"units": [8, 16], "cell": ["rnn", "gru", "lstm"]}
    assert split(grid, 4) == [
        {"units": 8, "cell": "rnn"},
        {"units": 16, "cell": "gru"},
        {"units": 8, "cell": "lstm"},
        {"units": 16, "cell": "rnn"},
    ]
    assert split({}, 2) == [{}, {}]
    assert split(grid, 0) == []


@given(st.lists(st.integers(1, 5), min_size=1, max_size=3), st.integers(0, 70))
def test_settings_and_the_values_of_a_field_are_given_evenly(sizes, members):
    grid = {f"field{place}": list(range(size)) for place, size in enumerate(sizes)}
    shared = split(grid, members)
    assert len(shared) == members
    counts = Counter(tuple(setting.items()) for setting in shared)
    every = 1
    for size in sizes:
        every *= size
    assert (
        max(counts.values(), default=0) - (min(counts.values()) if len(counts) == every else 0) <= 1
    )
    for field in list(grid)[:1] if len(sizes) == 1 else grid:
        given_out = Counter(setting[field] for setting in shared)
        ends = [given_out[value] for value in grid[field]]
        assert max(ends) - min(ends) <= len(sizes)


@given(st.integers(1, 40), st.integers(1, 40))
def test_who_joins_later_changes_nobodys_setting(early, late):
    grid = {"seed": range(7), "cell": ["rnn", "gru"]}
    least = min(early, late)
    assert split(grid, early)[:least] == split(grid, late)[:least]


def test_what_cannot_be_shared_out_is_said():
    with pytest.raises(Problem, match=r"^units needs one value or more, and each of them once\.$"):
        split({"units": []}, 3)
    with pytest.raises(Problem, match=r"^units needs one value or more, and each of them once\.$"):
        split({"units": [8, 8]}, 3)
    with pytest.raises(
        Problem, match=r"^These are more than 1000 settings: choose fewer values\.$"
    ):
        split({"seed": range(1001)}, 3)
