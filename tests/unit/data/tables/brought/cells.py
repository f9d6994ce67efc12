"""Tables by what is in their cells: numbers, names, what is missing."""

from tests.unit.data.tables.brought.case import DAYS, MONTHS, Case, lines

CASES = {
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
}
