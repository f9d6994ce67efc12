"""What the figures of an attention have in common: the weight that was chosen in the browser."""

from collections.abc import Sequence
from typing import Any


def chosen_weight(chosen: Any, of: str, shape: Sequence[int]) -> tuple[int, int] | None:
    """The step and the place that the browser has chosen, if they are of this figure.

    chosen: what it says, with "of", "step" and "place"; of: what the figure is drawn of.
    shape: (steps, places).
    """
    if not isinstance(chosen, dict) or chosen.get("of") != of:
        return None
    step, place = chosen.get("step"), chosen.get("place")
    if not (isinstance(step, int) and isinstance(place, int)):
        return None
    return (step, place) if 0 <= step < shape[0] and 0 <= place < shape[1] else None
