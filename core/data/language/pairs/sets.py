"""The pairs of sentences to learn from and to be judged by: Tatoeba's, or invented ones."""

from __future__ import annotations

from core.data import fetch
from core.data.language.pairs import invented, tatoeba
from core.data.language.pairs.tatoeba import Parts


def parts(data: str, seed: int = 0) -> Parts:
    """The parts of "tatoeba", always the same, or of "invented", drawn by ``seed``.

    Raises Problem if Tatoeba's file is not on this machine.
    """
    return invented.parts(seed) if data == "invented" else tatoeba.tatoeba()


def missing(data: str) -> list[str]:
    """Files that a set needs and this machine does not have."""
    return [tatoeba.FILE] if data == "tatoeba" and not fetch.available(tatoeba.FILE) else []
