"""A story, a question about it, and the words that both are made of."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.messages import N_

Sentence = tuple[str, ...]

TASKS = {"one": N_("One fact"), "two": N_("Two facts")}
PERSONS = ("daniel", "john", "mary", "sandra")
PLACES = ("bathroom", "bedroom", "garden", "hallway", "kitchen", "office")
THINGS = ("apple", "football", "milk")
GOES = ("went", "went back", "moved", "journeyed", "travelled")
GETS = ("got", "took", "grabbed", "picked up")
LEAVES = ("left", "dropped", "discarded", "put down")
VOCABULARY = (
    *PERSONS,
    *PLACES,
    *THINGS,
    *dict.fromkeys(" ".join([*GOES, *GETS, *LEAVES]).split()),
    *("to", "the", "there", "where", "is"),
)
_WORD = re.compile(r"[^\W\d_]+")


class Asked(NamedTuple):
    """A question about the sentences before it, its answer, and the sentences that tell it.

    Sentences and question are words in lower case, without marks. answer: one of PLACES. facts:
    places of the supporting sentences, from 0, in the order in which the task names them.
    """

    sentences: tuple[Sentence, ...]
    question: Sentence
    answer: str
    facts: tuple[int, ...]


def words(text: str) -> Sentence:
    """The words of a sentence.

    >>> words("Where is Mary?")
    ('where', 'is', 'mary')
    """
    return tuple(_WORD.findall(text.lower()))


def as_written(sentence: Sentence, end: str = ".") -> str:
    """A sentence as the task writes it.

    >>> as_written(("mary", "went", "to", "the", "garden"))
    'Mary went to the garden.'
    """
    text = " ".join(word.capitalize() if word in PERSONS else word for word in sentence)
    return text[:1].upper() + text[1:] + end
