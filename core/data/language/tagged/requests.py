"""Requests to an assistant with their slots marked: the benchmark of Snips, in English."""

from __future__ import annotations

import json
import re

from core.data import fetch

INTENTS = (
    "AddToPlaylist",
    "BookRestaurant",
    "GetWeather",
    "PlayMusic",
    "RateBook",
    "SearchCreativeWork",
    "SearchScreeningEvent",
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]|_")


def files() -> list[str]:
    """The names of all files."""
    return [_file(intent, part) for intent in INTENTS for part in ("train", "validate")]


def requests(part: str) -> tuple[list[list[str]], list[list[str]]]:
    """Words and BIO tags of the requests of "train" or "validate", the slots' names in lower case.

    Raises Problem if a file is not here. Source: Coucke et al. (2018), arXiv:1805.10190.
    """
    words: list[list[str]] = []
    tags: list[list[str]] = []
    for intent in INTENTS:
        known = json.loads(fetch.path(_file(intent, part)).read_text(encoding="utf-8"))
        for request in known[intent]:
            pairs = [pair for piece in request["data"] for pair in _tagged(piece)]
            if pairs:
                words.append([word for word, _tag in pairs])
                tags.append([tag for _word, tag in pairs])
    return words, tags


def _tagged(piece: dict[str, str]) -> list[tuple[str, str]]:
    words = _WORD.findall(piece["text"])
    if "entity" not in piece:
        return [(word, "O") for word in words]
    kind = piece["entity"].lower()
    return [(word, f"{'I' if i else 'B'}-{kind}") for i, word in enumerate(words)]


def _file(intent: str, part: str) -> str:
    return f"snips_{intent}_{part}.json"
