"""Invented opinions whose class follows a rule: sentences that nobody wrote, called synthetic.

A judgement has an adjective, which "not" or "never" turns round; of two judgements that "but"
joins, the second counts. Words alone cannot tell: their order decides.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.data.language.labelled.labelled_texts import LabelledTexts, without_repeats
from core.messages import N_

SENTENCES = 3_000
GOOD = ("good", "funny", "moving", "clever", "lovely", "honest", "fresh", "gripping")
BAD = ("bad", "dull", "boring", "silly", "ugly", "false", "stale", "tedious")
_THINGS = ("film", "plot", "story", "acting", "music", "ending", "script", "cast", "dialogue")
_DEGREES = ("", "", "very", "really", "rather", "quite")
_ENDS = ("", "", "from start to end", "in the first half", "this time", "for once")


@lru_cache(maxsize=2)
def opinions(seed: int) -> LabelledTexts:
    """About SENTENCES different sentences, half of them positive, drawn by ``seed``."""
    rng = np.random.default_rng([43, seed])
    drawn = [_sentence(rng, bool(i % 2)) for i in range(SENTENCES)]
    texts, labels = without_repeats(drawn, [i % 2 for i in range(SENTENCES)])
    return LabelledTexts(texts, labels, (N_("negative"), N_("positive")), made=True)


def _sentence(rng: np.random.Generator, is_positive: bool) -> str:
    last = _judgement(rng, is_positive)
    if rng.random() < 0.25:
        last = f"{_judgement(rng, not is_positive)} , but {last}"
    return " ".join(f"{last} {_one_of(rng, _ENDS)} .".split())


def _judgement(rng: np.random.Generator, is_positive: bool) -> str:
    is_negated = rng.random() < 0.3
    adjective = _one_of(rng, GOOD if is_positive != is_negated else BAD)
    negation = _one_of(rng, ("not", "never")) if is_negated else ""
    verb = _one_of(rng, ("is", "was"))
    return f"the {_one_of(rng, _THINGS)} {verb} {negation} {_one_of(rng, _DEGREES)} {adjective}"


def _one_of(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(rng.integers(len(words)))]
