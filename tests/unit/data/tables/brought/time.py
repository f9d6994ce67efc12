"""Tables by how they say when."""

from tests.unit.data.tables.brought.case import DAYS, MONTHS, Case, lines

CASES = {
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
}
