"""What a map shows: its words, their places, and what is marked for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ui.texts import number


@dataclass(frozen=True, eq=False)
class MapWords:
    """What a map says of its words without asking.

    words: those of the whole space, the first of which are on the map. counts: (mapped,). near:
    numbers of the nearest words, int (mapped, k), with their cosines. groups: int (mapped,), or
    None; names: of the groups. first: numbers of words whose names are drawn before others'.
    """

    words: Sequence[str]
    counts: np.ndarray
    near: np.ndarray
    cosines: np.ndarray
    groups: np.ndarray | None = None
    names: Sequence[str] = field(default_factory=list)
    first: Sequence[int] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Places:
    """Places of words, (n, 2), those of the map and perhaps more; NaN where a word has none.

    across, up: what the axes are. guides: lines to draw, {"x": ...} or {"y": ...}.
    """

    points: np.ndarray
    across: str
    up: str = ""
    guides: Sequence[dict[str, float]] = field(default_factory=list)

    def of(self, numbers: Sequence[int]) -> list[tuple[int, float, float]]:
        """Number and place of those of the words that have one."""
        return [
            (i, float(self.points[i, 0]), float(self.points[i, 1]))
            for i in numbers
            if i < len(self.points) and np.isfinite(self.points[i]).all()
        ]


@dataclass(frozen=True)
class Mark:
    """A word that is marked. kind: "asked", "best" or "near"."""

    word: str
    kind: str
    number: int


@dataclass(frozen=True)
class Line:
    """A line from a word to another, by their numbers."""

    start: int
    end: int
    arrow: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Answer:
    """A list of words with scores and kinds, and what is drawn for it."""

    title: str
    note: str
    rows: Sequence[tuple[str, float, str]]
    marks: Sequence[Mark]
    lines: Sequence[Line] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        """The whole list in a sentence."""
        return f"{self.title}: " + ", ".join(
            f"{w} {number(score, 2)}" for w, score, _k in self.rows
        )


def drawn(answered: Answer, places: Places) -> tuple[list[dict], list[dict]]:
    """Marks and lines with their places, as the map draws them; those without a place are left."""
    at = {i: [x, y] for i, x, y in places.of([mark.number for mark in answered.marks])}
    marks = [
        {"word": m.word, "kind": m.kind, "x": at[m.number][0], "y": at[m.number][1]}
        for m in answered.marks
        if m.number in at
    ]
    lines = [
        {"from": at[ln.start], "to": at[ln.end], "arrow": ln.arrow, "dashed": ln.dashed}
        for ln in answered.lines
        if ln.start in at and ln.end in at
    ]
    return marks, lines
