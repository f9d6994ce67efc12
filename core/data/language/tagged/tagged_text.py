"""Sentences whose words have a tag each, and what of them is learned from and tested on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.messages import Note

MOST_WORDS = 80  # of a sentence; a longer one is cut where a mark ends a part of it
_TEST_SHARE = 0.2  # of a corpus without official parts: its end
_ENDS = frozenset(".!?…;:") | {"..."}


@dataclass(frozen=True)
class TaggedText:
    """Sentences, the tag of each word, and the number of the book or post that each is from."""

    words: list[list[str]] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)

    @classmethod
    def cut(
        cls, words: Sequence[list[str]], tags: Sequence[list[str]], document: int = 0
    ) -> TaggedText:
        """Sentences of one document, long ones cut (``cuts``)."""
        text = cls()
        for sentence, of in zip(words, tags, strict=True):
            for start, end in cuts(sentence):
                text.words.append(sentence[start:end])
                text.tags.append(of[start:end])
                text.documents.append(document)
        return text

    def __add__(self, other: TaggedText) -> TaggedText:
        return TaggedText(
            self.words + other.words, self.tags + other.tags, self.documents + other.documents
        )

    def __len__(self) -> int:
        return len(self.words)

    @property
    def size(self) -> int:
        """How many words there are."""
        return sum(map(len, self.words))

    def first(self, most: int) -> TaggedText:
        """At most so many sentences, from the start."""
        return TaggedText(self.words[:most], self.tags[:most], self.documents[:most])


@dataclass(frozen=True)
class TaggedCorpus:
    """What is learned from and what is tested on; no sentence is in both by its place.

    spans: whether tags mark spans, as B-KIND, I-KIND and O; else each word has a tag of its own.
    books: whether a document is long enough that a word's other places in it tell of it. made:
    whether the project made the sentences up. notes: what was left out or put right.
    """

    training: TaggedText
    test: TaggedText
    spans: bool
    books: bool = False
    made: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag of the training part, in order; of spans O is the first."""
        known = {tag for sentence in self.training.tags for tag in sentence}
        kind = 2 if self.spans else 0  # of B-PER what follows the dash
        return tuple(sorted(known, key=lambda tag: (tag != "O", tag[kind:], tag)))


def cuts(sentence: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of the parts of a sentence, each of at most MOST_WORDS words.

    A part ends behind the last mark that ends something, else behind the last comma, else where
    there is no room: it does not look at the tags.
    """
    parts, start = [], 0
    while len(sentence) - start > MOST_WORDS:
        window = range(start + MOST_WORDS - 1, start, -1)
        end = next((i + 1 for i in window if sentence[i] in _ENDS), 0)
        end = end or next((i + 1 for i in window if sentence[i] == ","), start + MOST_WORDS)
        parts.append((start, end))
        start = end
    return [*parts, (start, len(sentence))]


def parted(text: TaggedText) -> tuple[TaggedText, TaggedText]:
    """The beginning to learn from and the last fifth of the words to be tested on."""
    seen, at = 0, 0
    while at < len(text) - 1 and seen < (1 - _TEST_SHARE) * text.size:
        seen += len(text.words[at])
        at += 1
    end = TaggedText(text.words[at:], text.tags[at:], text.documents[at:])
    return text.first(at), end
