"""A line of the table."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, the figure, and what it is held against."""

    what: str
    measured: str
    beside: str = ""

    def __str__(self) -> str:
        return f"| {self.what} | {self.measured} | {self.beside} |"


def spread(seconds: Sequence[float]) -> str:
    """The median of some times, and under what 95% of them are."""
    p95 = statistics.quantiles(seconds, n=20)[-1]
    return f"median {1000 * statistics.median(seconds):.0f} ms, 95% under {1000 * p95:.0f} ms"
