"""Hashes of words as numbers of 64 bits, the same on every machine."""

from functools import lru_cache

import numpy as np

BASE = np.uint64(0x100000001B3)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(33)


@lru_cache(maxsize=2**16)
def word_hash(word: str) -> np.uint64:
    """The hash of a word (FNV-1a)."""
    value = 0xCBF29CE484222325
    for byte in word.encode():
        value = ((value ^ byte) * int(BASE)) & 0xFFFFFFFFFFFFFFFF
    return np.uint64(value)


def mixed(hashes: np.ndarray) -> np.ndarray:
    """Every bit of a hash in every other (the finaliser of MurmurHash3)."""
    hashes = (hashes ^ (hashes >> _HALF)) * _MIX
    return hashes ^ (hashes >> _HALF)
