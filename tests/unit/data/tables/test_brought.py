"""Tables of the kinds that people bring, and the right reading of each, in both languages.

All are made up here. Each case: the file, what it is read as, columns by name with their first and
last number, the column of time with its first and last, what is asked, what is said.
"""

from __future__ import annotations

import io
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import tables
from core.data.images.files import read_images
from core.data.sequences.labelled import read_labelled
from core.data.tables import read_table
from core.messages import Problem
from tests.unit.data.tables.brought import cells, layout, time
from ui.texts import _, say
from ui.texts import language as language_of

CASES = {**layout.CASES, **cells.CASES, **time.CASES}


@pytest.mark.parametrize("brought", CASES, ids=CASES)
def test_a_table_is_read_as_a_person_would_read_it(brought):
    case = CASES[brought]
    table = read_table(case.text.encode(case.encoding), needs_numbers=not case.sequences)
    ends = {name: (float(v[0]), float(v[-1])) for name, v in table.columns.items()}
    assert ends == {name: pytest.approx(both) for name, both in case.columns.items()}
    time = table.time and (table.time.column, table.time.texts[0], table.time.texts[-1])
    assert time == case.time
    if table.time:
        assert table.time.step == case.step and (np.diff(table.time.values).astype(int) >= 0).all()
    assert {question.name: question.chosen for question in table.questions} == case.asked
    notes = [str(note) for note in table.understood()]
    first = [f"{table.rows} rows"]
    first += [f"from {time[1]} to {time[2]}"] if time else []
    assert notes == [*first, *case.said]


def test_there_are_sixty_cases_and_more():
    assert len(CASES) >= 60


@pytest.mark.parametrize("brought", CASES, ids=CASES)
def test_what_was_understood_is_said_in_french_too(brought, monkeypatch):
    case = CASES[brought]
    table = read_table(case.text.encode(case.encoding), needs_numbers=not case.sequences)
    monkeypatch.setattr("ui.texts.language", lambda: "fr")
    for note in (*table.understood(), *(q.asked for q in table.questions)):
        assert _(note.template) != note.template, note.template
        assert say(note)
    assert language_of() in ("en", "fr")


def test_an_answer_is_followed():
    text = b"v;w\n1.125;1\n2.250;1\n3.500;1"
    assert read_table(text).columns["v"][0] == 1.125
    assert read_table(text, {"decimal": ","}).columns["v"][0] == 1125
    total = b"m;v\na;1\nb;2\nc;3\nTotal;6"
    assert read_table(total).rows == 3 and read_table(total, {"total": "keep"}).rows == 4
    far = b"v\n1\n2\n-999\n3\n-999\n4\n2\n"
    assert read_table(far).columns["v"].min() == 1
    assert read_table(far, {"sentinel v": "value"}).columns["v"].min() == -999
    dates = b"d,v\n01/02/2021,1\n02/01/2021,2"
    assert read_table(dates, {"dates": "month"}).columns["v"].tolist() == [1, 2]
    assert read_table(text, {"decimal": "nonsense", "other": "x"}).columns["v"][0] == 1.125


CELLS = ["1", "2,5", "1.234", "2014-01", "01/02/2014", "x", "", "?", "Total", "label", "-999", "²"]
CELLS += ["(3)", "$4", "5%", '"a"', '"', "#", "1e999", "janv. 2020", "Q1 2014", "sep=;", "9" * 5000]


@given(
    st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6), max_size=9),
    st.sampled_from([",", ";", "\t", " ", "|"]),
    st.integers(0, 30),
)
def test_whatever_cells_are_brought_each_reader_reads_or_refuses(rows, delimiter, again):
    rows = rows + rows[-1:] * again
    raw = "\n".join(delimiter.join(cells) for cells in rows).encode()
    for read in (
        read_table,
        read_images,
        lambda raw: read_labelled(read_table(raw, needs_numbers=False)),
    ):
        with suppress(Problem):
            read(raw)


def test_a_large_plain_table_asks_like_a_small_one():
    rows = "".join(f"1.{100 + i % 900};2;3;x\n" for i in range(20))
    small = read_table(f"a;b;c;l\n{rows}".encode(), needs_numbers=False)
    large = "".join(f"1.{100 + i % 900};2;3;4\n" for i in range(40_000))
    known = read_table(f"a;b;c;d\n{large}".encode(), max_rows=50_000, needs_numbers=False)
    assert [q.name for q in small.questions] == [q.name for q in known.questions] == ["decimal"]


def test_what_is_too_large_to_be_read_cell_by_cell_is_asked_of_all_the_same(monkeypatch):
    rows = "".join(f"1.{100 + i % 900};-999;{i % 7};4\n" for i in range(3_000))
    wide = "".join(f";{at}.5" for at in range(1, 31))
    named = "a;b;c;total" + "".join(f";n{at}" for at in range(1, 31)) + "\n"
    raw = (named + rows.replace("\n", f"{wide}\n").replace(";-999", ";3", 2_900)).encode()
    monkeypatch.setattr(tables, "MAX_BYTES", 350_000)
    assert len(raw) > tables.MAX_BYTES
    table = read_table(raw, needs_numbers=False)
    assert [q.name for q in table.questions] == ["sentinel b"]
    assert table.missing["b"].sum() == 100 and table.columns["a"][1] == 1.101
    known = read_table(raw, {"sentinel b": "value"}, needs_numbers=False)
    assert known.columns["b"].min() == -999 and not known.missing
    thousands = (named + rows.replace("\n", wide.replace(".5", ".125") + "\n")).encode()
    table = read_table(thousands.replace(b"-999", b"-9"), needs_numbers=False)
    assert [(q.name, q.chosen) for q in table.questions] == [("decimal", ".")]
    known = read_table(thousands.replace(b"-999", b"-9"), {"decimal": ","}, needs_numbers=False)
    assert known.columns["a"][1] == 1101


def test_arrays_are_series_and_what_is_no_number_is_named():
    def npy(array):
        out = io.BytesIO()
        np.save(out, array)
        return out.getvalue()

    assert read_table(npy(np.arange(9.0))).columns["x"].tolist() == list(range(9))
    assert list(read_table(npy(np.ones((9, 2)))).columns) == ["x1", "x2"]
    with pytest.raises(Problem) as told:
        read_table(npy(np.array([1, np.nan, 2])))
    assert str(told.value) == "Row 2 of x is no finite number (NaN or infinite)."
    for raw in (npy(np.ones((9, 2, 2))), b"PK\x03\x04 [Content_Types].xml \x00"):
        for read in (read_table, lambda raw: read_images(raw)):
            if raw[:2] == b"PK" or read is read_table:
                with pytest.raises(Problem, match="'Save as' and CSV"):
                    read(raw)
