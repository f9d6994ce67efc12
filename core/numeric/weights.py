"""Weights as files: npz for arrays, JSON for the rest, checked before they are read."""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from core.messages import N_, Problem
from core.numeric.language.language_model import LanguageModel

MAX_BYTES = 20_000_000  # of all that a file holds, unpacked
MAX_CARD_BYTES = 1_000_000
_MAX_MEMBERS = 64
# What np.save writes, and no more: nothing of a foreign header is evaluated.
_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '(?P<dtype><[fiu][248]|\|[iub]1|<U\d{1,3}|\|S\d{1,3})', "
    rb"'fortran_order': (?P<in_columns>True|False), "
    rb"'shape': \((?P<shape>|\d{1,9},|\d{1,9}(?:, \d{1,9}){1,3})\), \} *\n",
    re.DOTALL,
)
_MODEL, _WEIGHTS = "model.json", "weights.npz"
_FORMAT = "pangloss language model 1"


def write_npz(weights: Mapping[str, np.ndarray]) -> bytes:
    """Weights as npz in half precision, whole numbers as they are; the same bytes for the same."""
    out = io.BytesIO()
    halves: dict[str, Any] = {
        name: np.ascontiguousarray(in_precision(weights[name], np.float16))
        for name in sorted(weights)
    }
    np.savez_compressed(out, **halves)
    return out.getvalue()


def in_precision(array: np.ndarray, dtype: type) -> np.ndarray:
    """An array in another precision, but whole numbers as they are."""
    return array if array.dtype.kind in "iu" else array.astype(dtype)


def read_npz(data: bytes, *, words: bool = False) -> dict[str, np.ndarray]:
    """The arrays of an npz, numbers only; words: truth values and short words are taken, too.

    Names, sizes, shapes and types are checked before anything is unpacked; nothing is executed.
    Raises Problem where it is no npz, holds too much, or anything but plain arrays of numbers.
    """
    members = _members(data)
    arrays = {}
    for name, content in members.items():
        if not name.endswith(".npy"):
            raise Problem(N_("The file holds {name}, which is not an array."), name=name[:40])
        array = _array(name, content)
        if array.dtype.kind not in ("fiubSU" if words else "fiu") or not _is_text(array):
            raise Problem(N_("{name} is not a plain array of numbers."), name=name[:40])
        arrays[name.removesuffix(".npy")] = array
    return arrays


def read_npy(data: bytes) -> np.ndarray:
    """The array of an npy, as ``read_npz`` reads those of an npz. Raises Problem as it does."""
    array = _array("x.npy", data)
    if array.dtype.kind not in "fiub":
        raise Problem(N_("{name} is not a plain array of numbers."), name="x.npy")
    return array


def export_model(model: LanguageModel, card: Mapping[str, Any]) -> bytes:
    """A model to take away and load back: a zip of model.json and weights.npz, half precision.

    card: JSON values that say where the model comes from.
    """
    about = {
        "format": _FORMAT,
        "cell": model.cell,
        "vocabulary": model.vocabulary,
        "card": dict(card),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        text = json.dumps(about, ensure_ascii=False, indent=1)
        archive.writestr(zipfile.ZipInfo(_MODEL), text)
        archive.writestr(zipfile.ZipInfo(_WEIGHTS), write_npz(model.weights))
    return out.getvalue()


def import_model(data: bytes) -> tuple[LanguageModel, dict[str, Any]]:
    """The model and the card of what ``export_model`` wrote.

    Raises Problem, in one sentence, for anything else.
    """
    members = _members(data)
    if set(members) != {_MODEL, _WEIGHTS}:
        raise Problem(
            N_("This is not a model that Pangloss exported: such a file holds {names}."),
            names=f"{_MODEL}, {_WEIGHTS}",
        )
    about = read_card(members[_MODEL])
    if about.get("format") != _FORMAT or not isinstance(about.get("card"), dict):
        raise Problem(N_("The file model.json is not one that Pangloss wrote."))
    cell, vocabulary = str(about.get("cell")), about.get("vocabulary", "")
    return LanguageModel(cell, vocabulary, read_npz(members[_WEIGHTS])), about["card"]


def read_card(data: bytes) -> dict[str, Any]:
    """The object that a JSON file holds. Raises Problem if it holds none or is too large."""
    try:
        card = json.loads(data) if len(data) <= MAX_CARD_BYTES else None
        json.dumps(card, ensure_ascii=False).encode()  # fails on half a character
    except (ValueError, RecursionError):
        card = None
    if not isinstance(card, dict):
        raise Problem(N_("The model's description cannot be read as JSON."))
    return card


def _members(data: bytes) -> dict[str, bytes]:
    """The files of a zip by name, none unpacked before all sizes are known."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if not _bounded(infos):
                raise Problem(
                    N_("The file holds more than {most} MB or {members} members."),
                    most=MAX_BYTES // 1_000_000,
                    members=_MAX_MEMBERS,
                )
            return {info.filename: archive.read(info) for info in infos}
    except Problem:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise Problem(N_("The file is damaged or not a zip file.")) from None


def _bounded(infos: list[zipfile.ZipInfo]) -> bool:
    # Methods other than these two unpack whatever there is, whatever size is stated.
    methods = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return (
        len(infos) <= _MAX_MEMBERS
        and sum(info.file_size for info in infos) <= MAX_BYTES
        and all(info.compress_type in methods for info in infos)
    )


def _is_text(array: np.ndarray) -> bool:
    """Whether words consist of characters that there are; numbers always do."""
    if array.dtype.kind != "U" or not array.dtype.itemsize:
        return True
    points = np.ascontiguousarray(array).view(np.uint32)
    return bool(((points < 0xD800) | ((points > 0xDFFF) & (points <= 0x10FFFF))).all())


def _array(name: str, content: bytes) -> np.ndarray:
    header = _HEADER.match(content)
    shape = tuple(map(int, re.findall(rb"\d+", header["shape"]))) if header else ()
    dtype = np.dtype(header["dtype"].decode()) if header else np.dtype(float)
    if not header or math.prod(shape) * dtype.itemsize != len(content) - header.end():
        raise Problem(N_("{name} is not a plain array of numbers."), name=name[:40])
    array = np.frombuffer(content, dtype, offset=header.end())
    return array.reshape(shape, order="F" if header["in_columns"] == b"True" else "C")
