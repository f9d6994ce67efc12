"""Published tables that lie, and those whose names are in the way."""

from tests.unit.data.tables.published.case import (
    ENGLISH,
    MONTHS,
    TWO_YEARS,
    Case,
    V,
    numbers_of,
    rows,
    years_of,
)

OF_YEARS = ["J-D", "D-N", "DJF", "MAM", "JJA", "SON"]
WIDE = "M,FR\t" + " \t".join(f"{1210 + i}{' p' if i == 3 else ''}" for i in range(24))

CASES = {
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
}
