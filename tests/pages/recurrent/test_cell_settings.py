"""What the hand and the link may say of the small cell, word for word."""

import math

import pytest

from core.messages import Problem
from pages.recurrent.cell.diagram import edits
from pages.recurrent.cell.settings import (
    ALL_GATES,
    CellSettings,
    changes_in,
    consequences,
    numbers_in,
    say_changes,
)


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("0 1 -1", [0, 1, -1]),
        ("0,1,-1", [0, 1, -1]),
        ("0, 1, −1", [0, 1, -1]),
        ("0,5 1,25", [0.5, 1.25]),
        ("0,5; 1; -0,25", [0.5, 1, -0.25]),
        ("(1, 3, 5)", [1, 3, 5]),
        ("[0.5]", [0.5]),
        ("1e-1\t2", [0.1, 2]),
    ],
)
def test_sequences_as_people_type_them(said, numbers):
    assert numbers_in(said) == numbers


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", "The sequence is empty; it is made of numbers, such as 0 1 0.5 −1."),
        ("1 nan", "Each number of the sequence is from −5 to 5; nan is not."),
        ("6", "Each number of the sequence is from −5 to 5; 6 is not."),
        ("1 " * 13, "The sequence has 1 to 12 numbers, not 13."),
        ("a b", "The sequence is made of numbers, such as 0 1 0.5 −1; “a” is not one."),
    ],
)
def test_what_is_no_sequence_is_told(said, problem):
    with pytest.raises(Problem) as raised:
        numbers_in(said)
    assert str(raised.value) == problem


def test_changed_weights_are_written_as_they_are_read():
    changes = {0: 0.25, 17: -1.0, 3: 12.5}
    assert say_changes(changes) == "0~0.25_3~12.5_17~-1"
    assert changes_in(say_changes(changes), 18) == changes
    assert changes_in("", 5) == {}


@pytest.mark.parametrize("said", ["5~1", "x~1", "1~nan", "1~201", "1", "-1~2", "1~", "²~1"])
def test_a_change_that_no_weight_can_have_is_told(said):
    with pytest.raises(Problem, match="names a weight that this cell does not have"):
        changes_in(said, 5)


def test_an_edit_of_the_hand_changes_what_it_says():
    said = {
        "serial": 4,
        "inputs": [0.5, -1],
        "weights": {"0": 1.5, "2": 0},
        "held": {"forget_gate": "open", "output_gate": ""},
        "at": 1,
        "unit": 0,
        "show": "gradients",
    }
    assert edits(CellSettings(output_gate="shut"), said) == {
        "sequence": "0.5 -1",
        "weights": "0~1.5",  # place 2 is 0 already
        "forget_gate": "open",
        "output_gate": "free",
        "at": 2,
        "unit": 1,
        "show": "gradients",
    }


@pytest.mark.parametrize(
    "said",
    [
        {"inputs": [1, "2"]},
        {"inputs": [1, math.inf]},
        {"inputs": [1] * 13},
        {"inputs": [99]},
        {"inputs": []},
        {"inputs": "1 2"},
        {"weights": {"999": 1}},
        {"weights": {"x": 1}},
        {"weights": {"0": None}},
        {"weights": {"0": 1e9}},
        {"weights": [1]},
        {"held": {"update_gate": "open"}},
        {"held": {"forget_gate": "wide"}},
        {"at": 12, "unit": -1, "show": "<b>"},
        {"at": True},
    ],
)
def test_an_edit_that_means_nothing_changes_nothing(said):
    assert {n: v for n, v in edits(CellSettings(), said).items() if v != ""} == {}


def test_consequences_of_choices():
    before = CellSettings(weights="0~1", sequence="1 0")
    assert consequences(before, before) == {}
    assert consequences(before, before.replace(at=5)) == {}
    assert consequences(CellSettings(), CellSettings(draw=5)) == {}
    own = CellSettings(preset="random", output="linear", weights="0~1")
    assert consequences(own, own.replace(draw=5)) == {"weights": ""}
    assert consequences(own, own.replace(units=2)) == {"weights": ""}
    assert consequences(before, before.replace(cell="rnn")) == {"weights": "", "output": "linear"}


def test_every_gate_can_be_held():
    for cell in ("lstm", "gru"):
        config = CellSettings(cell=cell, preset="random").replace(
            **dict.fromkeys(ALL_GATES, "open")
        )
        reading = config.model().read(config.numbers)
        for gate in config.held:
            assert (reading.trace.steps[gate] == 1).all()
