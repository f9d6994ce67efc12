"""Published tables by how they say when."""

from tests.unit.data.tables.published.case import TWO_YEARS, Case, V, rows

QUARTERS = "".join(f"{1990 + i // 4},{i % 4 + 1},{1210 + i}\n" for i in range(24))

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
}
