"""What a student gets of the settings with which everybody was sent to a lesson."""

from collections.abc import Mapping
from functools import lru_cache

from core.classes.split import split
from core.store.classes.service import Snapshot

OWN_SEED = "own"  # instead of a seed: another one for each student
_LOCK = "lock"  # among the settings: the names of fields


def settings_of(now: Snapshot, place: int) -> dict[str, str]:
    """What stands in the address of the student at that place."""
    return {name: value for name, value in _given(now, place).items() if name != _LOCK}


def locked_of(now: Snapshot, place: int) -> dict[str, str]:
    """The fields that are locked for the student at that place, and their values, "" for defaults.

    They do not stand in the address alone, which is the student's own to change.
    """
    settings = _given(now, place)
    locked = settings.get(_LOCK, "").split(",")
    return {name: settings.get(name, "") for name in locked if name}


def _given(now: Snapshot, place: int) -> dict[str, str]:
    settings = dict(now.of.settings)
    if settings.get("seed") == OWN_SEED:
        settings["seed"] = str(place + 1)
    grid = {name: values for name, values in settings.items() if isinstance(values, list)}
    own = _share(tuple((name, tuple(values)) for name, values in grid.items()), place)
    return {name: str(own.get(name, value)) for name, value in settings.items()}


@lru_cache(maxsize=1000)
def _share(grid: tuple[tuple[str, tuple[str, ...]], ...], place: int) -> Mapping[str, str]:
    """Which of the shared settings are for that place: asked for at each look at a page."""
    return split(dict(grid), place + 1)[place]
