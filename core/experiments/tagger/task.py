"""The sentences of a run as its network reads them: what is learned from, what is tested on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.data.language.tagged.sets import tagged_corpus
from core.data.language.tagged.tagged_text import MOST_WORDS, TaggedCorpus, TaggedText
from core.experiments.tagger.config import TaggerConfig
from core.numeric.language.classify.vocabulary import WordList
from core.numeric.language.tagging.book import BookNotes
from core.numeric.language.tagging.network import TagNetwork, characters_of

WIDTHS = (32, MOST_WORDS)  # words of the batches: each is as wide as its longest needs
LEAST = 2  # times, or in books: books, that a word has to come to have a vector of its own
MOST_WORDS_KNOWN = 20_000
BUCKETS = 2**15
SHOWN = 200  # held-out sentences that a page can open
ALONE = 0.5  # share of the sentences that are read as if there were no book around them
_CHARACTERS, _FILTERS = 24, 48


@dataclass(frozen=True)
class Task:
    """Sentences in two parts, and the network that reads them."""

    config: TaggerConfig
    corpus: TaggedCorpus
    training: TaggedText

    @classmethod
    def of(cls, config: TaggerConfig) -> Task:
        """The task of a config. Raises Problem if its data are not here."""
        corpus = tagged_corpus(config.data, config.upload, config.seed)
        return cls(config, corpus, corpus.training.first(config.train_sentences))

    @property
    def test(self) -> TaggedText:
        """The sentences that are held out."""
        return self.corpus.test

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags of what is learned from, in order."""
        return TaggedCorpus(self.training, self.test, self.corpus.spans).tags

    @property
    def has_book(self) -> bool:
        """Whether features tell of the rest of a sentence's book."""
        return self.config.book and self.config.features and self.corpus.books

    @cached_property
    def vocabulary(self) -> WordList:
        """The words that have a vector: of books those that more than one book has."""
        texts = [[word.lower() for word in words] for words in self.training.words]
        if self.corpus.books and len(set(self.training.documents)) > 1:
            joined: dict[int, list[str]] = {}
            for document, words in zip(self.training.documents, texts, strict=True):
                joined.setdefault(document, []).extend(words)
            return WordList.of(joined.values(), LEAST, MOST_WORDS_KNOWN)
        return WordList.of(([word] for words in texts for word in words), LEAST, MOST_WORDS_KNOWN)

    @cached_property
    def network(self) -> TagNetwork:
        """The network of the config."""
        config = self.config
        return TagNetwork(
            len(self.tags),
            self.vocabulary,
            characters_of(self.training.words) if config.characters else "",
            config.direction,
            config.cell,
            config.dim,
            config.units,
            _CHARACTERS,
            _FILTERS if config.characters else 0,
            BUCKETS if config.features else 0,
            self.has_book,
            config.transitions,
        )

    def notes(self, text: TaggedText, alone: float = 0.0) -> list[np.ndarray] | None:
        """What its book shows of each sentence's words, None where that is not asked for.

        alone: share of the sentences that are their own book, drawn by the seed.
        """
        if not self.has_book:
            return None
        books = {
            number: BookNotes(
                words
                for words, document in zip(text.words, text.documents, strict=True)
                if document == number
            )
            for number in set(text.documents)
        }
        is_alone = self._alone(len(text), alone)
        return [
            (BookNotes([words]) if single else books[document]).of(words)
            for words, document, single in zip(text.words, text.documents, is_alone, strict=True)
        ]

    def _alone(self, sentences: int, share: float) -> np.ndarray:
        """Which sentences are read as if there were no book around them, drawn by the seed."""
        return np.random.default_rng([48, self.config.seed]).random(sentences) < share

    def as_lines(self) -> bytes:
        """All sentences for the script: part, book, whether it is alone, then words and tags."""
        lines = []
        for part, text, share in (("train", self.training, ALONE), ("test", self.test, 0.0)):
            alone = self._alone(len(text), share)
            rows = zip(text.words, text.tags, text.documents, alone, strict=True)
            for words, tags, document, single in rows:
                pairs = [cell for pair in zip(words, tags, strict=True) for cell in pair]
                lines.append(
                    "\t".join([part, str(document), "alone" if single else "book", *pairs])
                )
        return ("\n".join(lines) + "\n").encode()

    def encoded(self, text: TaggedText, alone: float = 0.0) -> Encoded:
        """A text as numbers."""
        numbers = {tag: number for number, tag in enumerate(self.tags)}
        # a tag that was never learned is counted as wrong: no answer has the number after the last
        targets = [
            np.array([numbers.get(tag, len(numbers)) for tag in tags], np.int32)
            for tags in text.tags
        ]
        return Encoded(self.network, text.words, self.notes(text, alone), targets)


@dataclass(frozen=True)
class Encoded:
    """Sentences as numbers, their inputs when they are first asked for.

    notes: of each sentence, as of ``Task.notes``. targets: its tags, int32 (words,).
    """

    network: TagNetwork
    words: Sequence[Sequence[str]]
    notes: Sequence[np.ndarray] | None
    targets: list[np.ndarray]
    _read: dict[int, list[np.ndarray]] = field(default_factory=dict)

    def inputs(self, places: Sequence[int] | np.ndarray) -> list[list[np.ndarray]]:
        """What the network reads of some sentences, int32 (words, ...) each."""
        new = [i for i in places if i not in self._read]
        if new:
            notes = None if self.notes is None else [self.notes[i] for i in new]
            read = self.network.inputs_of([self.words[i] for i in new], notes)
            self._read.update(zip(new, read, strict=True))
        return [self._read[i] for i in places]

    @property
    def lengths(self) -> np.ndarray:
        """The words of each sentence, int (n,)."""
        return np.array([len(tags) for tags in self.targets])

    def batch(self, places: Sequence[int] | np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
        """Inputs and targets of some sentences, as wide as ``width_of`` says, 0 and -1 behind."""
        width = width_of(max(len(self.targets[i]) for i in places))
        read = self.inputs(places)
        inputs = [np.zeros((len(places), width, *a.shape[1:]), np.int32) for a in read[0]]
        targets = np.full((len(places), width), -1, np.int32)
        for row, place in enumerate(places):
            length = len(self.targets[place])
            targets[row, :length] = self.targets[place]
            for array, known in zip(inputs, read[row], strict=True):
                array[row, :length] = known
        return inputs, targets


def width_of(words: int) -> int:
    """The words that a batch has room for, so that only a few shapes are compiled."""
    return next(width for width in WIDTHS if words <= width)


def batches(lengths: np.ndarray, size: int, seed: list[int]) -> list[np.ndarray]:
    """Places of sentences in batches of ``size`` of about one width, in an order drawn by seed.

    lengths: words of each sentence, (n,). What does not fill a batch goes to the next width's, and
    of the widest it waits.
    """
    rng = np.random.default_rng(seed)
    rest, out = np.zeros(0, int), []
    widths = np.array([width_of(int(length)) for length in lengths])
    for width in WIDTHS:
        places = np.concatenate([rest, rng.permutation(np.flatnonzero(widths == width))])
        whole = len(places) // size * size
        out += list(places[:whole].reshape(-1, size))
        rest = places[whole:]
    return [out[i] for i in rng.permutation(len(out))]
