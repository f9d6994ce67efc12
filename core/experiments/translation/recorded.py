"""Recorded runs: a translator with attention, and without."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.experiments.translation.config import TranslationConfig

FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "translation.json"


@dataclass(frozen=True)
class Recorded:
    """What both reached on validation sentences.

    networks: attention, as in a config -> "bleu", "by_length" (words of what is read, as "1-3" ->
    BLEU), "sentences", "params", "train_s". config: of both, but for the attention. card: when, by
    what, where.
    """

    networks: Mapping[str, Mapping[str, Any]]
    config: TranslationConfig
    card: Mapping[str, Any]


@cache
def load() -> Mapping[str, Recorded]:
    """The recorded runs, by the data that they learned from."""
    told = json.loads(FILE.read_text("utf-8"))
    return {
        data: Recorded(one["networks"], TranslationConfig.parse(one["config"]), one["card"])
        for data, one in told.items()
    }
