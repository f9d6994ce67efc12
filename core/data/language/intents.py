"""Requests to an assistant and what each is for: CLINC150, its small version, in English."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.data import fetch
from core.data.language.words.tokens import words

FILE = "clinc150_small.json"


class Requests(NamedTuple):
    """Requests as they were typed, their words, and the number of each one's intent, (n,).

    Of requests outside the scope of all intents the number is -1.
    """

    texts: tuple[str, ...]
    sentences: list[list[str]]
    intents: np.ndarray


class Intents(NamedTuple):
    """150 intents by name, 50 requests of each to learn from, some 20 to choose by, 30 to judge by.

    Requests to choose or judge by that are, word for word, among those to learn from are left out:
    in the file some are. outside: requests of no intent, for judging. Source: Larson et al. (2019),
    arXiv:1909.02027.
    """

    names: tuple[str, ...]
    training: Requests
    validation: Requests
    test: Requests
    outside: Requests


@lru_cache(maxsize=1)
def intents() -> Intents:
    """The requests and their intents. Raises Problem if the file is not on this machine."""
    parts = json.loads(fetch.path(FILE).read_text(encoding="utf-8"))
    names = tuple(sorted({intent for _text, intent in parts["train"]}))
    numbers = {name: number for number, name in enumerate(names)}

    known = {tuple(words(text)) for text, _intent in parts["train"]}

    def requests(part: str) -> Requests:
        rows = [
            (text, words(text), numbers.get(intent, -1))
            for text, intent in parts[part]
            if part == "train" or tuple(words(text)) not in known
        ]
        texts, sentences, of = zip(*rows, strict=True)
        return Requests(texts, list(sentences), np.array(of, np.int16))

    return Intents(names, *map(requests, ("train", "val", "test", "oos_test")))
