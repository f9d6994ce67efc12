"""The shipped translators as they are asked, and the dictionaries beside them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from core import pretrained
from core.experiments.translation.task import LONGEST
from core.messages import N_, Problem
from core.numeric.language.beam import Search
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation.ibm1 import Likeliest
from core.numeric.language.translation.tokens import set_in, words

NAMES = {"en_fr": "translation-en-fr", "fr_en": "translation-fr-en"}
WIDTH, LENGTH_POWER = 4, 1.0  # of the beam search; not tuned
MOST_WORDS, MOST_CHARS = 30, 300  # of a sentence that is asked


def sentence(text: str, language: str) -> str:
    """A sentence that is to be translated. Raises Problem if it has no word or too many."""
    text = " ".join(text.split())
    count = len(words(text, language))
    if not count:
        raise Problem(N_("There is no word to translate in this."))
    if count > MOST_WORDS or len(text) > MOST_CHARS:
        raise Problem(
            N_(
                "A sentence may have {most} words and {chars} characters; this one has {words} "
                "and {length}."
            ),
            most=MOST_WORDS,
            chars=MOST_CHARS,
            words=count,
            length=len(text),
        )
    return text


def is_rather_the_other(text: str, direction: str) -> bool:
    """Whether more words of a sentence are in the dictionary of the language it would be put into.

    Never, where the weights of one direction are missing.
    """
    if not set(NAMES.values()) <= set(pretrained.names()):
        return False
    known = {}
    for name, weights in NAMES.items():
        language = name.split("_")[0]
        read = words(text, language)
        known[name] = sum(word in dictionary(weights) for word in read) / max(1, len(read))
    return max(known.values()) > known[direction]


def search(model: Seq2Seq, text: str, width: int = WIDTH) -> Search:
    """The beam search for a translation."""
    return model.search(text, width, LONGEST, LENGTH_POWER)


def best_of(model: Seq2Seq, found: Search) -> str:
    """The translation that a search found best, as it is printed."""
    return set_in(model.codec.text(found.ids(found.best[0])), model.about["codec"]["target"])


@cache
def dictionary(name: str) -> Likeliest:
    """Of each word of a model's source language its likeliest translations by IBM's model 1."""
    return json.loads(words_file(name).read_text("utf-8"))


def words_file(name: str, folder: Path = pretrained.WEIGHTS) -> Path:
    """Where a model's dictionary lies."""
    return folder / f"{name}_words.json"
