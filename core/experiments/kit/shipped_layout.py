"""Where t-SNE puts the codes that a shipped model is shown with: found once, when it is made."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core import pretrained
from core.numeric.weights import read_npz, write_npz


def write_layout(name: str, places: np.ndarray, folder: Path) -> None:
    """Keep the places (n, 2) of the model of that name beside its weights in ``folder``."""
    (folder / _file(name)).write_bytes(write_npz({"tsne": places}))


def layout(name: str) -> np.ndarray | None:
    """The places of a shipped model's codes, float (n, 2); None if they are missing."""
    path = pretrained.WEIGHTS / _file(name)
    return read_npz(path.read_bytes())["tsne"].astype(float) if path.is_file() else None


def _file(name: str) -> str:
    return f"{name}_facts.npz"
