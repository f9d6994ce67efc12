"""What a table that is brought is to be read as, and lines to make such tables of."""

from dataclasses import dataclass, field

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
