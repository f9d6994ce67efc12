"""What is like a sentence, and which words carried the likeness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from core.numeric.language.thoughts.bags import Texts

Matrix = Any  # (texts, d), dense or sparse


class Encoder(Protocol):
    """Makes of each text a row, so that products of rows are scores."""

    @property
    def name(self) -> str:
        """The method: "tfidf", "bm25", "svd", "mean", "sif", "paragraph", "recurrent", ..."""
        ...

    def kept(self, texts: Texts) -> Matrix:
        """Texts that are searched, (texts, d)."""
        ...

    def asked(self, texts: Texts) -> Matrix:
        """Texts that are asked for, (texts, d)."""
        ...


class Hit(NamedTuple):
    """The place of a text among those that are searched, and its score."""

    place: int
    score: float


def scores_of(asked: Matrix, kept: Matrix) -> np.ndarray:
    """The score of each text that is asked with each that is kept, float (asked, kept)."""
    product = asked @ kept.T
    return product.toarray() if hasattr(product, "toarray") else np.asarray(product)


def best(scores: np.ndarray, count: int) -> list[Hit]:
    """The places of the highest scores (texts,), the first the highest; none of 0 or below."""
    order = np.argsort(-scores, kind="stable")[:count]
    return [Hit(int(i), float(scores[i])) for i in order if scores[i] > 0]


def leave_one_out(
    encoder: Encoder, question: Sequence[str], text: Sequence[str]
) -> tuple[dict[str, float], dict[str, float]]:
    """How much the score falls if a word is left out: of each word of the question, of the text.

    Negative where it rises. A word that stands several times is left out everywhere.
    """
    questions, of_question = _without_each(question)
    texts, of_text = _without_each(text)
    whole = encoder.asked([question]), encoder.kept([text])
    score = float(scores_of(*whole)[0, 0])
    asked = scores_of(encoder.asked(questions), whole[1])[:, 0] if questions else []
    kept = scores_of(whole[0], encoder.kept(texts))[0] if texts else []
    return (
        {word: score - float(left) for word, left in zip(of_question, asked, strict=True)},
        {word: score - float(left) for word, left in zip(of_text, kept, strict=True)},
    )


def _without_each(words: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    different = list(dict.fromkeys(words))
    return [[word for word in words if word != left] for left in different], different
