"""Images or a table that a visitor brings, as .npz or CSV: read, or refused with a reason."""

from __future__ import annotations

import math
import re
import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.data.images.folded import MIN_SIDE, MOST_WORDS, unfolded, without_one_hot
from core.data.images.image_set import Images
from core.data.packed import unpacked
from core.data.tables import BINARY, MAX_BYTES_OF_NUMBERS, Table, read_table
from core.data.tables.labels import is_label_name, label_question
from core.messages import N_, Note, Problem
from core.numeric.weights import read_npy, read_npz

MIN_IMAGES, MAX_IMAGES = 40, 20_000
MAX_SIDE = 64
MIN_COLUMNS = 3
MAX_CLASSES = 10
LEAST_OF_CLASS = 4
_SPREADSHEETS = (b"[Content_Types].xml", b"application/vnd.oasis", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how a table from a spreadsheet may begin
IDX = b"\0\0\x08\x03"  # as MNIST is published
_IMAGES = ("images", "x", "train_images", "x_train", "data", "arr_0", "features")
_LABELS = ("labels", "y", "train_labels", "y_train", "arr_1")
_PIXEL = re.compile(r"(?:p|px|pix|pixel)?[ _.-]?\d+(?:[x_,-]\d+)?", re.IGNORECASE)


def read_images(raw: bytes, choices: Mapping[str, str] | None = None) -> Images:
    """The images of an uploaded file.

    An .npz has, and an .npy is, an array of numbers of shape (n, height, width), (n, height, width,
    colours) or (n, features) with a square number of features; an .npz perhaps has labels, too:
    numbers, words or one-hot rows. In a table each row is an example and each column of numbers a
    feature, scaled to [0, 1]; one column may be the label; columns called pixel..., 1x1, ... or 0,
    1, ... are an image's pixels, row by row. What is above 1 in images is divided by the highest
    value. What cannot be used beside the pixels is left out and said in ``Images.notes``. The sizes
    of an archive's members are checked before anything is unpacked, and nothing in it is executed.
    choices: answers to the questions of a table. Raises Problem, which says what is wrong and what
    is right.
    """
    raw, packed = unpacked(raw, MAX_BYTES_OF_NUMBERS)
    if any(mark in raw[:4096] for mark in _SPREADSHEETS):
        raise Problem(BINARY)
    if raw[:2] == b"PK":
        return _of_arrays(read_npz(raw, words=True))
    if raw[:6] == b"\x93NUMPY":
        return _of_arrays({"x": read_npy(raw)})
    if raw[:4] == IDX and len(raw) > 16:
        count, height, width = struct.unpack(">III", raw[4:16])
        if len(raw) == 16 + count * height * width:
            pixels = np.frombuffer(raw, np.uint8, offset=16)
            return _of_arrays({"x": pixels.reshape(count, height, width)})
    if b"\x00" in raw and raw[:2] not in _UTF_16:
        raise Problem(N_("The file is neither an .npz of NumPy nor a table of text (CSV)."))
    table = read_table(raw, choices, max_rows=MAX_IMAGES, needs_numbers=False)
    table = without_one_hot(unfolded(table))
    label = _label_of(table)
    taken = [name for name in (*table.columns, *table.texts) if _could_be_label(table, name)]
    asked = label_question(dict.fromkeys(["", *taken, label]), label) if taken or label else ()
    if packed:
        table = replace(table, removed=(packed, *table.removed))
    return replace(_of_table(table, label), questions=(*table.questions, *asked))


def _named(arrays: Mapping[str, np.ndarray], names: tuple[str, ...]) -> str | None:
    lower = {name.lower(): name for name in reversed(list(arrays))}
    return next((lower[name] for name in names if name in lower), None)


def _of_arrays(arrays: dict[str, np.ndarray]) -> Images:
    many = [n for n, a in arrays.items() if a.ndim >= 2 and a.dtype.kind in "buif"]
    known = {name: arrays[name] for name in many}
    name = _named(known, _IMAGES) or max(many, key=lambda n: arrays[n].size, default=None)
    if name is None:
        raise Problem(
            N_(
                "The file has no array called x or images; its arrays are: {names}. Save it by "
                "np.savez(file, x=images, y=labels)."
            ),
            names=", ".join(arrays)[:80] or "-",
        )
    pixels, notes = _grey(name, arrays[name])
    if pixels.ndim == 2:
        side = math.isqrt(pixels.shape[1])
        shape = (side, side) if side * side == pixels.shape[1] else (1, pixels.shape[1])
    else:
        shape = (pixels.shape[1], pixels.shape[2])
    _check_sizes(len(pixels), shape)
    flat = pixels.reshape(len(pixels), -1).astype(float)
    _check_numbers(flat)
    others = {n: a for n, a in arrays.items() if n != name and len(np.atleast_1d(a)) == len(flat)}
    label = _named(others, _LABELS) or next((n for n in others if is_label_name(n)), None)
    words = None if label is None else _words(label, others[label], notes)
    left = [n for n in arrays if n not in (name, label)]
    if left:
        notes.append(Note(N_("arrays left out: {names}"), {"names": ", ".join(left)[:80]}))
    if shape[0] == 1:
        names = [str(i) for i in range(1, shape[1] + 1)]
        flat = _scaled(flat, names, notes)
        return _images(flat, (1, flat.shape[1]), words, notes)
    return _images(_brightness(flat, notes), shape, words, notes)


def _grey(name: str, pixels: np.ndarray) -> tuple[np.ndarray, list[Note]]:
    """Pixels (n, features) or (n, height, width), of colours the mean."""
    if pixels.ndim == 4 and pixels.shape[-1] == 1:
        return pixels[..., 0], []
    if pixels.ndim == 4 and pixels.shape[1] == 1:
        return pixels[:, 0], []
    if pixels.ndim == 4 and pixels.shape[1] == 3 and pixels.shape[-1] > 4:
        return pixels.mean(1), [Note(N_("colours made grey"))]
    if pixels.ndim == 4 and pixels.shape[-1] in (3, 4):
        return pixels[..., :3].mean(-1), [Note(N_("colours made grey"))]
    if pixels.ndim not in (2, 3):
        raise Problem(
            N_(
                "{name} has the shape {shape}; grey images are (n, height, width), rows of a "
                "table (n, features)."
            ),
            name=name,
            shape=str(pixels.shape),
        )
    return pixels, []


def _words(name: str, labels: np.ndarray, notes: list[Note]) -> list[str] | None:
    """The label of each image, None where the array says none."""
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    elif labels.ndim == 2 and labels.dtype.kind in "buif" and (labels.sum(1) == 1).all():
        labels = labels.argmax(1)
    if labels.ndim != 1 or (labels.dtype.kind == "f" and not np.isfinite(labels).all()):
        notes.append(
            Note(
                N_("{name}, of shape {shape}, has no label for each image: left out"),
                {"name": name, "shape": str(labels.shape)},
            )
        )
        return None
    if labels.dtype.kind == "S":
        return [label.decode("utf-8", "replace") for label in labels.tolist()]
    return [f"{x:g}" if isinstance(x, float) else str(x) for x in labels.tolist()]


def _label_of(table: Table) -> str:
    """The column of the labels: the chosen one, else the one that looks like it; "" for none."""
    if table.label is not None:
        return table.label
    named = next((n for n in (*table.columns, *table.texts) if is_label_name(n)), None)
    only = list(table.texts) if len(table.texts) == 1 else [""]
    return named or _unnamed_label(table.columns) or only[0]


def _could_be_label(table: Table, name: str) -> bool:
    if name in table.texts or is_label_name(name):
        return True
    if name not in (next(iter(table.columns)), list(table.columns)[-1]):  # a pixel or a feature
        return False
    values = table.columns[name]
    return bool((values == np.round(values)).all()) and 2 <= len(np.unique(values)) <= MAX_CLASSES


def _of_table(table: Table, label: str) -> Images:
    columns, notes = dict(table.columns), list(table.removed)
    words = table.texts.get(label)
    if label in columns:
        words = [f"{number:g}" for number in columns.pop(label)]
    left = [name for name in table.texts if name != label]
    if left:
        notes.append(
            Note(N_("columns of words left out: {names}"), {"names": ", ".join(left)[:80]})
        )
    for name, lacking in table.missing.items():
        if name in columns:
            raise Problem(
                N_("Column {name} lacks a number in {count} rows; every pixel needs one."),
                name=name[:40],
                count=int(lacking.sum()),
            )
    values = np.column_stack([*columns.values()]) if columns else np.empty((table.rows, 0))
    side = math.isqrt(values.shape[1])
    is_square = bool(columns) and side * side == values.shape[1] and side >= MIN_SIDE
    if is_square and (all(map(_PIXEL.fullmatch, columns)) or _are_bytes(columns, values)):
        _check_sizes(table.rows, (side, side))
        _check_numbers(values)
        return _images(_brightness(values, notes), (side, side), words, notes)
    _check_sizes(table.rows, (1, values.shape[1]))
    values = _scaled(values, list(columns), notes)
    return _images(values, (1, values.shape[1]), words, notes)


def _unnamed_label(columns: Mapping[str, np.ndarray]) -> str | None:
    """The first or last of unnamed columns, if what is beside it is a square and it has classes."""
    names = list(columns)
    side = math.isqrt(max(0, len(names) - 1))
    if side < MIN_SIDE or side * side != len(names) - 1 or names[0] != "x1":
        return None
    counts = {name: len(np.unique(columns[name])) for name in (names[0], names[-1])}
    few = [name for name, count in counts.items() if 2 <= count <= MOST_WORDS]
    return min(few, key=lambda name: counts[name], default=None)


def _are_bytes(columns: Mapping[str, np.ndarray], values: np.ndarray) -> bool:
    whole = bool((values == np.round(values)).all()) and values.min() >= 0 and values.max() <= 255
    return next(iter(columns)) in ("x1", "x2") and whole and values.max() > 1


def _check_sizes(count: int, shape: tuple[int, int]) -> None:
    if not MIN_IMAGES <= count <= MAX_IMAGES:
        raise Problem(
            N_("The file holds {given:,} examples; from {least} to {most:,} are accepted."),
            given=count,
            least=MIN_IMAGES,
            most=MAX_IMAGES,
        )
    if shape[0] > 1 and not all(MIN_SIDE <= side <= MAX_SIDE for side in shape):
        raise Problem(
            N_(
                "The images are {height} × {width} pixels; sides from {least} to {most} are "
                "accepted."
            ),
            height=shape[0],
            width=shape[1],
            least=MIN_SIDE,
            most=MAX_SIDE,
        )
    if shape[0] == 1 and not MIN_COLUMNS <= shape[1] <= MAX_SIDE**2:
        raise Problem(
            N_("There are {given} columns of numbers; from {least} to {most:,} are accepted."),
            given=shape[1],
            least=MIN_COLUMNS,
            most=MAX_SIDE**2,
        )


def _check_numbers(values: np.ndarray) -> None:
    wrong = int(np.count_nonzero(~np.isfinite(values)))
    if wrong:
        raise Problem(
            N_("{count:,} values are not numbers (NaN or infinite); every pixel needs one."),
            count=wrong,
        )
    if (values == values[0]).all():
        raise Problem(N_("All images are the same: there is nothing to learn."))


def _brightness(values: np.ndarray, notes: list[Note]) -> np.ndarray:
    """From 0 to 1; what begins below 0, as from -1 to 1, is moved up first."""
    low, high = float(values.min()), float(values.max())
    if low < 0:
        notes.append(Note(N_("brightness from {low:g} to {high:g}"), {"low": low, "high": high}))
        values, high = values - low, high - low
    return (values / (high if high > 1 or low < 0 else 1.0)).astype(np.float32)


def _scaled(values: np.ndarray, names: list[str], notes: list[Note]) -> np.ndarray:
    """Columns from 0 to 1 each; those of one value are left out. Raises Problem if few are left."""
    if not np.isfinite(values).all():
        _check_numbers(values)
    low, high = values.min(0), values.max(0)
    constant = [name for name, same in zip(names, low == high, strict=True) if same]
    if constant:
        shown = ", ".join(constant)[:80]
        notes.append(Note(N_("the same value in every row, left out: {names}"), {"names": shown}))
        kept = low != high
        values, low, high = values[:, kept], low[kept], high[kept]
        _check_sizes(len(values), (1, values.shape[1]))
    return ((values - low) / (high - low)).astype(np.float32)


def _images(
    pixels: np.ndarray, shape: tuple[int, int], words: list[str] | None, notes: list[Note]
) -> Images:
    """With the labels that the words are, or all of one class.

    Classes beyond those that colours tell apart, and those of too few examples, are one.
    """
    counts = Counter(words or ())
    few = [word for word, count in counts.items() if count < LEAST_OF_CLASS]
    if len(counts) > MAX_CLASSES or few:
        kept = {word for word, _ in counts.most_common(MAX_CLASSES - 1)} - set(few)
        other = sum(count for word, count in counts.items() if word not in kept)
        if len(kept) < 2 or 0 < other < LEAST_OF_CLASS:
            notes.append(Note(N_("the labels say too little of each class: left out")))
            words = None
        else:
            notes.append(
                Note(
                    N_("{count} classes: the rarest are one"),
                    {"count": len(counts)},
                )
            )
            words = [word if word in kept else "…" for word in words or ()]
    if words is None:
        return Images(pixels, np.zeros(len(pixels), int), shape, ("",), tuple(notes))
    names, labels = np.unique(words, return_inverse=True)
    return Images(pixels, labels, shape, tuple(str(name)[:20] for name in names), tuple(notes))
