"""A Keras model as the bytes of a .keras file."""

import tempfile
from pathlib import Path

import keras


def keras_bytes(model: keras.Model) -> bytes:
    """What ``model.save`` writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return path.read_bytes()
