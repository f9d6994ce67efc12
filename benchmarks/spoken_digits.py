"""Spoken digits: networks beside warping and logistic regression, each speaker held out in turn."""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.record_spoken_digits import RUNS
from benchmarks.row import Row
from core import pretrained
from core.data.sounds.spoken import missing, spoken
from core.events import Finished, Metrics
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from core.experiments.spoken_digits.run import run
from core.numeric.sound.listener import Listener

_WHAT = {
    "official": "Spoken digits, official test part, three seeds (aim: at least 0.97)",
    "official_as_it_is": "The same, nothing varied in training",
    "unheard": "Spoken digits, each of six speakers never heard (aim: at least 0.80)",
    "speaker": "Who speaks, other recordings",
    "speaker_unheard": "Who speaks, on two digits that nobody was heard to say, five pairs",
}
_BESIDE = {
    "warping": "dynamic time warping",
    "logistic_steps": "logistic regression on 16 steps",
    "logistic_mean": "on mean and spread",
}
_TIMES = 50


def rows() -> Iterator[Row]:
    """Held-out accuracy of the lesson's own settings, and how long a word takes."""
    for name, what in _WHAT.items():
        if missing():
            yield Row(what, "not measured: the recordings are not here")
            continue
        ends = [_reached(settings) for settings in RUNS[name]]
        accuracy = [end["accuracy"] for end in ends]
        beside = ", ".join(
            f"{label} {np.mean([end[f'baseline_{other}'] for end in ends]):.3f}"
            for other, label in _BESIDE.items()
        )
        spread = f" (lowest {min(accuracy):.3f})" if len(accuracy) > 1 else ""
        longest = max(end["train_s"] for end in ends)
        yield Row(what, f"{np.mean(accuracy):.3f}{spread}, {longest:.0f} s", beside)
    model, card = pretrained.load("spoken-digits", Listener)
    sound = max(spoken("synthetic").sounds, key=len)
    began = time.perf_counter()
    for _again in range(_TIMES):
        model.beliefs(sound)
    took_ms = 1e3 * (time.perf_counter() - began) / _TIMES
    yield Row(
        "A word of half a second, the belief after each step, NumPy",
        f"{took_ms:.0f} ms",
        f"{model.params:,} weights, {card['metrics']['accuracy']:.3f} right",
    )


def _reached(settings: dict[str, Any]) -> Metrics:
    *_, end = run(SpokenDigitsConfig(**settings))
    assert isinstance(end, Finished)
    return end.metrics
