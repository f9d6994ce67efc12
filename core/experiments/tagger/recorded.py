"""Recorded runs: what each part of a tagger brings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "tagger.json"


@dataclass(frozen=True)
class Recorded:
    """What taggers of more and more parts reached on held-out words.

    accuracy, unknown: name of ``benchmarks.record_tagger.PARTS`` -> shares right, one a seed, of
    all words and of those never met. names: "score" (F1 on Madame Bovary), "left" and "right" of
    the shipped settings, one a seed; nothing where they were not recorded. card: when, by what,
    where.
    """

    accuracy: Mapping[str, tuple[float, ...]]
    unknown: Mapping[str, tuple[float, ...]]
    names: Mapping[str, tuple[float, ...]]
    card: Mapping[str, Any]


@cache
def load() -> Recorded:
    """The recorded runs."""
    told = json.loads(FILE.read_text("utf-8"))
    accuracy, unknown = (
        {name: tuple(known[metric]) for name, known in told["parts"].items()}
        for metric in ("accuracy", "unknown")
    )
    names = {metric: tuple(known) for metric, known in told.get("names", {}).items()}
    return Recorded(accuracy, unknown, names, told["card"])
