"""Tables as offices, programs and instruments publish them, and the right reading of each.

All are made up here. Each case: the file, columns by name with their first and last number, the
first and the last date and the step between, what is said.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pytest

from core.cli.data.read import kind_of
from core.data.images.files import read_images
from core.data.language.brought import clean
from core.data.sequences.labelled import read_labelled
from core.data.tables import read_table
from core.data.tables.classes import label_column, with_classes
from core.data.texts import read
from core.messages import Problem
from ui.texts import _

MONTHS = [(2018 + i // 12, i % 12 + 1) for i in range(24)]
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


def rows(form: str, count: int = 24, end: str = "\n") -> str:
    """A line for each month: ``form`` with {y}, {m}, {i}, {v} = 1210 + i and {word}."""
    return "".join(
        form.format(y=y, m=m, i=i, v=1210 + i, word=FRENCH.split()[m - 1], q=i % 4 + 1) + end
        for i, (y, m) in enumerate(MONTHS[:count])
    )


def numbers_of(first: int) -> str:
    return " ".join(str(first + month) for month in range(12))


def years_of(name: str, first: int) -> str:
    """A row with no value in the first two of twelve years."""
    return f'\n"{name}","{name[0]}","",""' + "".join(f',"{first + 3 * k}"' for k in range(2, 12))


@dataclass
class Case:
    text: str | bytes
    columns: dict[str, tuple[float, float]]
    time: tuple[str, str, str] | None = None
    said: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    encoding: str = "utf-8"


OF_YEARS = ["J-D", "D-N", "DJF", "MAM", "JJA", "SON"]
QUARTERS = "".join(f"{1990 + i // 4},{i % 4 + 1},{1210 + i}\n" for i in range(24))
V = {"v": (1210.0, 1233.0)}
TWO_YEARS = ("2018-01-01", "2019-12-01", "month")
WIDE = "M,FR\t" + " \t".join(f"{1210 + i}{' p' if i == 3 else ''}" for i in range(24))
CASES = {
    # dates
    "the first of each month, the day first": Case(
        "d;v\n" + rows("01/{m:02}/{y};{v}"), V, TWO_YEARS
    ),
    "a point behind the day": Case("d;v\n" + rows("01.{m:02}.{y};{v}"), V, TWO_YEARS),
    "one year of firsts, open": Case(
        "d;v\n" + rows("01/{m:02}/{y};{v}", 12),
        {"v": (1210.0, 1221.0)},
        ("2018-01-01", "2018-01-12", "day"),
        asked=("dates",),
    ),
    "summer begins": Case(
        "t,v\n2023-03-26T01:00:00+01:00,1\n2023-03-26T03:00:00+02:00,2\n"
        "2023-03-26T04:00:00+02:00,3\n",
        {"v": (1.0, 3.0)},
        ("2023-03-26T01", "2023-03-26T03", "hour"),
    ),
    "milliseconds": Case(
        "t,v\n" + rows("2023-01-01T10:00:00.{i:02}0Z,{v}"),
        V,
        ("2023-01-01T10:00:00", "2023-01-01T10:00:00", ""),
    ),
    "one day of a log": Case(
        "Date;Time;v\n" + rows("16/12/2006;{i:02}:00:00;{v}"),
        V,
        ("2006-12-16T00", "2006-12-16T23", "hour"),
    ),
    "quarters of Stata": Case(
        "t,v\n" + "".join(f"{1990 + i // 4}q{i % 4 + 1},{1210 + i}\n" for i in range(24)),
        V,
        ("1990-01-01", "1995-10-01", "quarter"),
    ),
    "quarters behind a colon": Case(
        "t,v\n" + "".join(f"{1990 + i // 4}:{i % 4 + 1},{1210 + i}\n" for i in range(24)),
        V,
        ("1990-01-01", "1995-10-01", "quarter"),
    ),
    "halves of years": Case(
        "t;v\n" + "".join(f"S{i % 2 + 1} {1990 + i // 2};{1210 + i}\n" for i in range(24)),
        V,
        ("1990-01-01", "2001-07-01", "half-year"),
    ),
    "years that begin in summer": Case(
        "t,v\n" + "".join(f"{2000 + i}-{1 + i:02},{1210 + i}\n" for i in range(24)),
        V,
        ("2000-01-01", "2023-01-01", "year"),
    ),
    "a server's log": Case(
        "t,v\n" + rows("0{q}/Jan/2023:10:00:00 +0000,{v}", 4),
        {"v": (1210.0, 1213.0)},
        ("2023-01-01T10", "2023-01-04T10", "day"),
    ),
    "as ctime writes it": Case(
        "t,v\n" + rows("Sun Jan  {q} 10:00:00 2023,{v}", 4),
        {"v": (1210.0, 1213.0)},
        ("2023-01-01T10", "2023-01-04T10", "day"),
    ),
    "no mark between day and hour": Case(
        "t,v\n" + rows("20230101{i:02}00,{v}"), V, ("2023-01-01T00", "2023-01-01T23", "hour")
    ),
    "year, month and day apart": Case(
        "year,month,day,v\n" + rows("{y},{m},15,{v}"), V, ("2018-01-15", "2019-12-15", "month")
    ),
    "the month in words beside its year": Case(
        "An;Mois;v\n" + rows("{y};{word};{v}"), V, TWO_YEARS
    ),
    "the year in its first row alone": Case(
        "Year,Month,v\n" + rows("{y},{m},{v}").replace("\n2018,", "\n,", 11).replace(",,", ","),
        V,
        TWO_YEARS,
    ),
    "year and quarter apart": Case(
        "year,quarter,v\n" + QUARTERS,
        V,
        ("1990-01-01", "1995-10-01", "quarter"),
    ),
    "year and day of the year": Case(
        "year,doy,v\n" + "".join(f"2023,{20 + i},{1210 + i}\n" for i in range(24)),
        V,
        ("2023-01-20", "2023-02-12", "day"),
    ),
    "what dates the file is no time": Case(
        "updated,period,v\n" + rows("15/01/24 11:00:00,{y}-{m:02},{v}"), V, TWO_YEARS
    ),
    # clocks and seconds
    "a clock without a date": Case(
        "time,v\n" + rows("08:{i:02}:00,{v}"), V, ("1970-01-01T08:00", "1970-01-01T08:23", "minute")
    ),
    "a clock past midnight": Case(
        "Heure;v\n" + "".join(f"{(20 + i) % 24:02}h00;{1210 + i}\n" for i in range(24)),
        V,
        ("1970-01-01T20", "1970-01-02T19", "hour"),
        ("Heure passes midnight: 1",),
    ),
    "a clock, newest first": Case(
        "time,v\n" + "".join(f"08:{23 - i:02}:00,{1233 - i}\n" for i in range(24)),
        V,
        ("1970-01-01T08:00", "1970-01-01T08:23", "minute"),
        ("newest first: turned round",),
    ),
    "a clock that jumps is no time": Case("time,v\n10:00,1\n09:00,2\n11:00,4\n", {"v": (1.0, 4.0)}),
    "seconds since the start": Case(
        "Time (s),v\n" + "".join(f"{i * 0.004:.3f},{1210 + i}\n" for i in range(24)),
        V,
        said=("Time (s) only says how time goes on",),
    ),
    "an oscilloscope": Case(
        "Source,CH1\nSecond,v\n"
        + "".join(f"{i * 4e-6 - 6e-4:.5E},{1210 + i}\n" for i in range(24)),
        V,
        said=("lines above the table: 1", "Second only says how time goes on"),
    ),
    "a port's monitor": Case(
        "Sensor started\n" + rows("12:00:{i:02}.120 -> {v}"),
        {"x2": (1210.0, 1233.0)},
        ("1970-01-01T12:00:00", "1970-01-01T12:00:23", "second"),
        ("lines above the table: 1",),
    ),
    # tables that lie
    "a column for each month": Case(
        "freq,geo\\TIME\t" + " \t".join(f"{y}-{m:02}" for y, m in MONTHS) + f"\n{WIDE}\n",
        {"M,FR": (1210.0, 1233.0)},
        TWO_YEARS,
        (
            "a column for each date: turned, so that each row is one",
            "marks behind numbers of M,FR left out: 1",
        ),
    ),
    "a column for each year": Case(
        '"Source","Indicators",\n\n"Updated","2024-01-15",\n\n"Country","Code",'
        + ",".join(f'"{1960 + k}"' for k in range(12))
        + years_of("Chad", 0)
        + years_of("France", 1),
        {"Chad": (6.0, 33.0), "France": (7.0, 34.0)},
        ("1962-01-01", "1971-01-01", "year"),
        ("lines above the table: 2", "a column for each date: turned, so that each row is one"),
    ),
    "seasons beside the months": Case(
        "Means\nYear,"
        + ENGLISH.replace(" ", ",")
        + ",J-D,D-N,DJF,MAM,JJA,SON\n"
        + "".join(
            f"{1980 + y}," + ",".join(f".{12 * y + m + 10}" for m in range(12)) + ",1,1,1,1,1,***\n"
            for y in range(2)
        ),
        {"x1": (0.1, 0.33)},
        ("1980-01-01", "1981-12-01", "month"),
        (
            "lines above the table: 1",
            "a grid of years and months, read as one series",
            *(f"{name} left out: it sums up" for name in OF_YEARS),
        ),
    ),
    "twelve numbers a year, without names": Case(
        " 1950 1952\n"
        + "".join(f" {1950 + y} {numbers_of(10 + 12 * y)}\n" for y in range(12))
        + " -99.9\n NINO\n",
        {"x1": (10.0, 153.0)},
        ("1950-01-01", "1961-12-01", "month"),
        (
            "the last line, 14, lacks cells: left out",
            "lines above the table: 1",
            "lines of notes below the table: 1",
            "a grid of years and months, read as one series",
        ),
    ),
    "as R prints months": Case(
        f"     {ENGLISH}\n" + "".join(f"{1949 + y} {numbers_of(112 + 12 * y)}\n" for y in range(3)),
        {"x1": (112.0, 147.0)},
        ("1949-01-01", "1951-12-01", "month"),
        ("a grid of years and months, read as one series",),
    ),
    # names
    "an index without a name": Case(",v\n" + rows("{y}-{m:02}-01 00:00:00,{v}"), V, TWO_YEARS),
    "R's row names": Case(
        '"v" "w"\n' + rows('"{i}" {v} 3.5'),
        V | {"w": (3.5, 3.5)},
        said=("x1 only counts the rows",),
    ),
    "the index on a line of its own": Case(
        "            v  other\nd\n" + rows("{y}-{m:02}-01  {v}  3.5"),
        V | {"other": (3.5, 3.5)},
        TWO_YEARS,
    ),
    "facts above the names": Case(
        "Station:,Paris\nLatitude:,48.8\nFrom:,2018-01\nmonth,v\n" + rows("{y}-{m:02},{v}"),
        V,
        TWO_YEARS,
        ("lines above the table: 3",),
    ),
    "words with blanks, parted by more": Case(
        "Month      v     Region\n" + rows("{y}-{m:02}    {v}    North West"), V, TWO_YEARS
    ),
    "single quotes": Case("'d';'v'\n" + rows("'{y}-{m:02}';'{v}'"), V, TWO_YEARS),
    "decimals by the month with a point": Case(
        "Monat;v;w\n" + rows("{m:02}.{y};1{q}.500;3,5"),
        {"v": (11_500.0, 14_500.0), "w": (3.5, 3.5)},
        TWO_YEARS,
        ("decimal comma",),
    ),
    "weeks without a mark": Case(
        "week,v\n" + "".join(f"{202001 + i},{1210 + i}\n" for i in range(24)),
        V,
        ("2019-12-30", "2020-06-08", "week"),
    ),
    "ends of months": Case(
        "d,v\n2019-01-31,1210\n2019-02-28,1211\n2019-03-31,1212\n2019-04-30,1213\n",
        {"v": (1210.0, 1213.0)},
        ("2019-01-31", "2019-04-30", "month"),
    ),
    "Portuguese and Spanish months": Case(
        "Mês;v\n"
        + "".join(f"{m}/18;{1210 + i}\n" for i, m in enumerate(["set", "out", "nov"]))
        + "diciembre de 2018;1213\n",
        {"v": (1210.0, 1213.0)},
        ("2018-09-01", "2018-12-01", "month"),
    ),
    "hours of no day": Case(
        "heure;v\n" + rows("{i}h;{v}"), V, ("1970-01-01T00", "1970-01-01T23", "hour")
    ),
    "spaces, a date and a clock": Case(
        "date time v\n" + rows("2020-01-01 {i:02}:00 {v}"),
        V,
        ("2020-01-01T00", "2020-01-01T23", "hour"),
    ),
    "a column for each hour": Case(
        "day,"
        + ",".join(f"H{hour}" for hour in range(1, 25))
        + "\n"
        + "".join(
            f"2020-01-0{d}," + ",".join(str(24 * d + h) for h in range(24)) + "\n" for d in (1, 2)
        ),
        {"x1": (24.0, 71.0)},
        ("2020-01-01T00", "2020-01-02T23", "hour"),
        ("a grid of days and hours, read as one series",),
    ),
    "several series below each other": Case(
        "d;pays;v\n" + rows("{y}-{m:02};France;{v}") + rows("{y}-{m:02};Italie;{i}"),
        V,
        TWO_YEARS,
        ("pays: France, 24 rows of 48",),
        ("series",),
    ),
    # numbers
    "an accountant's": Case(
        "d,v\n" + rows('{y}-{m:02}," $ ({v}.00) "'), {"v": (-1210.0, -1233.0)}, TWO_YEARS
    ),
    "thin spaces and a minus": Case(
        "d;v\n" + rows("{y}-{m:02};\u22121\u20092{i:02}\u2009100,5"),
        {"v": (-1_200_100.5, -1_223_100.5)},
        TWO_YEARS,
        ("decimal comma",),
    ),
    "notes at numbers": Case(
        "Year;v\n"
        + "".join(f"{1960 + i};{100 + i},5{' (p)' if i > 20 else ''}\n" for i in range(24)),
        {"v": (100.5, 123.5)},
        ("1960-01-01", "1983-01-01", "year"),
        ("decimal comma", "marks behind numbers of v left out: 3"),
    ),
    "extremes below": Case(
        "d,v\n" + rows("{y}-{m:02},{v}") + "Average,1221\nMax,1233\nMin,1210\n",
        V,
        TWO_YEARS,
        ("the row Average left out", "more sums left out: 2"),
        ("total",),
    ),
    "thousands and millions": Case(
        "d,v\n" + rows("{y}-{m:02},{i}00K", 23) + "2019-12,2.3M\n",
        {"v": (0.0, 2.3e6)},
        TWO_YEARS,
        ("v: K is a thousand, M a million",),
    ),
    "a formula that keeps zeros": Case("d,v\n" + rows('{y}-{m:02},"=""{v}"""'), V, TWO_YEARS),
    "what was not measured": Case(
        "d,v,w\n" + rows("{y}-{m:02},{v},{i}").replace(",1211,", ",mq,").replace(",5\n", ",n.d.\n"),
        V | {"w": (0.0, 23.0)},
        TWO_YEARS,
        (
            "missing values of v, filled on straight lines: 1",
            "missing values of w, filled on straight lines: 1",
        ),
    ),
    "a small sentinel": Case(
        "d,v\n" + rows("{y}-{m:02},0.3{i:02}").replace("0.304", "-9.99").replace("0.309", "-9.99"),
        {"v": (0.3, 0.323)},
        TWO_YEARS,
        ("missing values of v, filled on straight lines: 2",),
        ("sentinel v",),
    ),
    # files
    "a download that broke off": Case(
        "d,v,w\n" + rows("{y}-{m:02},{v},3.5") + "2020-01,12",
        V | {"w": (3.5, 3.5)},
        TWO_YEARS,
        ("the last line, 26, lacks cells: left out",),
    ),
    "zeros where the power failed": Case(
        ("d,v\n" + rows("{y}-{m:02},{v}")).encode() + b"\0" * 64, V, TWO_YEARS
    ),
    "UTF-16 without a mark": Case(
        "d,v\n" + rows("{y}-{m:02},{v}"),
        V,
        TWO_YEARS,
        ("The text is read as UTF-16, by the letters in it.",),
        encoding="utf-16-be",
    ),
    "gzip": Case(
        gzip.compress(("d,v\n" + rows("{y}-{m:02},{v}")).encode()),
        V,
        TWO_YEARS,
        ("unpacked (gzip)",),
    ),
    "a web page": Case(
        "<html><body><table><tr><th>d</th><th>v</th></tr>"
        + rows("<tr><td>{y}-{m:02}</td><td>{v}</td></tr>", end="")
        + "</table></body></html>",
        V,
        TWO_YEARS,
        ("a web page: its table is read",),
    ),
    "JSON by date": Case(
        "{" + rows('"{y}-{m:02}": {v}, ', end="").rstrip(", ") + "}",
        {"value": (1210.0, 1233.0)},
        TWO_YEARS,
        ("JSON, read as a table",),
    ),
}


@pytest.mark.parametrize("published", CASES, ids=CASES)
def test_a_published_table_is_read_as_a_person_would_read_it(published, monkeypatch):
    case = CASES[published]
    raw = case.text if isinstance(case.text, bytes) else case.text.encode(case.encoding)
    table = read_table(raw)
    ends = {name: (float(v[0]), float(v[-1])) for name, v in table.columns.items()}
    assert ends == {name: pytest.approx(both) for name, both in case.columns.items()}
    assert (table.time is None) == (case.time is None)
    if table.time and case.time:
        first, last, step = case.time
        shown = np.datetime_as_string(table.time.values[[0, -1]]).tolist()
        assert [shown[0][: len(first)], shown[1][: len(last)]] == [first, last]
        assert table.time.step == step and table.time.gaps == table.time.doubled == 0
        assert (np.diff(table.time.values).astype(int) > 0).all()
    assert tuple(question.name for question in table.questions) == case.asked
    notes = [note for note in table.understood()[1:] if note.template != "from {first} to {last}"]
    assert [str(note) for note in notes] == list(case.said)
    monkeypatch.setattr("ui.texts.language", lambda: "fr")
    for note in notes:
        assert _(note.template) != note.template, note.template


@pytest.mark.parametrize("published", CASES, ids=CASES)
def test_what_it_is_not_is_refused_in_a_sentence(published):
    text = CASES[published].text
    raw = text if isinstance(text, bytes) else text.encode(CASES[published].encoding)
    with suppress(Problem):
        read_images(raw)
    with suppress(Problem):
        read_labelled(read_table(raw, needs_numbers=False))


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def test_a_table_alone_in_a_zip_is_read_whatever_the_file_is_called():
    table = read_table(zipped("data.csv", "d,v\n" + rows("{y}-{m:02},{v}")))
    assert table.columns["v"][0] == 1210 and str(table.removed[0]) == "unpacked: data.csv"
    assert read(zipped("a/tale.txt", "Once upon a time"), min_chars=1).text == "Once upon a time"
    with pytest.raises(Problem, match="binary data"):
        read_table(zipped("program.exe", "d,v\n1,2\n3,4"))


def test_what_is_packed_stays_small():
    with pytest.raises(Problem) as problem:
        read_table(gzip.compress(bytes(70_000_000)))
    assert str(problem.value) == (
        "Unpacked, the file has more than 60,000,000 bytes. Upload a part of it."
    )
    with pytest.raises(Problem, match="packed with gzip and damaged"):
        read_table(b"\x1f\x8b\x08 and nonsense")


def test_a_page_that_says_not_found_is_no_table():
    with pytest.raises(Problem) as problem:
        read_table(b"<!DOCTYPE html><html><title>404 Not Found</title><p>Not here.</html>")
    assert str(problem.value) == (
        "The file is a web page (404 Not Found), not a table: on that page, look for the link that "
        "brings the file itself."
    )


def test_the_leading_column_is_one_that_varies():
    table = read_table(("post;lat;d;v\n" + rows("75;48.8;{y}-{m:02};{v}")).encode())
    assert next(iter(table.columns)) == "post" and table.leading == "v"


def test_one_of_several_series_is_chosen():
    text = "d;pays;v\n" + rows("{y}-{m:02};France;{v}") + rows("{y}-{m:02};Italie;{i}")
    table = read_table(text.encode(), {"series": "Italie"})
    assert table.columns["v"].tolist() == list(range(24)) and table.questions[0].chosen == "Italie"
    assert list(table.questions[0].options) == ["France", "Italie"]


def test_decimals_that_are_parted_from_their_numbers_are_refused():
    with pytest.raises(Problem, match="cells in line 1: 2, in most lines: 3"):
        read_table(("date,v\n" + rows("{y}-{m:02},{v},5")).encode())


@pytest.mark.parametrize(
    ("encoding", "name", "called"),
    [
        ("mac-roman", "température", "Mac OS Roman"),
        ("cp850", "température", "DOS 850"),
        ("iso8859-15", "prix en €", "ISO-8859-15"),
    ],
)
def test_a_few_letters_in_a_name_tell_the_encoding(encoding, name, called):
    table = read_table((f"d;{name}\n" + rows("{y}-{m:02};{v}")).encode(encoding))
    assert list(table.columns) == [name] and table.encoding == called


LABELLED = {
    "the class last, without names": (
        "".join(f"5.{i % 7},3.{i % 5},{'ab'[i % 2]}\n" for i in range(40)),
        "x3",
    ),
    "the class in the middle": (
        "t1,classe,t2\n" + "".join(f"5.{i % 7},{'ab'[i % 2]},3.{i % 5}\n" for i in range(40)),
        "classe",
    ),
    "a class of numbers last": (
        "".join(f"{i * 7},{i % 9},{i % 11},{2 + i % 2 * 2}\n" for i in range(40)),
        "x4",
    ),
    "letters, parted by commas and tabs": (
        "".join(f"{'+-'[i % 2]},S{i},\t\t{'acgt' * 5}{'acgt'[i % 4]}\n" for i in range(40)),
        "x1",
    ),
    "letters, beside names that are numbers, too": (
        "".join(
            f"{'+-'[i // 20]},{'' if i // 10 else 'AMP'}{i},\t\t{'acgt' * 5}{'acgt'[i % 4]}\n"
            for i in range(40)
        ),
        "x1",
    ),
    "ARFF": (
        "% note\n@RELATION r\n@ATTRIBUTE a NUMERIC\n@ATTRIBUTE 'b c' NUMERIC\n"
        "@ATTRIBUTE class {x,y}\n@DATA\n"
        + "".join(f"0.{i % 7},0.{i % 5},{'xy'[i % 2]}\n" for i in range(40)),
        "class",
    ),
    "series of aeon": (
        "@problemName p\n@classLabel true a b\n@data\n"
        + "".join(f"0.{i % 7},0.5,0.{i % 5}:{'ab'[i % 2]}\n" for i in range(40)),
        "label",
    ),
}


@pytest.mark.parametrize("brought", LABELLED, ids=LABELLED)
def test_rows_with_a_class_are_examples(brought):
    text, label = LABELLED[brought]
    assert kind_of(text.encode()) == "sequences"
    table = read_table(text.encode(), needs_numbers=False)
    assert label_column(table) == label
    assert len(read_labelled(table).labels) == 40 and len(read_labelled(table).classes) == 2


@pytest.mark.parametrize("cell", ["[{}, {}, {}]", "({} {} {})", "{},{},{}", "{};{};{}", "{} {} {}"])
def test_lists_in_cells_are_parted(cell):
    text = "seq\tlabel\n" + "".join(
        cell.format(i % 10, 7, 12) + f"\t{'ab'[i % 2]}\n" for i in range(20)
    )
    labelled = read_labelled(read_table(text.encode(), needs_numbers=False))
    assert labelled.tokens[3] == ("3", "7", "12")


def test_the_pixels_of_an_image_may_stand_in_one_cell():
    text = "emotion,pixels,use\n" + "".join(
        f"{i % 3},{' '.join(str((7 * i + k) % 256) for k in range(64))},train\n" for i in range(60)
    )
    images = read_images(text.encode())
    assert images.shape == (8, 8) and images.class_names == ("0", "1", "2")
    assert images.pixels[1, 0] == pytest.approx(7 / 255) and images.labels[4] == 1
    assert kind_of(text.encode()) == "images"


def test_rows_without_a_class_are_left_out_and_yes_is_yes_in_any_case():
    words = ["Yes", "yes ", "no", "NO"]
    text = "a,b,label\n" + "".join(
        f"0.{i % 7},0.{i % 5},{'' if i == 5 else words[i % 4]}\n" for i in range(40)
    )
    table = with_classes(read_table(text.encode(), needs_numbers=False))
    assert table.rows == 39 and str(table.removed[-1]) == "rows without a class left out: 1"
    assert read_labelled(table).classes == ("Yes", "no")


def test_images_as_their_publishers_pack_them():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (60, 8, 8), dtype=np.uint8)
    idx = b"\0\0\x08\x03" + struct.pack(">III", 60, 8, 8) + pixels.tobytes()
    for raw in (idx, gzip.compress(idx)):
        images = read_images(raw)
        assert images.shape == (8, 8) and kind_of(raw) == "images"
        np.testing.assert_allclose(images.pixels, pixels.reshape(60, 64) / pixels.max(), rtol=1e-6)
    sparse = "".join(
        f"{1 + i % 3} " + " ".join(f"{k + 1}:{pixels[i].flat[k]}.0" for k in range(64)) + "\n"
        for i in range(60)
    )
    images = read_images(sparse.encode())
    assert images.shape == (8, 8) and images.class_names == ("1", "2", "3")
    digits = "".join(
        ",".join(str(value % 17) for value in pixels[i].flat) + f",{i % 10}\n" for i in range(60)
    )
    assert read_images(digits.encode()).labels.tolist() == [i % 10 for i in range(60)]
    one_hot = "".join(
        " ".join(f"{value % 2}.0" for value in pixels[i].flat)
        + f" {' '.join(str(int(k == i % 4)) for k in range(4))}\n"
        for i in range(60)
    )
    images = read_images(one_hot.encode())
    assert images.shape == (8, 8) and images.labels.tolist() == [i % 4 for i in range(60)]


def test_a_word_processor_s_text_is_refused_and_two_columns_of_print_are_joined():
    with pytest.raises(Problem, match=r"not text but RTF \(.rtf\) data"):
        read(b"{\\rtf1 hello}", min_chars=1)
    scanned = "\n\n".join(
        ["Le bon doc-\nteur Fulgence avait tou-\njours une grande imagi-\nnation, et la montrait à"]
        * 6
    )
    assert clean(scanned).text.split("\n")[0].startswith("Le bon docteur Fulgence avait toujours")


def test_x_and_y_are_a_series_and_classes_that_are_too_few_are_refused_as_such():
    assert kind_of(('"x" "y"\n' + rows('"{i}" {v}.5 {i}.25')).encode()) == "series"
    few = "a,b,label\n" + "".join(f"0.{i % 7},0.5,{'xy'[i % 2] if i else 'z'}\n" for i in range(40))
    assert kind_of(few.encode()) == "sequences"
    with pytest.raises(Problem, match="The class z has 1 rows; at least 4 of each class"):
        read_labelled(read_table(few.encode(), needs_numbers=False))


def test_a_long_row_of_numbers_is_a_series():
    raw = ",".join(str(i % 17) for i in range(5000)).encode()
    assert kind_of(raw) == "series" and read_table(raw).rows == 5000
