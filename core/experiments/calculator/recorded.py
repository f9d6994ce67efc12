"""The learning curve of the classic Keras recipe for addition, as it was recorded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "calculator_classic.json"


@dataclass(frozen=True)
class Classic:
    """Additions of up to three digits by the recipe of Keras's own example.

    train_s, exact_match: float (epochs,), exact match on the same held-out questions as a run's.
    card: command, machine, recipe and how many questions an epoch has.
    """

    train_s: np.ndarray
    exact_match: np.ndarray
    card: Mapping[str, Any]

    @property
    def questions(self) -> np.ndarray:
        """Questions learned from until the end of each epoch, whole (epochs,)."""
        return self.card["examples"] * np.arange(1, len(self.exact_match) + 1)


@cache
def load(file: Path = FILE) -> Classic | None:
    """The recorded curve, None if the file is missing."""
    if not file.exists():
        return None
    curve = json.loads(file.read_text(encoding="utf-8"))
    return Classic(np.array(curve["train_s"]), np.array(curve["exact_match"]), curve["card"])
