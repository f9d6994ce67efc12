"""Recorded runs: which idea brought what, how many texts it takes, the split that lies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "text_class.json"


@dataclass(frozen=True)
class Recorded:
    """What runs reached on held-out texts.

    ideas: reviews; a network's or a baseline's name -> accuracy, one a seed. sizes: texts that were
    learned from; curves: name -> accuracy (sizes, seeds). splits: "book" and "passage" -> name ->
    accuracy, one a seed, of authors. card: when, by what, where.
    """

    ideas: Mapping[str, tuple[float, ...]]
    sizes: tuple[int, ...]
    curves: Mapping[str, np.ndarray]
    splits: Mapping[str, Mapping[str, tuple[float, ...]]]
    card: Mapping[str, Any]


@cache
def load() -> Recorded:
    """The recorded runs."""
    told = json.loads(FILE.read_text("utf-8"))
    return Recorded(
        {name: tuple(shares) for name, shares in told["ideas"].items()},
        tuple(told["sizes"][: len(told["curves"].get("mean", ()))]),
        {name: np.array(shares) for name, shares in told["curves"].items()},
        {
            split: {name: tuple(shares) for name, shares in some.items()}
            for split, some in told["splits"].items()
        },
        told["card"],
    )
