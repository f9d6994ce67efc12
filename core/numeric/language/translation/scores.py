"""How near translations are to a person's: BLEU and chrF, as sacrebleu counts them.

Source: Papineni et al. (2002), BLEU; Popović (2015), chrF; Post (2018), arXiv:1804.08771.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

_ORDERS, _CHARACTERS = 4, 6  # longest n-grams, of words and of characters
_BETA = 2.0  # what recall counts in chrF
_MARKS = re.compile(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])")
_BEHIND, _BEFORE = re.compile(r"([^0-9])([\.,])"), re.compile(r"([\.,])([^0-9])")
_DASH = re.compile(r"([0-9])(-)")


def scored_words(text: str) -> list[str]:
    """The words and marks that BLEU counts: sacrebleu's tokenizer 13a, of one line."""
    text = _MARKS.sub(r" \1 ", f" {text} ")
    text = _BEFORE.sub(r" \1 \2", _BEHIND.sub(r"\1 \2 ", text))
    return _DASH.sub(r"\1 \2 ", text).split()


def bleu_counts(translations: Sequence[str], references: Sequence[str]) -> np.ndarray:
    """What BLEU is made of, a row a sentence, int (n, 10); rows can be summed.

    Words of the translation, of the reference; for n-grams of 1 to 4 words those that are also in
    the reference, each as often as there; and all of the translation's.
    """
    rows = []
    for translation, reference in zip(translations, references, strict=True):
        ours, theirs = scored_words(translation), scored_words(reference)
        right, every = [], []
        for order in range(1, _ORDERS + 1):
            grams = _ngrams(ours, order)
            right.append((grams & _ngrams(theirs, order)).total())
            every.append(grams.total())
        rows.append([len(ours), len(theirs), *right, *every])
    return np.array(rows, int).reshape(-1, 2 + 2 * _ORDERS)


def bleu_of(counts: np.ndarray) -> float:
    """BLEU of summed counts, (10,), from 0 to 100.

    The geometric mean of the four precisions, less where the translations are too short. A
    precision of nothing right counts 1 / (2^k total) for the k-th such (sacrebleu's "exp").
    """
    ours, theirs = counts[:2]
    right, every = counts[2 : 2 + _ORDERS], counts[2 + _ORDERS :]
    if not right.any() or not every.all():
        return 0.0
    smooth = np.where(right == 0, 2.0 ** -np.cumsum(right == 0), right)
    brevity = min(0.0, 1 - theirs / ours)
    return float(100 * np.exp(brevity + np.log(smooth / every).mean()))


def bleu(translations: Sequence[str], references: Sequence[str]) -> float:
    """BLEU of translations with a reference each, from 0 to 100."""
    return bleu_of(bleu_counts(translations, references).sum(0))


def chrf(translations: Sequence[str], references: Sequence[str]) -> float:
    """ChrF of translations with a reference each, from 0 to 100: runs of 1 to 6 characters."""
    counts = np.zeros((_CHARACTERS, 3))  # of theirs that are ours too, of ours, of theirs
    for pair in zip(translations, references, strict=True):
        ours, theirs = ("".join(text.split()) for text in pair)
        for order in range(1, _CHARACTERS + 1):
            grams, known = _ngrams(ours, order), _ngrams(theirs, order)
            if known:  # sacrebleu counts nothing where there is nothing to be found
                counts[order - 1] += (grams & known).total(), grams.total(), known.total()
    counts = counts[counts[:, 1:].all(1)]
    if not counts[:, 0].any():
        return 0.0
    precision, recall = (counts[:, :1] / counts[:, 1:]).mean(0)
    both = (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)
    return float(100 * both)


def _ngrams(symbols: Sequence[str], order: int) -> Counter:
    return Counter(tuple(symbols[i : i + order]) for i in range(len(symbols) - order + 1))
