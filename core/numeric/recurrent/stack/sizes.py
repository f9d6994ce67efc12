"""Sizes of networks that shall have about as many parameters, whatever their cell."""

from bisect import bisect
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from core.numeric.recurrent.stack.layers import RECURRENT_CELLS, Stack
from core.numeric.recurrent.stack.shapes import count_params

_NEAR = 6  # units more or fewer that are tried
_SAME = 0.05  # sizes that differ by less count as equal
_MOST_UNITS = 1000


def matched_units(
    cells: Sequence[str], params: int, network: Callable[[str, int], Stack], features: int
) -> dict[str, int]:
    """Units for each cell: networks within 5 % of each other in parameters, near ``params``.

    Where no choice is within 5%, the most even one. network: (cell, units) -> stack, whose input
    has so many features.
    """

    @cache
    def count(cell: str, units: int) -> int:
        return count_params(network(cell, units), features)

    def nearest(cell: str, params: int) -> int:
        below = max(1, bisect(range(1, _MOST_UNITS), params, key=lambda units: count(cell, units)))
        return min((below, below + 1), key=lambda units: abs(count(cell, units) - params))

    def badness(choice: dict[str, int]) -> tuple[float, float]:
        counts = [count(cell, units) for cell, units in choice.items()]
        uneven = max(counts) / min(counts) - 1
        return max(uneven, _SAME), float(abs(np.mean(counts) / params - 1))

    coarsest = max(cells, key=lambda cell: RECURRENT_CELLS[cell].gates)
    middle = nearest(coarsest, params)
    choices = [
        {cell: nearest(cell, count(coarsest, units)) for cell in cells}
        for units in range(max(1, middle - _NEAR), middle + _NEAR + 1)
    ]
    return min(choices, key=badness)
