"""Texts as counted words: tf-idf, tf-idf reduced by SVD, and BM25, the honest baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_matrix, diags

from core.numeric.language.embeddings.counting import svd_vectors
from core.numeric.language.embeddings.space import unit
from core.numeric.language.embeddings.vocabulary import Vocabulary

K1, B = 1.2, 0.75  # of BM25: how soon a repeated word counts no more; how much length counts
Texts = Sequence[Sequence[str]]
Sparse = Any  # a csr_matrix, whose types do not know its shape


@dataclass(frozen=True, eq=False)
class Counted:
    """What is counted once of the texts that one learns from.

    vocabulary: their words. having: in how many texts each word stands, (words,). texts: how many
    there are. length: known words of a text on average.
    """

    vocabulary: Vocabulary
    having: np.ndarray
    texts: int
    length: float

    @classmethod
    def of(cls, texts: Texts, min_count: int = 1, most: int = 50_000) -> Self:
        """Of words that come ``min_count`` times, the ``most`` frequent ones."""
        vocabulary = Vocabulary.of(texts, min_count, most)
        counts = bags(texts, vocabulary)
        having = np.bincount(counts.indices, minlength=len(vocabulary))
        return cls(vocabulary, having, len(texts), float(counts.sum()) / max(1, len(texts)))


def bags(texts: Texts, vocabulary: Vocabulary) -> Sparse:
    """How often each known word stands in each text, float32 (texts, words)."""
    numbers = vocabulary.numbers
    ids = [[numbers[word] for word in text if word in numbers] for text in texts]
    ends = np.cumsum([0, *map(len, ids)])
    columns = np.array([i for row in ids for i in row], np.int64)
    table = csr_matrix(
        (np.ones(len(columns), np.float32), columns, ends), (len(texts), len(vocabulary))
    )
    table.sum_duplicates()
    return table


@dataclass(frozen=True, eq=False)
class TfIdf:
    """tf-idf: (1 + log tf) (1 + log((1 + n) / (1 + df))), each text at length 1.

    As scikit-learn's TfidfVectorizer with sublinear_tf.
    """

    counted: Counted
    name = "tfidf"

    @cached_property
    def rarity(self) -> np.ndarray:
        """The second factor, of each word, float32 (words,)."""
        of = self.counted
        return (1 + np.log((1 + of.texts) / (1 + of.having))).astype(np.float32)

    def kept(self, texts: Texts) -> Sparse:
        """Texts that are searched, float32 (texts, words)."""
        table = bags(texts, self.counted.vocabulary)
        table.data = 1 + np.log(table.data)
        table = csr_matrix(table @ diags(self.rarity))
        lengths = np.sqrt(np.asarray(table.multiply(table).sum(1), float).ravel())
        return csr_matrix(diags(1 / np.maximum(lengths, 1e-12)) @ table).astype(np.float32)

    asked = kept


@dataclass(frozen=True, eq=False)
class BM25:
    """BM25: how well a text answers the words of a question; not a cosine, and not bounded.

    Source: Robertson & Zaragoza (2009), Foundations and Trends in Information Retrieval 3, with
    Lucene's log(1 + (n - df + 0.5) / (df + 0.5)), which is never negative.
    """

    counted: Counted
    name = "bm25"

    @cached_property
    def rarity(self) -> np.ndarray:
        """The inverse document frequency of each word, float32 (words,)."""
        of = self.counted
        return np.log1p((of.texts - of.having + 0.5) / (of.having + 0.5)).astype(np.float32)

    def kept(self, texts: Texts) -> Sparse:
        """What each word of each text adds if it is asked once, float32 (texts, words)."""
        table = bags(texts, self.counted.vocabulary)
        lengths = np.asarray(table.sum(1), float).ravel() / max(self.counted.length, 1e-12)
        damping = np.repeat(K1 * (1 - B + B * lengths), np.diff(table.indptr))
        table.data = table.data * (K1 + 1) / (table.data + damping)
        return csr_matrix(table @ diags(self.rarity)).astype(np.float32)

    def asked(self, texts: Texts) -> Sparse:
        """How often each question has each word, float32 (texts, words)."""
        return bags(texts, self.counted.vocabulary)


@dataclass(frozen=True, eq=False)
class Reduced:
    """tf-idf on its first singular vectors (latent semantic analysis), at length 1.

    axes: float (words, d), orthonormal. Source: Deerwester et al. (1990), JASIS 41.
    """

    weighted: TfIdf
    axes: np.ndarray
    name = "svd"

    @classmethod
    def of(
        cls,
        weighted: TfIdf,
        texts: Texts,
        dim: int,
        seed: int = 0,
        between: Callable[[], object] = lambda: None,
    ) -> Self:
        """The axes of the texts that one learns from."""
        table: Sparse = csr_matrix(weighted.kept(texts).T)
        words = svd_vectors(table, min(dim, len(texts), table.shape[0]), seed, between)
        return cls(weighted, unit(words.T).T.astype(np.float32))

    def kept(self, texts: Texts) -> np.ndarray:
        """Texts that are searched, (texts, d)."""
        return unit(self.weighted.kept(texts) @ self.axes)

    asked = kept
