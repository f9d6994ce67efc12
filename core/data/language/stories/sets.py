"""The questions to learn from and to be judged by: bAbI's, or those of the invented world."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from core.data import fetch
from core.data.language.stories import babi, world
from core.data.language.stories.story import Asked

TRAINING, TEST = 10_000, 1_000
_JUDGE = 1_000_000  # seeds from here on draw what is judged by


class Questions(NamedTuple):
    """Questions in two parts; no story is in both."""

    training: list[Asked]
    test: list[Asked]


@lru_cache(maxsize=4)
def questions(data: str, task: str, seed: int = 0) -> Questions:
    """The questions of "babi" (its own two parts) or "invented" (by ``seed``); task: of TASKS.

    Raises Problem if bAbI's files are not on this machine.
    """
    if data == "invented":
        return Questions(
            world.stories(task, TRAINING, seed), world.stories(task, TEST, _JUDGE + seed)
        )
    return Questions(
        *(babi.read(fetch.path(file).read_text(encoding="utf-8")) for file in babi.FILES[task])
    )


def missing(data: str, task: str) -> list[str]:
    """Files that a set needs and this machine does not have."""
    files = babi.FILES[task] if data == "babi" else ()
    return fetch.absent(files)
