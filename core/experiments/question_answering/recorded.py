"""Recorded runs: what networks reach by seed, and what searching reaches on real questions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.numeric.weights import read_npz

FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "question_answering.json"
WEIGHTS = FILE.with_suffix(".npz")


@dataclass(frozen=True)
class Recorded:
    """What was reached.

    networks: task -> network -> held-out accuracy, one a seed. piaf: what the search reaches on the
    questions that are judged by, by name, shares. invented: task -> what the shipped network
    reaches on invented stories, asked as in bAbI ("like") and otherwise ("unlike"). weights: of the
    features of a stretch, (features,). card: when, by what, where.
    """

    networks: Mapping[str, Mapping[str, tuple[float, ...]]]
    piaf: Mapping[str, float]
    invented: Mapping[str, Mapping[str, float]]
    weights: np.ndarray
    card: Mapping[str, Any]


@cache
def load() -> Recorded:
    """The recorded runs."""
    known = json.loads(FILE.read_text("utf-8"))
    return Recorded(
        {
            task: {name: tuple(shares) for name, shares in some.items()}
            for task, some in known["networks"].items()
        },
        known["piaf"],
        known["invented"],
        read_npz(WEIGHTS.read_bytes())["stretches"].astype(float),
        known["card"],
    )
