"""Small grey images with labels, and which of them are held out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from core.data import fetch
from core.messages import N_, Problem

TEST_SHARE = 0.25
_SPLIT_STREAM = 5
_MNIST = "mnist.npz"


@dataclass(frozen=True)
class Images:
    """pixels: float32 (n, height * width) in [0, 1]; labels: int (n,); shape: (height, width)."""

    pixels: np.ndarray
    labels: np.ndarray
    shape: tuple[int, int]

    def split(self, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Indices to learn from and to test on: a quarter of each class, drawn by ``seed``."""
        rng = np.random.default_rng([_SPLIT_STREAM, seed])
        test = []
        for label in np.unique(self.labels):
            members = rng.permutation(np.flatnonzero(self.labels == label))
            test.append(members[: max(1, round(TEST_SHARE * len(members)))])
        held_out = np.sort(np.concatenate(test))
        return np.setdiff1d(np.arange(len(self.labels)), held_out), held_out


@lru_cache(maxsize=4)
def images(name: str) -> Images:
    """The set of that name: "digits", which every machine has, or "mnist".

    Raises Problem if it is not on this machine.
    """
    return _digits() if name == "digits" else _mnist()


def _digits() -> Images:
    """scikit-learn's 1,797 digits, read beside it, not through it: it takes a second to import."""
    found = find_spec("sklearn")
    folder = Path(found.origin).parent if found and found.origin else Path()
    file = folder / "datasets" / "data" / "digits.csv.gz"
    if not file.is_file():
        raise Problem(N_("scikit-learn's digits are not where they were: install it anew."))
    table = np.loadtxt(file, delimiter=",")
    return Images((table[:, :-1] / 16).astype(np.float32), table[:, -1].astype(int), (8, 8))


def _mnist() -> Images:
    with np.load(fetch.path(_MNIST), allow_pickle=False) as stored:
        images, labels = stored["x_train"], stored["y_train"]
    return Images(images.reshape(len(images), -1).astype(np.float32) / 255, labels, (28, 28))
