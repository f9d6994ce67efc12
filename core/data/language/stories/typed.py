"""A story and a question that a visitor types, in the words of the tasks."""

from __future__ import annotations

import re

from core.data.language.stories.story import (
    PERSONS,
    PLACES,
    THINGS,
    VOCABULARY,
    Sentence,
    words,
)
from core.messages import N_, Problem

MOST_SENTENCES = 100  # bAbI has one of 88
MOST_CHARS = 4_000
_END = re.compile(r"[.!;\n]+")
_KNOWN = frozenset(VOCABULARY)


def story(text: str) -> tuple[Sentence, ...]:
    """The sentences of a story, parted by full stops or lines.

    Raises Problem if there is none, too many, a word that is not of the tasks, or a question.
    """
    if len(text) > MOST_CHARS:
        raise Problem(
            N_("The story has {count} characters; {most} can be read."),
            count=len(text),
            most=MOST_CHARS,
        )
    if "?" in text:
        raise Problem(N_("A question stands among the sentences: write it in its own field."))
    sentences = tuple(sentence for part in _END.split(text) if (sentence := words(part)))
    if not sentences:
        raise Problem(N_("The story is empty: write a sentence, as “Mary went to the garden.”"))
    if len(sentences) > MOST_SENTENCES:
        raise Problem(
            N_("The story has {count} sentences; {most} can be read."),
            count=len(sentences),
            most=MOST_SENTENCES,
        )
    for sentence in sentences:
        _check(sentence)
    return sentences


def question(text: str) -> Sentence:
    """The words of a question, as "Where is the milk?".

    Raises Problem if there is none, no question mark, an unknown word, or another question.
    """
    text = text.strip()
    asked = words(text)
    if not asked:
        raise Problem(N_("There is no question: ask one, as “Where is Mary?”"))
    if not text.endswith("?"):
        raise Problem(N_("The question has no question mark: write it as “Where is Mary?”"))
    _check(asked)
    about = [word for word in asked if word in PERSONS + THINGS]
    if asked[:2] != ("where", "is") or len(about) != 1 or set(asked) & set(PLACES):
        raise Problem(
            N_("The tasks have one question only: “Where is …?”, of a person or a thing.")
        )
    return asked


def _check(sentence: Sentence) -> None:
    for word in sentence:
        if word not in _KNOWN:
            raise Problem(
                N_("The network knows {count} words, and “{word}” is not one of them."),
                count=len(VOCABULARY),
                word=word[:30],
            )
