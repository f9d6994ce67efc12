"""Hand-made features of words, hashed: what a linear tagger weighs, and part of a network, too.

Each word has those of its own (form, ends, beginnings, shape), those of its neighbours on the left
and on the right, and maybe what the rest of its book shows of it. Templates after Ratnaparkhi
(1996); hashed as in ``classify.ngrams``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from core.numeric.language.hashing import BASE, mixed, word_hash

SIDES = ("left", "right")
OWN, BESIDE = 12, 9  # features of the word itself; of each side
_BEYOND = "\x02"  # the word beyond both ends
_LOWER, _LAST, _LAST_THREE, _SHAPE = 0, 2, 4, 10  # columns of a form's hashes
_TEMPLATES = {"own": 0, "left": 20, "right": 40, "book": 60}  # the number of each kind's first


def feature_hashes(
    sentence: Sequence[str],
    of_book: np.ndarray | None = None,
    sides: Sequence[str] = SIDES,
) -> np.ndarray:
    """The features of each word, uint64 (words, features): OWN, of the book, BESIDE a side.

    of_book: uint64 (words, more), as of ``book.BookNotes``. sides: of SIDES, where neighbours are
    looked at.
    """
    return feature_hashes_of([sentence], None if of_book is None else [of_book], sides)[0]


def feature_hashes_of(
    sentences: Sequence[Sequence[str]],
    of_books: Sequence[np.ndarray] | None = None,
    sides: Sequence[str] = SIDES,
) -> list[np.ndarray]:
    """The features of ``feature_hashes`` of each sentence, which is faster of many."""
    lengths = np.array([len(sentence) for sentence in sentences])
    beyond = [_form(_BEYOND)] * 2
    around = np.stack(
        [row for words in sentences for row in (*beyond, *map(_form, words), *beyond)]
    )
    starts = np.cumsum(lengths) - lengths
    within = np.arange(lengths.sum()) - np.repeat(starts, lengths)
    places = np.repeat(starts + 4 * np.arange(len(lengths)) + 2, lengths) + within
    forms = around[places]
    first = (within == 0).astype(np.uint64)
    columns = [
        *(_combined("own", at, forms[:, at]) for at in range(forms.shape[1])),
        _combined("own", forms.shape[1], forms[:, _SHAPE], first),
    ]
    if of_books is not None:
        notes = np.concatenate(of_books)
        columns += [_combined("book", at, notes[:, at]) for at in range(notes.shape[1])]
    for side in sides:
        step = -1 if side == "left" else 1
        near, next_but_one = (around[places + k * step] for k in (1, 2))
        columns += _beside(side, forms, near, next_but_one)
    return np.split(np.stack(columns, 1), np.cumsum(lengths)[:-1])


def bucket_numbers(hashes: np.ndarray, buckets: int) -> np.ndarray:
    """The row of each feature in a table of so many, int32, from 1: 0 is no feature."""
    return (hashes % np.uint64(buckets - 1)).astype(np.int32) + 1


def shape_of(word: str) -> str:
    """Capitals as X, small letters as x, digits as d; of equal ones at most two stand together.

    >>> shape_of("Saint-Potin"), shape_of("1868")
    ('Xxx-Xxx', 'dd')
    """
    letters = re.sub(r"[^\W\d_]", lambda letter: "X" if letter[0].isupper() else "x", word)
    return re.sub(r"(.)\1+", r"\1\1", re.sub(r"\d", "d", letters))


def _beside(
    side: str, forms: np.ndarray, near: np.ndarray, next_but_one: np.ndarray
) -> list[np.ndarray]:
    """BESIDE features: the neighbour, the one behind it, and what they make with the word."""
    parts = (
        (near[:, _LOWER],),
        (next_but_one[:, _LOWER],),
        (near[:, _LAST_THREE],),
        (near[:, _LOWER], next_but_one[:, _LOWER]),
        (near[:, _LAST_THREE], next_but_one[:, _LAST_THREE]),
        (near[:, _LOWER], forms[:, _LOWER]),
        (near[:, _LAST_THREE], forms[:, _LAST_THREE]),
        (near[:, _SHAPE], forms[:, _SHAPE]),
        (near[:, _LOWER], forms[:, _SHAPE]),
    )
    return [_combined(side, at, *part) for at, part in enumerate(parts)]


def _combined(kind: str, template: int, *hashes: np.ndarray) -> np.ndarray:
    """One number of several, and of which template it is, uint64 (words,)."""
    whole = np.full(len(hashes[0]), _TEMPLATES[kind] + template + 1, np.uint64)
    with np.errstate(over="ignore"):  # the products are meant modulo 2 to the 64
        for part in hashes:
            whole = mixed(whole * BASE + part)
    return whole


@lru_cache(maxsize=100_000)
def _form(word: str) -> np.ndarray:
    """Hashes of a word alone: small, as it is, its last 1 to 5 and first 1 to 3 letters, shape."""
    small = word.lower()
    ends = [f"{small[-length:]}{'|' * (len(small) <= length)}" for length in range(1, 6)]
    parts = [small, word, *ends, *(small[:length] for length in range(1, 4)), shape_of(word)]
    return np.array([word_hash(part) for part in parts], np.uint64)
