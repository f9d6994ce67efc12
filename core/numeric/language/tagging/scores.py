"""How good a tagger is: all words, those it had met and those it had not, and spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from core.numeric.language.tagging.spans import count

Tags = Sequence[Sequence[str]]


def tag_scores(true: Tags, given: Tags, is_known: Sequence[bool], spans: bool) -> dict[str, float]:
    """Accuracy, known and unknown: shares of the words that are right; of spans f1 and its parts.

    is_known: of each word, one sentence behind another, whether it was met in training. score: the
    number that counts, f1 where tags mark spans, else accuracy.
    """
    right = np.array(
        [
            a == b
            for row, told in zip(true, given, strict=True)
            for a, b in zip(row, told, strict=True)
        ]
    )
    met = np.array(is_known, bool)
    parts = {"accuracy": right, "known": right[met], "unknown": right[~met]}
    shares = {name: float(part.mean()) for name, part in parts.items() if len(part)}
    if not spans:
        return {"score": shares["accuracy"], **shares}
    whole, _kinds = count(true, given)
    found = {"f1": whole.f1, "precision": whole.precision, "recall": whole.recall}
    return {"score": whole.f1, **found, **shares}


def known_words(
    sentences: Iterable[Sequence[str]], training: Iterable[Sequence[str]]
) -> list[bool]:
    """Of each word of ``sentences``, whether it is in ``training``, capital or small."""
    met = {word.lower() for sentence in training for word in sentence}
    return [word.lower() in met for sentence in sentences for word in sentence]


def most_frequent_tags(words: Tags, tags: Tags) -> tuple[Mapping[str, str], str]:
    """Each word's most frequent tag, in small letters, and the most frequent of all, for the rest.

    The simplest tagger: it looks at nothing but the word.
    """
    counts: dict[str, Counter[str]] = {}
    for sentence, row in zip(words, tags, strict=True):
        for word, tag in zip(sentence, row, strict=True):
            counts.setdefault(word.lower(), Counter())[tag] += 1
    every = Counter(tag for of in counts.values() for tag in of.elements())
    most = {word: of.most_common(1)[0][0] for word, of in counts.items()}
    return most, every.most_common(1)[0][0]
