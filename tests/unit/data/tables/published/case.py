"""What a published table is to be read as, and rows to make such tables of."""

from dataclasses import dataclass

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


V = {"v": (1210.0, 1233.0)}
TWO_YEARS = ("2018-01-01", "2019-12-01", "month")
