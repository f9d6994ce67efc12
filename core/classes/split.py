"""A sweep shared out in a class: each member gets a setting."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from core.messages import N_, Problem

MOST = 1000  # settings


def split(grid: Mapping[str, Sequence[Any]], members: int) -> list[dict[str, Any]]:
    """A setting for each member: one value of each field of ``grid``.

    Every setting is given before any is given twice, and of those that may be next the one whose
    values were given least often: so with fewer members than settings, too, each value of a field
    is met about as often as the others. Who joins later changes nobody's setting.
    Raises Problem for a field without values, with a value twice, or for more than MOST settings.
    """
    for field, values in grid.items():
        if not values or len(set(values)) < len(values):
            raise Problem(
                N_("{field} needs one value or more, and each of them once."), field=field
            )
    settings = [
        dict(zip(grid, values, strict=True))
        for values in itertools.islice(itertools.product(*grid.values()), MOST + 1)
    ]
    if len(settings) > MOST:
        raise Problem(N_("These are more than {most} settings: choose fewer values."), most=MOST)
    given, shared, left = Counter[tuple[str, Any]](), [], list[dict[str, Any]]()
    for _member in range(members):
        left = left or list(settings)
        setting = min(left, key=lambda one: sum(given[pair] for pair in one.items()))
        left.remove(setting)
        given.update(setting.items())
        shared.append(dict(setting))
    return shared
