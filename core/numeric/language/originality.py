"""How much of a text stands word for word in the texts that a model was trained on.

Words are compared alone: runs of letters in lower case, without punctuation. What is shipped is
a list of words and 32-bit hashes of passages, from which no text can be read back.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core.numeric.weights import read_npz

PASSAGE_WORDS = 5
_WORD = re.compile(r"[^\W\d_]+")
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 2**64)


class Copied(NamedTuple):
    """A passage of a text that stands in another: as it stands in the text, where in each."""

    passage: str
    words: int
    start: int
    start_in_training: int


@dataclass(frozen=True, eq=False)
class Facts:
    """What is known of training texts without them.

    words: the author's distinct words. passages: sorted distinct uint32 hashes (passages,) of
    ``PASSAGE_WORDS`` successive words.
    """

    words: frozenset[str]
    passages: np.ndarray

    @property
    def false_positives(self) -> float:
        """The chance that a passage which stands nowhere is taken for a known one."""
        return len(self.passages) / 2**32

    def share_of_known_words(self, text: str, min_letters: int = 1) -> float:
        """Share of the words of ``text``, of ``min_letters`` or more, that the author used.

        NaN if there is none.
        """
        known = [word in self.words for word in words_of(text) if len(word) >= min_letters]
        return float(np.mean(known)) if known else float("nan")

    def share_of_known_passages(self, text: str) -> float:
        """Share of the five-word passages of ``text`` that stand in the texts; NaN if none is."""
        hashes = _short(_passage_hashes(_word_hashes(text).hashes, PASSAGE_WORDS))
        if not len(hashes):
            return float("nan")
        first = np.searchsorted(self.passages, hashes)
        after = np.searchsorted(self.passages, hashes, side="right")
        return float((after > first).mean())

    def save(self, path: Path) -> None:
        """Write the facts as npz."""
        gaps = np.diff(self.passages, prepend=np.uint32(0)).astype("<u4")
        planes = np.ascontiguousarray(gaps.view(np.uint8).reshape(-1, 4).T)  # these compress
        words = np.frombuffer("\n".join(sorted(self.words)).encode(), np.uint8)
        out = io.BytesIO()
        np.savez_compressed(out, words=words, passages=planes)
        path.write_bytes(out.getvalue())

    @classmethod
    def load(cls, path: Path) -> Facts:
        """The facts that ``save`` wrote."""
        arrays = read_npz(path.read_bytes())
        gaps = np.ascontiguousarray(arrays["passages"].T).view("<u4").ravel()
        words = arrays["words"].tobytes().decode().split("\n")
        return cls(frozenset(words), np.cumsum(gaps, dtype=np.uint32))


def facts_of(author: str, training: str | None = None) -> Facts:
    """Facts of an author's text (its words) and of all that was trained on (its passages)."""
    hashes = _word_hashes(author if training is None else training).hashes
    passages = np.unique(_short(_passage_hashes(hashes, PASSAGE_WORDS)))
    return Facts(frozenset(words_of(author)), passages)


def words_of(text: str) -> Iterator[str]:
    """The words of a text: runs of letters, in lower case. ``l'homme`` is two."""
    return (match[0].lower() for match in _WORD.finditer(text))


def longest_copied(text: str, training: str) -> Copied | None:
    """The longest passage of ``text``, in words, that stands in ``training``; the first of equals.

    None if not even a word does. A second for 4 million characters, less when asked again.
    """
    ours, theirs = _word_hashes(text), _word_hashes(training)
    low, high, best = 0, min(len(ours.hashes), len(theirs.hashes)), None
    while low < high:  # where a passage stands, its shorter beginnings stand too
        length = (low + high + 1) // 2
        mine = _passage_hashes(ours.hashes, length)
        other = _passage_hashes(theirs.hashes, length)
        common = _in_both(other, mine)
        if len(common):
            first = int(np.isin(mine, common).argmax())
            low, best = length, (first, int((other == mine[first]).argmax()))
        else:
            high = length - 1
    if best is None:
        return None
    start, end = ours.starts[best[0]], ours.ends[best[0] + low - 1]
    return Copied(text[start:end], low, int(start), int(theirs.starts[best[1]]))


def _in_both(many: np.ndarray, few: np.ndarray) -> np.ndarray:
    """The elements of ``many`` that are in ``few``; much faster than sorting both."""
    few = np.sort(few)
    places = np.minimum(np.searchsorted(few, many), len(few) - 1)
    return many[few[places] == many]


class _Words(NamedTuple):
    """Of each word of a text: its uint64 hash, its start and its end, (words,)."""

    hashes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


@lru_cache(maxsize=4)
def _word_hashes(text: str) -> _Words:
    spans = [match.span() for match in _WORD.finditer(text)]
    lowered = [text[start:end].lower() for start, end in spans]
    digests = {w: hashlib.blake2b(w.encode(), digest_size=8).digest() for w in set(lowered)}
    hashes = np.frombuffer(b"".join(digests[word] for word in lowered), "<u8").astype(np.uint64)
    places = np.array(spans, np.int64).reshape(-1, 2)
    return _Words(hashes, places[:, 0], places[:, 1])


def _passage_hashes(words: np.ndarray, length: int) -> np.ndarray:
    """uint64 hashes of all passages of ``length`` words, (words - length + 1,), modulo 2**64."""
    if len(words) < length:
        return np.zeros(0, np.uint64)
    powers = _powers(_BASE, len(words))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(words * powers, dtype=np.uint64)])
    windows = sums[length:] - sums[:-length]
    return windows * _powers(_INVERSE, len(windows))


def _powers(base: int, count: int) -> np.ndarray:
    factors = np.full(count, base, np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)


def _short(hashes: np.ndarray) -> np.ndarray:
    """The upper half, which all bits of the words have reached."""
    return (hashes >> np.uint64(32)).astype(np.uint32)
