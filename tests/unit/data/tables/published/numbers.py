"""Published tables by their numbers and their kind of file."""

import gzip

from tests.unit.data.tables.published.case import (
    TWO_YEARS,
    Case,
    V,
    rows,
)

CASES = {
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
