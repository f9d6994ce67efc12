"""Spans that BIO tags mark, and how many are found exactly: the rules of conlleval and seqeval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """Words from ``start`` to before ``end``, of a kind."""

    start: int
    end: int
    kind: str


class Counts(NamedTuple):
    """Spans that are there, that were given, and that were given exactly as they are there."""

    true: int
    given: int
    right: int

    @property
    def precision(self) -> float:
        """The share of those given that is right; 0 where none is given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of those there that is given; 0 where none is there."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """2 P R / (P + R); 0 where nothing is right."""
        both = self.true + self.given
        return 2 * self.right / both if both else 0.0


def spans(tags: Sequence[str]) -> list[Span]:
    """The spans of a sentence. An I- that nothing of its kind precedes begins one, too.

    >>> spans(["B-PER", "I-PER", "I-LOC", "O"])
    [Span(start=0, end=2, kind='PER'), Span(start=2, end=3, kind='LOC')]
    """
    out: list[Span] = []
    start, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        goes_on = tag[:2] == "I-" and tag[2:] == kind
        if kind and not goes_on:
            out.append(Span(start, at, kind))
            kind = ""
        if tag != "O" and not goes_on:
            start, kind = at, tag[2:]
    return out


def count(
    true: Iterable[Sequence[str]], given: Iterable[Sequence[str]]
) -> tuple[Counts, dict[str, Counts]]:
    """Counts of all spans of some sentences, and of each kind, in alphabetical order.

    Source: seqeval 1.2, default mode (micro average).
    """
    counts: dict[str, list[int]] = {}
    for there, answered in zip(true, given, strict=True):
        known, told = set(spans(there)), set(spans(answered))
        for column, some in enumerate((known, told, known & told)):
            for span in some:
                counts.setdefault(span.kind, [0, 0, 0])[column] += 1
    kinds = {kind: Counts(*counts[kind]) for kind in sorted(counts)}
    return Counts(*(sum(column) for column in zip(*kinds.values(), strict=True))) if kinds else (
        Counts(0, 0, 0)
    ), kinds
