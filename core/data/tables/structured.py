"""Numbers that stand in JSON or in arrays of NumPy, as the table that they are."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import numpy as np

from core.messages import N_, Problem
from core.numeric.weights import read_npy, read_npz

_ARRAY, _ARCHIVE = b"\x93NUMPY", b"PK\x03\x04"


def lines_of_json(text: str) -> str | None:
    """A list of numbers, of lists or of records as lines with tabs; None if it is no such JSON.

    Also a record a line, a record of columns, and a list of records inside a record.
    """
    if text.lstrip()[:1] not in ("[", "{"):
        return None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        try:
            content = [json.loads(line) for line in text.split("\n") if line.strip()]
        except (ValueError, RecursionError):
            return None
    if isinstance(content, dict) and (pairs := _pairs(content)):
        content = pairs
    if isinstance(content, dict):
        columns = {name: part for name, part in content.items() if isinstance(part, list)}
        longest = max(map(len, columns.values()), default=0)
        columns = {name: part for name, part in columns.items() if len(part) == longest}
        if not longest:
            return None
        parts = list(columns.values())
        nested = len(parts) == 1 and isinstance(parts[0][0], (list, dict))
        content = parts[0] if nested else [list(columns), *zip(*parts, strict=True)]
    if not isinstance(content, list) or not content:
        return None
    if isinstance(content[0], dict):
        records = [row if isinstance(row, dict) else {} for row in content]
        names = list(dict.fromkeys(name for row in records for name in row))
        content = [names, *([row.get(name) for name in names] for row in records)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerows(
        map(_cell, row) if isinstance(row, (list, tuple)) else [_cell(row)] for row in content
    )
    return out.getvalue()


def _pairs(content: dict[str, Any]) -> list[list[Any]] | None:
    """A row for each key of a record of numbers, or of columns that pandas wrote by index."""
    parts = list(content.values())
    if len(parts) > 2 and all(
        part is None or (isinstance(part, (int, float)) and not isinstance(part, bool))
        for part in parts
    ):
        return [["key", "value"], *map(list, content.items())]
    if parts and all(isinstance(part, dict) and len(part) > 1 for part in parts):
        rows = dict.fromkeys(key for part in parts for key in part)
        return [["", *content], *([key, *(part.get(key) for part in parts)] for key in rows)]
    return None


def columns_of_arrays(raw: bytes) -> dict[str, np.ndarray] | None:
    """Columns, float64 (rows,), of an .npy or .npz of arrays of one or two dimensions.

    None if the bytes are neither. Raises Problem if a number is missing or infinite.
    """
    if not raw.startswith((_ARRAY, _ARCHIVE)):
        return None
    try:
        arrays = {"x": read_npy(raw)} if raw.startswith(_ARRAY) else read_npz(raw)
    except Problem:
        return None
    if any(array.ndim not in (1, 2) for array in arrays.values()):  # of images
        return None
    rows = max(map(len, arrays.values()), default=0)
    columns: dict[str, np.ndarray] = {}
    for name, array in arrays.items():
        if len(array) != rows:
            continue
        values = array.astype(float).reshape(rows, -1)
        for at in range(values.shape[1]):
            columns[name if values.shape[1] == 1 else f"{name}{at + 1}"] = values[:, at]
    for name, values in columns.items():
        if not np.isfinite(values).all():
            raise Problem(
                N_("Row {row} of {name} is no finite number (NaN or infinite)."),
                row=int(np.flatnonzero(~np.isfinite(values))[0]) + 1,
                name=name,
            )
        values.flags.writeable = False
    return columns or None


def _cell(value: Any) -> str:
    if value is None:
        return "NA"
    if isinstance(value, str):
        return " ".join(value.split())
    text = json.dumps(value)
    return text + "0" if isinstance(value, float) and re.fullmatch(r"-?\d+\.\d+", text) else text
