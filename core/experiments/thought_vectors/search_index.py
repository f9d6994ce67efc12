"""A text that is searched: its passages, and every method that makes vectors of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from core import pretrained
from core.data.language import corpora
from core.data.language.passages import Passage, passages
from core.experiments.thought_vectors.recipe import NAME, read_states
from core.experiments.thought_vectors.task import word_space
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.thoughts.bags import BM25, Counted, Reduced, TfIdf
from core.numeric.language.thoughts.means import Mean
from core.numeric.language.thoughts.networks import CharacterReader, ParagraphVectors
from core.numeric.language.thoughts.search import Encoder, Hit, Matrix, best, scores_of

BOOK = "voltaire_candide"
TALE = "conte"  # which every machine has
DIM = 100
# In the order in which they are told: counting, means of word vectors, networks.
METHODS = ("bm25", "tfidf", "svd", "mean", "sif", "paragraph", "language_model")
_WORDS, _WRITER = "word-embeddings", "voltaire"


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """The passages of a text, what makes vectors of them, and the vectors.

    own_words: whether the word vectors were counted in this text, for want of shipped ones.
    """

    passages: Sequence[Passage]
    encoders: Mapping[str, Encoder]
    own_words: bool
    _kept: dict[str, Matrix] = field(default_factory=dict)

    def kept(self, method: str) -> Matrix:
        """The rows of all passages, made once."""
        if method not in self._kept:
            texts = [passage.words for passage in self.passages]
            self._kept[method] = self.encoders[method].kept(texts)
        return self._kept[method]

    def scores(self, method: str, question: Sequence[str]) -> np.ndarray:
        """How like the words of a question each passage is, (passages,)."""
        asked = self.encoders[method].asked([question])
        return scores_of(asked, self.kept(method))[0]

    def search(self, method: str, question: Sequence[str], count: int) -> list[Hit]:
        """The passages that are most like the words of a question."""
        return best(self.scores(method, question), count)


@lru_cache(maxsize=8)
def search_index(name: str) -> SearchIndex:
    """A text that ``core.data.language.corpora`` knows. Raises Problem as ``corpus`` does."""
    own = passages(name)
    texts = [passage.words for passage in own]
    counted = Counted.of(texts)
    weighted = TfIdf(counted)
    known = pretrained.names()
    if _WORDS in known:
        space, _card = pretrained.load(_WORDS, WordSpace)
        counts = space.counts
    else:
        space, counts = word_space(counted, texts, DIM, 0), counted.vocabulary.counts
    encoders: list[Encoder] = [
        BM25(counted),
        weighted,
        Reduced.of(weighted, texts, DIM),
        Mean.plain(space),
        Mean.sif(space, counts, texts),
    ]
    if NAME in known:
        encoders.append(pretrained.load(NAME, ParagraphVectors)[0])
    made = SearchIndex(own, {encoder.name: encoder for encoder in encoders}, _WORDS not in known)
    states = read_states(name, corpora.digest(name), len(own))
    if states is not None and _WRITER in known:
        writer = CharacterReader(pretrained.load(_WRITER, LanguageModel)[0])
        made = SearchIndex(own, {**made.encoders, writer.name: writer}, made.own_words)
        made._kept[writer.name] = states
    return made
