"""Tables whose pixels or classes are folded: a cell with all pixels, a column for each class."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from core.data.tables import Table
from core.messages import N_, Note

MIN_SIDE = 4
MOST_WORDS = 26  # different ones that are taken for classes where nothing says so


def unfolded(table: Table) -> Table:
    """With a column for each pixel where a cell has all of an image's, with blanks between."""
    for name, cells in table.texts.items():
        counts = {len(cell.split()) for cell in cells}
        side = math.isqrt(min(counts))
        if len(counts) > 1 or side < MIN_SIDE or counts != {side * side}:
            continue
        try:
            pixels = np.array([cell.split() for cell in cells], float)
        except ValueError:
            continue
        beside = {n: [f"{value:g}" for value in values] for n, values in table.columns.items()}
        beside |= {n: given for n, given in table.texts.items() if n != name}
        few = (n for n, given in beside.items() if 2 <= len(set(given)) <= MOST_WORDS)
        note = Note(N_("the pixels of each image stand in one cell"))
        return replace(
            table,
            columns={str(at): values for at, values in enumerate(pixels.T)},
            texts=beside,
            missing={},
            removed=(*table.removed, note),
            label=next(few, "") if table.label is None else table.label,
        )
    return table


def without_one_hot(table: Table) -> Table:
    """With one column of words for a class that the last columns tell by a 1 among zeros."""
    names = list(table.columns)
    if table.texts or table.label is not None or len(names) < MIN_SIDE**2 + 2:
        return table
    values = np.column_stack(list(table.columns.values()))
    for count in range(2, min(MOST_WORDS, len(names) - MIN_SIDE**2) + 1):
        side = math.isqrt(len(names) - count)
        last = values[:, -count:]
        one_hot = np.isin(last, (0, 1)).all() and (last.sum(1) == 1).all()
        if side >= MIN_SIDE and side * side == len(names) - count and one_hot:
            pixels = {str(at): table.columns[name] for at, name in enumerate(names[:-count])}
            words = [str(at) for at in last.argmax(1)]
            return replace(table, columns=pixels, texts={"label": words})
    return table
