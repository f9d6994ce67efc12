"""A line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, the figure, and what it is held against."""

    what: str
    measured: str
    beside: str = ""

    def __str__(self) -> str:
        return f"| {self.what} | {self.measured} | {self.beside} |"
