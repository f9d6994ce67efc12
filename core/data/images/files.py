"""Images or a table that a visitor brings, as .npz or CSV: read, or refused with a reason."""

from __future__ import annotations

import math

import numpy as np

from core.data.images.image_set import Images
from core.data.tables import read_table
from core.messages import N_, Problem
from core.numeric.weights import read_npz

MIN_IMAGES, MAX_IMAGES = 40, 20_000
MIN_SIDE, MAX_SIDE = 4, 64
MIN_COLUMNS = 3
MAX_CLASSES = 10
LEAST_OF_CLASS = 4
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how a table from a spreadsheet may begin
_IMAGES = ("images", "x", "X", "x_train", "data")
_LABELS = ("labels", "label", "y", "Y", "y_train", "target")


def read_images(raw: bytes) -> Images:
    """The images of an uploaded file.

    An .npz has an array of numbers, called x or images, of shape (n, height, width), or
    (n, features) with a square number of features, and perhaps labels, called y or labels, (n,). In
    a CSV each row is an example and each column of numbers a feature, scaled to [0, 1]; one column
    may be called label; columns called pixel... are an image's pixels, row by row.
    What is above 1 in images is divided by the highest value. The sizes of an archive's members are
    checked before anything is unpacked, and nothing in it is executed.
    Raises Problem, which says what is wrong and what is right.
    """
    if raw[:2] == b"PK":
        return _of_arrays(read_npz(raw))
    if b"\x00" in raw and raw[:2] not in _UTF_16:
        raise Problem(N_("The file is neither an .npz of NumPy nor a table of text (CSV)."))
    return _of_table(raw)


def _of_arrays(arrays: dict[str, np.ndarray]) -> Images:
    name = next((name for name in _IMAGES if name in arrays), None)
    if name is None:
        raise Problem(
            N_(
                "The file has no array called x or images; its arrays are: {names}. Save it by "
                "np.savez(file, x=images, y=labels)."
            ),
            names=", ".join(arrays)[:80] or "-",
        )
    pixels = arrays[name]
    if pixels.ndim == 4 and pixels.shape[-1] == 1:
        pixels = pixels[..., 0]
    if pixels.ndim == 2:
        side = math.isqrt(pixels.shape[1])
        shape = (side, side) if side * side == pixels.shape[1] else (1, pixels.shape[1])
    elif pixels.ndim == 3:
        shape = (pixels.shape[1], pixels.shape[2])
    else:
        raise Problem(
            N_(
                "{name} has the shape {shape}; grey images are (n, height, width), rows of a "
                "table (n, features)."
            ),
            name=name,
            shape=str(pixels.shape),
        )
    _check_sizes(len(pixels), shape)
    flat = pixels.reshape(len(pixels), -1)
    _check_numbers(flat)
    labels = next((arrays[known] for known in _LABELS if known in arrays), None)
    if labels is not None and labels.shape != (len(pixels),):
        raise Problem(
            N_("There are {images} images and labels of shape {shape}; a label each is needed."),
            images=len(pixels),
            shape=str(labels.shape),
        )
    if labels is not None and not np.isfinite(labels).all():
        raise Problem(N_("A label is not a number (NaN or infinite); every image needs one."))
    words = None if labels is None else [f"{label:g}" for label in labels.tolist()]
    if shape[0] == 1:
        return _images(_scaled(flat, [str(i) for i in range(1, shape[1] + 1)]), shape, words)
    return _images(_brightness(flat), shape, words)


def _of_table(raw: bytes) -> Images:
    table = read_table(raw)
    columns, labels = dict(table.columns), None
    for name in (*columns, *table.texts):
        if name.strip() in _LABELS:
            labels = table.texts.get(name)
            if name in columns:
                labels = [f"{number:g}" for number in columns.pop(name)]
            break
    values = np.column_stack([*columns.values()]) if columns else np.empty((table.rows, 0))
    side = math.isqrt(values.shape[1])
    are_pixels = all(name.lower().startswith("pixel") for name in columns)
    if columns and are_pixels and side * side == values.shape[1]:
        _check_sizes(table.rows, (side, side))
        _check_numbers(values)
        return _images(_brightness(values), (side, side), labels)
    shape = (1, values.shape[1])
    _check_sizes(table.rows, shape)
    return _images(_scaled(values, list(columns)), shape, labels)


def _check_sizes(count: int, shape: tuple[int, int]) -> None:
    if not MIN_IMAGES <= count <= MAX_IMAGES:
        raise Problem(
            N_("The file holds {given:,} examples; from {least} to {most:,} are taken."),
            given=count,
            least=MIN_IMAGES,
            most=MAX_IMAGES,
        )
    if shape[0] > 1 and not all(MIN_SIDE <= side <= MAX_SIDE for side in shape):
        raise Problem(
            N_(
                "The images are {height} × {width} pixels; from {least} to {most} a side are taken."
            ),
            height=shape[0],
            width=shape[1],
            least=MIN_SIDE,
            most=MAX_SIDE,
        )
    if shape[0] == 1 and not MIN_COLUMNS <= shape[1] <= MAX_SIDE**2:
        raise Problem(
            N_("There are {given} columns of numbers; from {least} to {most:,} are taken."),
            given=shape[1],
            least=MIN_COLUMNS,
            most=MAX_SIDE**2,
        )


def _check_numbers(values: np.ndarray) -> None:
    wrong = int(np.count_nonzero(~np.isfinite(values)))
    if wrong:
        raise Problem(
            N_("{count:,} values are no numbers (NaN or infinite); every pixel needs one."),
            count=wrong,
        )
    if values.min() < 0:
        raise Problem(
            N_("The lowest pixel is {given:g}; brightness goes from 0 up."),
            given=float(values.min()),
        )
    if (values == values[0]).all():
        raise Problem(N_("All images are the same: there is nothing to learn."))


def _brightness(values: np.ndarray) -> np.ndarray:
    return (values / max(1.0, float(values.max()))).astype(np.float32)


def _scaled(values: np.ndarray, names: list[str]) -> np.ndarray:
    """Columns from 0 to 1 each. Raises Problem where one says nothing."""
    low, high = values.min(0), values.max(0)
    for name, constant in zip(names, low == high, strict=True):
        if constant:
            raise Problem(
                N_("The column {name} has the same value in every row: leave it out."),
                name=name[:40],
            )
    return ((values - low) / (high - low)).astype(np.float32)


def _images(pixels: np.ndarray, shape: tuple[int, int], words: list[str] | None) -> Images:
    """With the labels that the words are, or all of one class."""
    if words is None:
        return Images(pixels, np.zeros(len(pixels), int), shape, ("",))
    names, labels, counts = np.unique(words, return_inverse=True, return_counts=True)
    if len(names) > MAX_CLASSES:
        raise Problem(
            N_("There are {given} classes; at most {most} can be told apart by colour."),
            given=len(names),
            most=MAX_CLASSES,
        )
    if counts.min() < LEAST_OF_CLASS:
        raise Problem(
            N_("The class {name} is too small ({given}); each needs at least {least} examples."),
            name=str(names[counts.argmin()])[:40],
            given=int(counts.min()),
            least=LEAST_OF_CLASS,
        )
    return Images(pixels, labels, shape, tuple(str(name)[:20] for name in names))
