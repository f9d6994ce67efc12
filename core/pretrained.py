"""Shipped weights: listed, loaded, verified, made again.

Each model is two files in assets/weights: NAME.npz, the weights in half precision, and NAME.json,
its card: cell, vocabulary, sha256 of the weights, and where it comes from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from core.messages import N_, Problem
from core.numeric.language_model import LanguageModel
from core.numeric.weights import read_card, read_npz, write_npz

_RECIPES = {"voltaire": "core.experiments.voltaire_shipped"}
WEIGHTS = Path(__file__).resolve().parent.parent / "assets" / "weights"


def names() -> list[str]:
    """The names of the shipped models."""
    return sorted(path.stem for path in WEIGHTS.glob("*.json") if path.with_suffix(".npz").exists())


@cache
def load(name: str) -> tuple[LanguageModel, Mapping[str, Any]]:
    """A shipped model and its card, read once. Raises Problem if there is no such model."""
    weights, card = _files(name)
    about = read_card(card.read_bytes())
    return LanguageModel(about["cell"], about["vocabulary"], read_npz(weights.read_bytes())), about


def verify(name: str) -> bool:
    """Whether the weights have the hash that the card states. Raises Problem if there are none."""
    weights, card = _files(name)
    stated = read_card(card.read_bytes()).get("sha256")
    return hashlib.sha256(weights.read_bytes()).hexdigest() == stated


def save(name: str, model: LanguageModel, card: Mapping[str, Any], folder: Path = WEIGHTS) -> None:
    """Write a model's two files; cell, vocabulary and hash are added to its card."""
    weights = write_npz(model.weights)
    about = {
        **card,
        "cell": model.cell,
        "vocabulary": model.vocabulary,
        "sha256": hashlib.sha256(weights).hexdigest(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.npz").write_bytes(weights)
    said = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{name}.json").write_text(said, encoding="utf-8", newline="\n")


def rebuild(name: str, folder: Path, log: Callable[[str], None]) -> None:
    """Train a shipped model again from its data, into ``folder``; ``log`` hears of the progress.

    Raises Problem if there is no such model or its data are not here.
    """
    if name not in _RECIPES:
        raise _no_model(name, list(_RECIPES))
    import_module(_RECIPES[name]).rebuild(folder, log)  # imports TensorFlow; loading does not


def _files(name: str) -> tuple[Path, Path]:
    if name not in names():
        raise _no_model(name, names())
    return WEIGHTS / f"{name}.npz", WEIGHTS / f"{name}.json"


def _no_model(name: str, known: list[str]) -> Problem:
    return Problem(
        N_("There is no shipped model {name}; there are: {names}."),
        name=name[:40],
        names=", ".join(known) or "-",
    )
