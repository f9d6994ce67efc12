"""Tables by what stands where: calendars, what is around a table, rows that are sequences."""

from tests.unit.data.tables.brought.case import DAYS, MONTHS, Case, lines

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
