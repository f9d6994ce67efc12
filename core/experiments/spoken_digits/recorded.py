"""Runs that were recorded: each speaker held out in turn, the official part, who speaks."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "spoken_digits.json"
BASELINES = ("warping", "logistic_steps", "logistic_mean")


@cache
def load() -> tuple[Mapping[str, list[Mapping[str, float]]], Mapping[str, Any]]:
    """What is held out -> what each run reached; and the card: when, by what, where.

    Of a run, the accuracy of "network" and BASELINES on its held-out words, and train_s. "unheard"
    has a run for each speaker with the first seed, then with the next, "unheard_as_it_is" (nothing
    varied in training) one for each speaker, "official" one for each seed; "speaker" and
    "speaker_unheard" hear who speaks.
    """
    told = json.loads(FILE.read_text("utf-8"))
    return told["runs"], told["card"]
