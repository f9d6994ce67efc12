"""Runs that were recorded: one data set read in each direction, with a few seeds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "sequence_class.json"


@dataclass(frozen=True)
class Directions:
    """What a set's runs reached on held-out sequences.

    tested: held-out sequences of a run. accuracy: direction -> one number a seed.
    logistic: of logistic regression on positions, one number a seed.
    """

    data: str
    tested: int
    accuracy: Mapping[str, tuple[float, ...]]
    logistic: tuple[float, ...]


@cache
def load() -> tuple[dict[str, Directions], Mapping[str, Any]]:
    """Name of a data set -> what was recorded of it; and the card: when, by what, where."""
    recorded = json.loads(FILE.read_text("utf-8"))
    sets = {
        name: Directions(
            name,
            one["tested"],
            {direction: tuple(shares) for direction, shares in one["accuracy"].items()},
            tuple(one["logistic"]),
        )
        for name, one in recorded["sets"].items()
    }
    return sets, recorded["card"]
