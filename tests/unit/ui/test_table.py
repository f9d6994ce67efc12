"""What a table and a box of code send to the browser."""

from pathlib import Path

import numpy as np
import pytest

from ui.components import code, table

ROOT = Path(__file__).parents[3]


@pytest.fixture
def sent(monkeypatch):
    """What a component is given, by its name."""
    data = {}
    for module, name in ((table, "_TABLE"), (code, "_CODE")):
        monkeypatch.setattr(module, name, lambda **given: data.update(given["data"]))
    return data


@pytest.fixture
def french(monkeypatch):
    monkeypatch.setattr("ui.texts.language", lambda: "fr")


ROWS = [
    {"Cell": "LSTM", "Seed": 7, "Weights": 1064, "Learning rate": 0.003, "RMSE": 0.25},
    {"Cell": "GRU", "Seed": 2024, "Weights": 21_064, "Learning rate": 0.1, "RMSE": np.nan},
]


def test_a_table_says_its_numbers_in_the_visitors_language(sent, french):
    table.table(ROWS, key="t", alt="A table.", decimals={"RMSE": 3})
    assert [[text for text, _order in row] for row in sent["rows"]] == [
        ["LSTM", "7", "1064", "0,003", "0,250"],
        ["GRU", "2024", "21\u202f064", "0,1", "–"],
    ]
    assert [order for _text, order in sent["rows"][1]] == ["GRU", 2024, 21_064, 0.1, None]
    numeric = [name for name, numbers in sent["columns"] if numbers]
    assert numeric == ["Seed", "Weights", "Learning rate", "RMSE"]


def test_a_column_of_words_and_of_what_is_missing_has_no_numbers(sent):
    rows = [{"Cell": "LSTM", "right": True, "none": None}, {"right": False, "none": None}]
    table.table(rows, key="t", alt="A table.")
    assert sent["columns"] == [["Cell", False], ["right", False], ["none", False]]
    assert [text for text, _order in sent["rows"][1]] == ["–", "False", "–"]


def test_code_is_cut_by_what_its_pieces_are():
    source = 'for i in range(3):  # thrice\n    print(f"{i} é", 1.5)\n'
    cut = code.pieces(source)
    assert "".join(text for _kind, text in cut) == source
    assert ("keyword", "for") in cut
    assert ("keyword", "in") in cut
    assert ("comment", "# thrice") in cut
    assert ("number", "1.5") in cut
    assert any(kind == "string" and text.startswith('f"') for kind, text in cut)


def test_no_letter_of_a_script_is_lost():
    for file in (ROOT / "core" / "experiments").rglob("template.py"):
        source = file.read_text(encoding="utf-8")
        assert "".join(text for _kind, text in code.pieces(source)) == source
    braces = 'x = f"{{{1}}} {{}}" + "{}"\n'
    assert "".join(text for _kind, text in code.pieces(braces)) == braces


def test_what_is_taken_away_of_a_table_is_no_formula(monkeypatch):
    taken = []
    monkeypatch.setattr(
        table.st, "download_button", lambda label, data, *more, **rest: taken.append(data)
    )
    rows = [{"run": "=1+1", "loss": -0.5}, {"run": "mine", "loss": np.nan}]
    table.csv_button(rows, key="k", file="runs.csv")
    assert taken == [b"run,loss\r\n'=1+1,-0.5\r\nmine,\r\n"]
