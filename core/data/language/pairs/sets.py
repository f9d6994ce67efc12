"""The pairs of sentences to learn from and to be judged by: Tatoeba's, or invented ones."""

from __future__ import annotations

from core.data import fetch
from core.data.language.pairs import invented, tatoeba
from core.data.language.pairs.tatoeba import Parts

_FILES = {"tatoeba": (tatoeba.FILE,)}


def parts(data: str, seed: int = 0) -> Parts:
    """The parts of "tatoeba", always the same, or of "invented", drawn by ``seed``.

    Raises Problem if Tatoeba's file is not on this machine.
    """
    return invented.parts(seed) if data == "invented" else tatoeba.tatoeba()


def check(data: str) -> None:
    """Raise Problem if the files of a set are not on this machine."""
    for file in _FILES.get(data, ()):
        fetch.path(file)


def missing(data: str) -> list[str]:
    """Files that a set needs and this machine does not have."""
    return fetch.absent(_FILES.get(data, ()))
