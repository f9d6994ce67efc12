"""Tables of the kinds that people bring, and the right reading of each, in both languages.

All are made up here. Each case: the file, what it is read as, columns by name with their first and
last number, the column of time with its first and last, what is asked, what is said.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import tables
from core.data.images.files import read_images
from core.data.sequences.labelled import read_labelled
from core.data.tables import read_table
from core.messages import Problem
from ui.texts import _, say
from ui.texts import language as language_of

MONTHS = [f"{2019 + i // 12}-{i % 12 + 1:02}" for i in range(18)]
DAYS = [f"2021-05-{i + 1:02}" for i in range(18)]


def lines(form: str, times=MONTHS, count=18, value=lambda i: 10 + i) -> str:
    """A line for each of the times: ``form`` with {t}, {v} (a number) and {i}."""
    return "\n".join(form.format(t=times[i], v=value(i), i=i) for i in range(count))


@dataclass
class Case:
    text: str
    columns: dict[str, tuple[float, float]]
    time: tuple[str, str, str] | None = None
    asked: dict[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    sequences: bool = False
    encoding: str = "utf-8"
    step: str = "month"


SPACED = "\n".join(f"{2019 + i // 12}  {i % 12 + 1:2}  {300 + i / 2:.2f}" for i in range(18))
CASES = {
    # calendars and spreadsheets
    "a row a year, a column a month": Case(
        "Monthly mean\nYear,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Annual\n"
        + "\n".join(
            f"{2019 + y}," + ",".join(str(100 + 12 * y + m) for m in range(12)) + f",{150 + y}"
            for y in range(3)
        ),
        {"x1": (100, 135)},
        ("date", "2019-01", "2021-12"),
        said=(
            "lines above the table: 1",
            "a grid of years and months, read as one series",
            "Annual left out: it sums up",
        ),
    ),
    "the last year is not over": Case(
        "an;janv.;févr.;mars;avr.;mai;juin;juil.;août;sept.;oct.;nov.;déc.\n"
        "2020;1,5;2;3;4;5;6;7;8;9;10;11;12\n2021;13;14,5;;;;;;;;;;\n",
        {"x1": (1.5, 14.5)},
        ("date", "2020-01", "2021-02"),
        said=("decimal comma", "a grid of years and months, read as one series"),
    ),
    "a column a year, newest first": Case(
        "Mois\t2021\t2020\n"
        + "\n".join(f"{m:02}\t{112 + m}\t{100 + m}" for m in range(1, 13))
        + "\nTotal\t1422\t1278\n",
        {"x1": (101, 124)},
        ("date", "2020-01", "2021-12"),
        said=("a grid of years and months, read as one series", "Total left out: it sums up"),
    ),
    "a row a year, a column a quarter": Case(
        "Year,Q1,Q2,Q3,Q4\n2019,1.5,2,3,4\n2020,5,6,7,8\n2021,9,10,11,12.5\n",
        {"x1": (1.5, 12.5)},
        ("date", "2019-Q1", "2021-Q4"),
        said=("a grid of years and quarters, read as one series",),
        step="quarter",
    ),
    "a spreadsheet's numbers of days": Case(
        "Date;v\n" + "\n".join(f"{44317 + i};{10 + i}" for i in range(18)),
        {"v": (10, 27)},
        ("Date", "2021-05-01", "2021-05-18"),
        said=("Date: a spreadsheet's numbers of days",),
        step="day",
    ),
    "numbers of days that are no dates": Case(
        "stock;v\n" + "\n".join(f"{44317 + i};{10 + i}" for i in range(18)),
        {"stock": (44317, 44334), "v": (10, 27)},
    ),
    # numbers
    "points as thousands": Case(
        "m;v\n" + lines("{t};1.{i:03}.000"),
        {"v": (1e6, 1_017_000)},
        ("m", "2019-01", "2020-06"),
        said=("decimal comma",),
    ),
    "points beside a decimal comma": Case(
        "m;v;p\n" + lines("{t};1.1{v};0,5"),
        {"v": (1110, 1127), "p": (0.5, 0.5)},
        ("m", "2019-01", "2020-06"),
        said=("decimal comma",),
    ),
    "commas as thousands": Case(
        "m,v\n" + lines('{t},"1,0{v},500"'),
        {"v": (1_010_500, 1_027_500)},
        ("m", "2019-01", "2020-06"),
    ),
    "commas and points": Case("v;w\n" + lines("1,2{v}.5;1"), {"v": (1210.5, 1227.5), "w": (1, 1)}),
    "plain spaces": Case(
        "m;v\n" + lines("{t};1 2{v},50"),
        {"v": (1210.5, 1227.5)},
        ("m", "2019-01", "2020-06"),
        said=("decimal comma",),
    ),
    "narrow spaces": Case(
        "m;v\n" + lines("{t};12\u202f3{v}"), {"v": (12310, 12327)}, ("m", "2019-01", "2020-06")
    ),
    "Swiss apostrophes": Case(
        "m;v\n" + lines("{t};1'2{v}.5"), {"v": (1210.5, 1227.5)}, ("m", "2019-01", "2020-06")
    ),
    "typographic apostrophes": Case(
        "m;v\n" + lines("{t};1’2{v}.5"), {"v": (1210.5, 1227.5)}, ("m", "2019-01", "2020-06")
    ),
    "dollars": Case(
        "m,v\n" + lines('{t},"$1,2{v}.25"'), {"v": (1210.25, 1227.25)}, ("m", "2019-01", "2020-06")
    ),
    "euros behind": Case(
        "m;v\n" + lines("{t};{v},5 €"),
        {"v": (10.5, 27.5)},
        ("m", "2019-01", "2020-06"),
        said=("decimal comma",),
    ),
    "a code of money": Case(
        "m;v\n" + lines("{t};CHF {v}.50"), {"v": (10.5, 27.5)}, ("m", "2019-01", "2020-06")
    ),
    "percent": Case(
        "m,v\n" + lines("{t},{v}.5%"), {"v": (10.5, 27.5)}, ("m", "2019-01", "2020-06")
    ),
    "French percent": Case(
        "m;v\n" + lines("{t};{v},5\u00a0%"),
        {"v": (10.5, 27.5)},
        ("m", "2019-01", "2020-06"),
        said=("decimal comma",),
    ),
    "losses in parentheses": Case(
        "m,v\n" + lines("{t},({v}.5)"), {"v": (-10.5, -27.5)}, ("m", "2019-01", "2020-06")
    ),
    "the minus behind": Case(
        "m,v\n" + lines("{t},{v}.5-"), {"v": (-10.5, -27.5)}, ("m", "2019-01", "2020-06")
    ),
    "a real minus": Case(
        "m,v\n" + lines("{t},−{v}.5"), {"v": (-10.5, -27.5)}, ("m", "2019-01", "2020-06")
    ),
    "powers of ten": Case("v,w\n" + lines("{v}e-1,1"), {"v": (1.0, 2.7), "w": (1, 1)}),
    "units": Case(
        "m,v\n" + lines("{t},{v}.5 kg"), {"v": (10.5, 27.5)}, ("m", "2019-01", "2020-06")
    ),
    "open: three decimals or thousands": Case(
        "v;w\n" + lines("{v}.125;1"), {"v": (10.125, 27.125), "w": (1, 1)}, asked={"decimal": "."}
    ),
    "open, but for whole hundreds": Case(
        "v;w\n" + lines("1.1{v};1") + "\n980;1",
        {"v": (1110, 980), "w": (1, 1)},
        asked={"decimal": ","},
        said=("decimal comma",),
    ),
    "lakhs": Case("v,w\n" + lines('"12,34,5{v}",1'), {"v": (1234510, 1234527), "w": (1, 1)}),
    # names
    "numbers as names": Case(
        "0,1,2\n" + lines("0.5,{v}.5,1.5"), {"0": (0.5, 0.5), "1": (10.5, 27.5), "2": (1.5, 1.5)}
    ),
    "a label and numbers as names": Case(
        "label,0,1,2\n" + lines("1,0.5,{v}.5,1.5"),
        {"label": (1, 1), "0": (0.5, 0.5), "1": (10.5, 27.5), "2": (1.5, 1.5)},
    ),
    "years as names": Case(
        "2001;2002;2003\n" + lines("5;{v};7"), {"2001": (5, 5), "2002": (10, 27), "2003": (7, 7)}
    ),
    "two years as names": Case(
        "2014,2015\n" + lines("{v}.5,3.25"), {"2014": (10.5, 27.5), "2015": (3.25, 3.25)}
    ),
    "no names": Case(
        lines("{v}.5,3.5,1.5"), {"x1": (10.5, 27.5), "x2": (3.5, 3.5), "x3": (1.5, 1.5)}
    ),
    "units below the names": Case(
        "time,flow\n,(m3/s)\n" + lines("{t},{v}.5"),
        {"flow": (10.5, 27.5)},
        ("time", "2019-01", "2020-06"),
        said=("more lines of headings: 1",),
    ),
    "names twice": Case("v,v\n" + lines("{v},3"), {"v": (10, 27), "v (2)": (3, 3)}),
    "a column without a name": Case(
        "m,v,\n" + lines("{t},{v},3"), {"v": (10, 27), "x3": (3, 3)}, ("m", "2019-01", "2020-06")
    ),
    "years as names beside countries": Case(
        "country,2001,2002\n" + lines("land {i},{v}.5,3"), {"2001": (10.5, 27.5), "2002": (3, 3)}
    ),
    "numbers as names beside words": Case(
        "label,0,1,2\n" + lines("cat,0.5,{v}.5,1"),
        {"0": (0.5, 0.5), "1": (10.5, 27.5), "2": (1, 1)},
    ),
    # around the table
    "a table of Markdown": Case(
        "| v | w |\n|---|---|\n" + lines("| {v}.5 | 3 |"),
        {"v": (10.5, 27.5), "w": (3, 3)},
        said=("more lines of headings: 1",),
    ),
    "an empty column between": Case("v;;w\n" + lines("{v};;3"), {"v": (10, 27), "w": (3, 3)}),
    "a title": Case(
        "Sales of a shop\n\nm;v\n" + lines("{t};{v}"),
        {"v": (10, 27)},
        ("m", "2019-01", "2020-06"),
        said=("lines above the table: 1",),
    ),
    "a padded title": Case(
        "Sales of a shop;;\nm;v;w\n" + lines("{t};{v};3"),
        {"v": (10, 27), "w": (3, 3)},
        ("m", "2019-01", "2020-06"),
        said=("lines above the table: 1",),
    ),
    "notes below": Case(
        "m;v\n" + lines("{t};{v}") + "\n\nSource: made up\n* revised",
        {"v": (10, 27)},
        ("m", "2019-01", "2020-06"),
        said=("lines of notes below the table: 2",),
    ),
    "comments": Case(
        "# made up\nm,v\n" + lines("{t},{v}"),
        {"v": (10, 27)},
        ("m", "2019-01", "2020-06"),
        said=("comments: 1",),
    ),
    "comments of another kind": Case(
        "% made up\n% and more\nv,w\n" + lines("{v},3"),
        {"v": (10, 27), "w": (3, 3)},
        said=("comments: 2",),
    ),
    "names in a comment": Case(
        "# t v\n" + lines("{t} {v}.5"), {"v": (10.5, 27.5)}, ("t", "2019-01", "2020-06")
    ),
    "parted by spaces": Case(lines("  {v}.5   3.25"), {"x1": (10.5, 27.5), "x2": (3.25, 3.25)}),
    "year and month apart": Case(
        "year month value\n" + SPACED, {"value": (300, 308.5)}, ("year month", "2019-01", "2020-06")
    ),
    "bars": Case("m|v\n" + lines("{t}|{v}"), {"v": (10, 27)}, ("m", "2019-01", "2020-06")),
    "each row in quotes": Case(
        '"n,v"\n' + lines('"{i},{v}"'), {"v": (10, 27)}, said=("n only counts the rows",)
    ),
    "row numbers": Case(
        ",v,w\n" + lines("{i},{v},3"),
        {"v": (10, 27), "w": (3, 3)},
        said=("x1 only counts the rows",),
    ),
    "empty columns at the end": Case(
        "m;v;;;\n" + lines("{t};{v};;;"), {"v": (10, 27)}, ("m", "2019-01", "2020-06")
    ),
    "what Excel says first": Case(
        "sep=;\nm;v\n" + lines("{t};{v},5"),
        {"v": (10.5, 27.5)},
        ("m", "2019-01", "2020-06"),
        said=("decimal comma",),
    ),
    "names again on the next page": Case(
        "m;v\n" + lines("{t};{v}", count=9) + "\nm;v\n" + lines("{t};{v}", MONTHS[9:], 9),
        {"v": (10, 18)},
        ("m", "2019-01", "2020-06"),
        said=("more lines of headings: 1",),
    ),
    "UTF-16 of a spreadsheet": Case(
        "m\tv\n" + lines("{t}\t{v},5"),
        {"v": (10.5, 27.5)},
        ("m", "2019-01", "2020-06"),
        said=("decimal comma",),
        encoding="utf-16",
    ),
    # time
    "newest first": Case(
        "d,v\n" + lines("{t},{v}", DAYS[::-1]),
        {"v": (27, 10)},
        ("d", "2021-05-01", "2021-05-18"),
        said=("newest first: turned round",),
        step="day",
    ),
    "out of order": Case(
        "d,v\n2021-05-02,2\n2021-05-01,1\n2021-05-03,3",
        {"v": (1, 3)},
        ("d", "2021-05-01", "2021-05-03"),
        said=("rows put in order by d",),
        step="day",
    ),
    "days first": Case(
        "d;v\n" + "\n".join(f"{i + 1:02}/05/2021;{i}.5" for i in range(18)),
        {"v": (0.5, 17.5)},
        ("d", "01/05/2021", "18/05/2021"),
        step="day",
    ),
    "months first": Case(
        "d,v\n" + "\n".join(f"05/{i + 1:02}/2021,{i}.5" for i in range(18)),
        {"v": (0.5, 17.5)},
        ("d", "05/01/2021", "05/18/2021"),
        step="day",
    ),
    "points in dates": Case(
        "d;v\n" + "\n".join(f"{i + 1}.5.21;{i},5" for i in range(18)),
        {"v": (0.5, 17.5)},
        ("d", "1.5.21", "18.5.21"),
        said=("decimal comma",),
        step="day",
    ),
    "days or months, by their steps": Case(
        "d,v\n" + "\n".join(f"{i + 1:02}/05/2021,{i}.5" for i in range(10)),
        {"v": (0.5, 9.5)},
        ("d", "01/05/2021", "10/05/2021"),
        step="day",
    ),
    "days or months, open": Case(
        "d,v\n01/02/2021,1.5\n02/01/2021,2.5",
        {"v": (2.5, 1.5)},
        ("d", "02/01/2021", "01/02/2021"),
        asked={"dates": "day"},
        said=("newest first: turned round",),
        step="",
    ),
    "French quarters": Case(
        "t;v\n" + "\n".join(f"{2015 + i // 4}-T{i % 4 + 1};{i},5" for i in range(18)),
        {"v": (0.5, 17.5)},
        ("t", "2015-T1", "2019-T2"),
        said=("decimal comma",),
        step="quarter",
    ),
    "English quarters": Case(
        "t,v\n" + "\n".join(f"Q{i % 4 + 1} {2015 + i // 4},{i}.5" for i in range(18)),
        {"v": (0.5, 17.5)},
        ("t", "Q1 2015", "Q2 2019"),
        step="quarter",
    ),
    "French months": Case(
        "m;v\njanv. 2020;1,5\nfévr. 2020;2,5\nmars 2020;3,5\nmai 2020;4,5",
        {"v": (1.5, 4.5)},
        ("m", "janv. 2020", "mai 2020"),
        said=("decimal comma", "gaps in m: 1"),
    ),
    "English months": Case(
        "m,v\nJan-20,1.5\nFeb-20,2.5\nMar-20,3.5", {"v": (1.5, 3.5)}, ("m", "Jan-20", "Mar-20")
    ),
    "years": Case(
        "year,v\n" + "\n".join(f"{1990 + i},{i * i}" for i in range(18)),
        {"v": (0, 289)},
        ("year", "1990", "2007"),
        step="year",
    ),
    "hours": Case(
        "t,v\n" + "\n".join(f"2021-05-01 {i:02}:00,{i}.5" for i in range(18)),
        {"v": (0.5, 17.5)},
        ("t", "2021-05-01 00:00", "2021-05-01 17:00"),
        step="hour",
    ),
    "hours of two halves": Case(
        "t,v\n1/15/2014 11:00 AM,1\n1/15/2014 12:00 PM,2\n1/15/2014 1:00 PM,3",
        {"v": (1, 3)},
        ("t", "1/15/2014 11:00 AM", "1/15/2014 1:00 PM"),
        step="hour",
    ),
    "a large file, newest first": Case(
        "d,v,w\n"
        + "\n".join(f"2021-05-{i:02},{i}.12345678,{i}.{'5' * 20000}" for i in range(18, 0, -1)),
        {"v": (1.12345678, 18.12345678), "w": (1.5555555555, 18.5555555555)},
        ("d", "2021-05-01", "2021-05-18"),
        said=("newest first: turned round",),
        step="day",
    ),
    "gaps": Case(
        "d,v\n2021-05-01,1\n2021-05-02,2\n2021-05-05,3\n2021-05-06,4",
        {"v": (1, 4)},
        ("d", "2021-05-01", "2021-05-06"),
        said=("gaps in d: 1",),
        step="day",
    ),
    "dates twice": Case(
        "d,v\n" + lines("{t},{v}", [*DAYS[:9], *DAYS[8:]]),
        {"v": (10, 27)},
        ("d", "2021-05-01", "2021-05-17"),
        said=("dates of d that come again: 1",),
        step="day",
    ),
    # what is missing, and what is too much
    "a question mark": Case(
        "d,v\n2021-05-01,1\n2021-05-02,?\n2021-05-03,3",
        {"v": (1, 3)},
        ("d", "2021-05-01", "2021-05-03"),
        said=("missing values of v, filled on straight lines: 1",),
        step="day",
    ),
    "an empty cell at the end": Case(
        "d,v\n" + lines("{t},{v}", DAYS, 17) + "\n2021-05-18,",
        {"v": (10, 26)},
        ("d", "2021-05-01", "2021-05-18"),
        said=("missing values of v, filled on straight lines: 1",),
        step="day",
    ),
    "dots for nothing": Case(
        "v;w\n1;5\n..;5\n3;5\n:;5\n5;5",
        {"v": (1, 5), "w": (5, 5)},
        said=("missing values of v, filled on straight lines: 2",),
    ),
    "a number far away, twice": Case(
        "d,v\n" + lines("{t},{v}", DAYS, value=lambda i: -999 if i in (4, 9) else 10 + i),
        {"v": (10, 27)},
        ("d", "2021-05-01", "2021-05-18"),
        asked={"sentinel v": "missing"},
        said=("missing values of v, filled on straight lines: 2",),
        step="day",
    ),
    "a sum below": Case(
        "m;v\n" + lines("{t};{v}") + "\nTotal;333",
        {"v": (10, 27)},
        ("m", "2019-01", "2020-06"),
        asked={"total": "leave"},
        said=("the row Total left out",),
    ),
    "a word among numbers, beside others": Case(
        "v,w\n1,2\nfoo,3\n5,6\n7,8",
        {"w": (2, 8)},
        said=("Line 3: column v has foo where a number is expected.",),
    ),
    "a sum of another name": Case(
        "m;v\n" + lines("{t};{v}") + "\nTotal général;333",
        {"v": (10, 27)},
        ("m", "2019-01", "2020-06"),
        asked={"total": "leave"},
        said=("the row Total général left out",),
    ),
    "a sum above": Case(
        "m;v\nTotal;333\n" + lines("{t};{v}"),
        {"v": (10, 27)},
        ("m", "2019-01", "2020-06"),
        asked={"total": "leave"},
        said=("the row Total left out",),
    ),
    "sums of the years": Case(
        "m;v\n"
        + lines("{t};{v}", count=12)
        + "\nTotal 2019;186\n"
        + lines("{t};{v}", MONTHS[12:], 6)
        + "\nTotal 2020;75",
        {"v": (10, 15)},
        ("m", "2019-01", "2020-06"),
        asked={"total": "leave"},
        said=("the row Total 2019 left out", "more sums left out: 1"),
    ),
    "a far number with decimals, once": Case(
        "d,v\n" + lines("{t},{v}", DAYS, value=lambda i: 9999.9 if i == 4 else 10 + i),
        {"v": (10, 27)},
        ("d", "2021-05-01", "2021-05-18"),
        asked={"sentinel v": "missing"},
        said=("missing values of v, filled on straight lines: 1",),
        step="day",
    ),
    "the least of 16 bits": Case(
        "v,w\n" + lines("{v},3", value=lambda i: -32768 if i == 4 else 10 + i),
        {"v": (10, 27), "w": (3, 3)},
        asked={"sentinel v": "missing"},
        said=("missing values of v, filled on straight lines: 1",),
    ),
    "far, but it may well be a value": Case(
        "v,w\n" + lines("{v},3", value=lambda i: 99.9 if i == 4 else 10 + i / 10),
        {"v": (10, 11.7), "w": (3, 3)},
    ),
    "truth values": Case(
        "m;v;b\n" + lines("{t};{v};VRAI", count=9) + "\n" + lines("{t};{v};FAUX", MONTHS[9:], 9),
        {"v": (10, 18), "b": (1, 0)},
        ("m", "2019-01", "2020-06"),
        said=("b: vrai is 1, faux is 0",),
    ),
    # more of time
    "months without a mark": Case(
        "m;v\n" + lines("{t};{v}", [m.replace("-", "") for m in MONTHS]),
        {"v": (10, 27)},
        ("m", "201901", "202006"),
    ),
    "months of statistics": Case(
        "m;v\n" + lines("{t};{v}", [m.replace("-", "M") for m in MONTHS]),
        {"v": (10, 27)},
        ("m", "2019M01", "2020M06"),
    ),
    "seconds since 1970": Case(
        "t,v\n" + lines("{t},{v}", [1_400_000_000 + 3600 * i for i in range(18)]),
        {"v": (10, 27)},
        ("t", "2014-05-13 16:53:20", "2014-05-14 09:53:20"),
        step="hour",
    ),
    "milliseconds since 1970": Case(
        "t,v\n" + lines("{t},{v}", [1_400_000_000_000 + 60_000 * i for i in range(18)]),
        {"v": (10, 27)},
        ("t", "2014-05-13 16:53:20", "2014-05-13 17:10:20"),
        step="minute",
    ),
    "date and clock apart": Case(
        "Date;Heure;v\n"
        + "\n".join(f"{15 + i // 24}/05/2021;{i % 24:02}h00;{i}" for i in range(48)),
        {"v": (0, 47)},
        ("Date Heure", "15/05/2021 00h00", "16/05/2021 23h00"),
        step="hour",
    ),
    "quarters in words": Case(
        "t;v\n"
        + "\n".join(
            f"{i % 4 + 1}{'e' if i % 4 else 'er'} trimestre {2015 + i // 4};{i},5"
            for i in range(18)
        ),
        {"v": (0.5, 17.5)},
        ("t", "1er trimestre 2015", "2e trimestre 2019"),
        said=("decimal comma",),
        step="quarter",
    ),
    "weeks": Case(
        "t,v\n" + lines("{t},{v}", [f"2014-W{i + 1:02}" for i in range(18)]),
        {"v": (10, 27)},
        ("t", "2014-W01", "2014-W18"),
        step="week",
    ),
    "days of the week": Case(
        "t;v\nmer. 1 janv. 2014;1\njeu. 2 janv. 2014;2\nven. 3 janv. 2014;3",
        {"v": (1, 3)},
        ("t", "mer. 1 janv. 2014", "ven. 3 janv. 2014"),
        step="day",
    ),
    "a date that lacks": Case(
        "m;v\n" + lines("{t};{v}", [*MONTHS[:5], "", *MONTHS[6:]]),
        {"v": (10, 27)},
        ("m", "2019-01", "2020-06"),
        said=("missing dates of m, filled: 1",),
    ),
    # more around the table
    "cells that were one": Case(
        ";Sales;;Costs;\nm;Paris;Lyon;Paris;Lyon\n" + lines("{t};{v};2;3;4"),
        {
            "Sales Paris": (10, 27),
            "Sales Lyon": (2, 2),
            "Costs Paris": (3, 3),
            "Costs Lyon": (4, 4),
        },
        ("m", "2019-01", "2020-06"),
        said=("more lines of headings: 1",),
    ),
    "semicolons at the ends, from a mail": Case(
        "> m,v;\n" + lines("> {t},{v};"), {"v": (10, 27)}, ("m", "2019-01", "2020-06")
    ),
    "a row that lies": Case("1, 2, 3, 4, 5, 6, 7, 8, 9", {"x1": (1, 9)}),
    "JSON of numbers": Case(
        "[1.125, 2.25, null, 4.5]",
        {"x1": (1.125, 4.5)},
        said=("JSON, read as a table", "missing values of x1, filled on straight lines: 1"),
    ),
    "JSON of records": Case(
        '{"unit": "m", "data": [' + ",".join(f'{{"m": "{m}", "v": 3}}' for m in MONTHS) + "]}",
        {"v": (3, 3)},
        ("m", "2019-01", "2020-06"),
        said=("JSON, read as a table",),
    ),
    "a record a line": Case(
        lines('{{"v": {v}, "w": 3}}'), {"v": (10, 27), "w": (3, 3)}, said=("JSON, read as a table",)
    ),
    "JSON of columns": Case(
        '{"v": [1, 2, 3], "w": [4, 5, 7]}',
        {"w": (4, 7)},
        said=("JSON, read as a table", "v only counts the rows"),
    ),
    # sequences
    "a column of sums": Case(
        "a,b,total,label\n" + lines("{v},3,{t},x", [13 + i for i in range(18)]),
        {"a": (10, 27), "b": (3, 3)},
        asked={"sums": "leave"},
        said=("the column total left out",),
        sequences=True,
    ),
    "sequences of unequal length": Case(
        "label,a,b,c\nx,1,2,\ny,3,4,5\nx,6,,",
        {"a": (1, 6), "b": (2, 0), "c": (0, 0)},
        sequences=True,
    ),
    "sequences without commas at their ends": Case(
        "x,1,2\ny,3,4,5\nx,6", {"x2": (1, 6), "x3": (2, 0), "x4": (0, 0)}, sequences=True
    ),
    "a date beside numbers and a label": Case(
        "date,a,b,label\n" + lines("{t},{v},3,x", DAYS),
        {"a": (10, 27), "b": (3, 3)},
        ("date", "2021-05-01", "2021-05-18"),
        sequences=True,
        step="day",
    ),
}


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
