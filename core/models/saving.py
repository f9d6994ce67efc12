"""A Keras model as the bytes of a .keras file."""

import tempfile
from pathlib import Path

import keras

from core.models.recurrent.layers import plain


def keras_bytes(model: keras.Model) -> bytes:
    """What ``model.save`` writes; the file needs Keras alone, whatever layers trained it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        plain(model).save(path)
        return path.read_bytes()
