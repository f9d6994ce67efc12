"""The sets of labelled texts by name, and what of them is not on this machine."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.data import fetch
from core.data.language.labelled import authors, brought, invented, sentences
from core.data.language.labelled.labelled_texts import LabelledTexts

FRENCH = ("authors", "invented_french")


@lru_cache(maxsize=6)
def labelled_texts(name: str, upload: str = "", seed: int = 0, length: int = 300) -> LabelledTexts:
    """A set by name: of ``sentences.FILES``, "authors", "invented", "invented_french" or "upload".

    upload: the hash of a stored table. seed: of the invented sentences. length: of the passages of
    the authors, in characters. Raises Problem if the data are not here or have no classes.
    """
    match name:
        case "invented":
            return invented.opinions(seed)
        case "invented_french":
            return invented.opinions(seed, french=True)
        case "authors":
            return authors.passages_of_authors(length)
        case "upload":
            return brought.texts_of(upload)
    return sentences.read(name)


def missing(name: str) -> list[str]:
    """Files that a set needs and this machine does not have."""
    if name == "authors":
        return authors.missing()
    files = [sentences.FILES[name]] if name in sentences.FILES else []
    return fetch.absent(files)


def fewer(training: np.ndarray, labels: np.ndarray, most: int, seed: int) -> np.ndarray:
    """At most ``most`` of the training indices, as many of each class as there is room for."""
    rng = np.random.default_rng([42, seed])
    classes = np.unique(labels[training])
    each = max(1, most // len(classes))
    chosen = [rng.permutation(training[labels[training] == c])[:each] for c in classes]
    return np.sort(np.concatenate(chosen))
