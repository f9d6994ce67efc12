"""How shipped weights are made: trained by a run, stored with a card, their codes laid out."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from core import pretrained
from core.events import Epoch, Event, Finished
from core.numeric.weights import read_npz, write_npz

Log = Callable[[str], None]


def follow(
    name: str,
    events: Iterable[Event],
    log: Log,
    line: Callable[[Mapping[str, Any]], str],
    every: int = 1,
) -> tuple[Finished, float]:
    """A run's last event, and the seconds that it took; ``log`` hears how it goes.

    line: the words for an epoch's metrics. every: after how many epochs they are said.
    """
    began, event = time.perf_counter(), None
    for event in events:
        if isinstance(event, Epoch) and event.epoch % every == 0:
            log(f"{name}, epoch {event.epoch}: {line(event.metrics)}")
    assert isinstance(event, Finished)
    return event, time.perf_counter() - began


def publish(
    name: str,
    model: Any,
    folder: Path,
    *,
    recipe: str = "",
    seconds: float,
    about: str,
    config: Mapping[str, Any],
    metrics: Mapping[str, Any],
    **more: Any,
) -> pretrained.Card:
    """Write a model with its card, which is returned.

    recipe: the name that makes it again, by default its own. seconds: that the making took. more:
    of this card alone.
    """
    card = {
        "about": about,
        "config": config,
        "command": f"python -m core pretrained rebuild {recipe or name}",
        "seconds": round(seconds),
        "machine": f"{platform.machine()}, 2 cores",
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in ("numpy", "keras")},
        },
        **more,
        "metrics": metrics,
    }
    pretrained.save(name, model, card, folder)
    return card


def write_layout(name: str, places: np.ndarray, folder: Path) -> None:
    """Keep where t-SNE puts a model's codes, (n, 2), beside its weights in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _file(name)).write_bytes(write_npz({"tsne": places}))


def layout(name: str) -> np.ndarray | None:
    """The places of a shipped model's codes, float (n, 2); None if they are missing."""
    path = pretrained.WEIGHTS / _file(name)
    return read_npz(path.read_bytes())["tsne"].astype(float) if path.is_file() else None


def _file(name: str) -> str:
    return f"{name}_facts.npz"
