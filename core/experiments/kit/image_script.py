"""The part that the Keras scripts of all lessons on images share: where the images come from."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from core.data.images.known import images
from core.experiments.kit.image_task import MOST_IMAGES

_FILE = "images.npz"
_DIGITS = """\
digits = load_digits()
pixels, labels = (digits.data / 16).astype("float32"), digits.target"""

_MNIST = """\
(images, labels), _ = keras.datasets.mnist.load_data()
pixels = images.reshape(len(images), -1).astype("float32") / 255"""

_UPLOAD = """\
with np.load("images.npz") as stored:
    pixels, labels = stored["x"], stored["y"]"""

_SPLIT = """
rng = np.random.default_rng([5, {seed}])
test = []
for label in np.unique(labels):
    members = rng.permutation(np.flatnonzero(labels == label))
    test.append(members[: max(1, round(0.25 * len(members)))])
test = np.sort(np.concatenate(test))
training = np.setdiff1d(np.arange(len(labels)), test)
"""

_MOST = "training, test = training[training < {most}], test[test < {most}]\n"

_ABOUT = {
    "digits": "It needs scikit-learn for its digits.",
    "mnist": "It fetches MNIST by Keras.",
    "upload": "It reads images.npz, which lies beside it.",
}


def needs(config: Any) -> str:
    """A sentence on what the script of ``config`` needs."""
    return _ABOUT[config.data]


def imports(config: Any) -> str:
    """The line, with its end, that the images of ``config`` need beside keras and numpy, or ""."""
    return "from sklearn.datasets import load_digits\n" if config.data == "digits" else ""


def read_and_split(config: Any) -> str:
    """Lines that define pixels, float32 (n, features), labels, training and test, their indices."""
    known = images(config.data, config.upload)
    read = {"digits": _DIGITS, "mnist": _MNIST, "upload": _UPLOAD}[config.data]
    many = len(known.labels) > MOST_IMAGES
    most = _MOST.format(most=MOST_IMAGES) if many else ""
    return read + _SPLIT.format(seed=config.seed) + most


def image_files(config: Any) -> dict[str, bytes]:
    """A visitor's own images by file name, for the script to read; none of the known sets."""
    if config.data != "upload":
        return {}
    known = images(config.data, config.upload)
    out = io.BytesIO()
    np.savez_compressed(out, x=known.pixels, y=known.labels)
    return {_FILE: out.getvalue()}
