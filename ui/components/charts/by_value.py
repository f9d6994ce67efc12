"""What a chart is drawn from, as a short text that is the same for all that is equal."""

import hashlib
import pickle
from dataclasses import fields, is_dataclass
from types import FunctionType
from typing import Any

import numpy as np


def digest(value: Any) -> str:
    """A fingerprint of a value: of its numbers, texts, arrays, and functions by their names.

    Streamlit's own takes ten times as long. Raises TypeError for a function within another one.
    """
    written = hashlib.blake2b(digest_size=20)
    _ByValue(_Sink(written)).dump(value)
    return written.hexdigest()


class _Sink:
    """A file that keeps only the fingerprint of what is written."""

    def __init__(self, written: Any):
        self.write = written.update


class _ByValue(pickle.Pickler):
    """Writes what is equal alike. Nothing of it is ever read."""

    def __init__(self, file: Any):
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.fast = True  # a part that comes twice is written twice, be it one object or two

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, FunctionType):
            return str, (_name(value),)
        if isinstance(value, np.ndarray):  # in rows, whatever its order in memory
            numbers = value.tolist() if value.dtype.hasobject else value.tobytes()
            return str, (value.dtype.str, value.shape, numbers)
        if is_dataclass(value) and not isinstance(value, type):  # but not what it has computed
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


def _name(function: FunctionType) -> str:
    """A function of a module by its name; what another function holds in itself is not in it."""
    if "<" in function.__qualname__:
        raise TypeError(f"{function.__qualname__} cannot be told from its like by name")
    return f"{function.__module__}.{function.__qualname__}"
