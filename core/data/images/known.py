"""The sets of images that every lesson on autoencoders offers, by name."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from core.data import fetch, uploads
from core.data.images.image_set import Images
from core.messages import N_, Problem

MNIST_FILE = "mnist.npz"
_DIGITS = tuple("0123456789")


def images(name: str, upload: str = "") -> Images:
    """The set of that name: "digits", which every machine has, "mnist", or "upload".

    upload: the hash under which a visitor's own set was stored; of no account for the others.
    Raises Problem if it is not on this machine.
    """
    return uploads.load_images(upload) if name == "upload" else _named(name)


@lru_cache(maxsize=2)
def _named(name: str) -> Images:
    return _digits() if name == "digits" else _mnist()


def _digits() -> Images:
    """scikit-learn's 1,797 digits, read beside it, not through it: it takes a second to import."""
    package = find_spec("sklearn")
    folder = Path(package.origin).parent if package and package.origin else Path()
    file = folder / "datasets" / "data" / "digits.csv.gz"
    if not file.is_file():
        raise Problem(N_("scikit-learn's digits are not where they were: install it anew."))
    table = np.loadtxt(file, delimiter=",")
    pixels = (table[:, :-1] / 16).astype(np.float32)
    return Images(pixels, table[:, -1].astype(int), (8, 8), _DIGITS)


def _mnist() -> Images:
    with np.load(fetch.path(MNIST_FILE), allow_pickle=False) as stored:
        images, labels = stored["x_train"], stored["y_train"].astype(int)
    pixels = images.reshape(len(images), -1).astype(np.float32) / 255
    return Images(pixels, labels, (28, 28), _DIGITS)
