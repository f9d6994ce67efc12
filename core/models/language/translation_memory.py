"""Translation by memory: the nearest sentence that one knows, which has a translation already."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from core.numeric.language.translation.tokens import tokens

_PART = 100  # sentences that are looked up at once


def nearest(
    known: Sequence[str],
    asked: Sequence[str],
    language: str,
    between: Callable[[], None] = lambda: None,
) -> list[int]:
    """The place of the known sentence that is nearest to each that is asked.

    By the cosine of tf-idf over runs of one and two words; of equals the first. between: called
    now and then.
    """
    settings: Any = {"tokenizer": lambda text: tokens(text, language), "token_pattern": None}
    weighted: Any = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, **settings)
    table = weighted.fit_transform(known)
    between()
    rows, places = weighted.transform(asked), []
    for at in range(0, len(asked), _PART):
        likeness = (table @ rows[at : at + _PART].T).toarray()
        places += np.argmax(likeness, 0).tolist()
        between()
    return places
