"""A visitor's tagged text: CoNLL-U, or a word and its tag a line."""

from __future__ import annotations

from functools import lru_cache

from core.data import texts, uploads
from core.data.language.tagged.reading import read_tagged
from core.data.language.tagged.tagged_text import TaggedCorpus, TaggedText, parted
from core.messages import N_, Problem

MIN_SENTENCES = 20
MOST_TAGS = 60
_MIN_CHARS = 20


def store(raw: bytes | str) -> str:
    """Store a tagged text and return its hash, by which ``corpus_of`` finds it.

    Raises Problem as ``read_corpus`` and ``texts.read`` do, or if it cannot be stored.
    """
    text = texts.read_text(raw, min_chars=_MIN_CHARS)
    read_corpus(text)
    return uploads.put(text)


@lru_cache(maxsize=4)
def corpus_of(digest: str) -> TaggedCorpus:
    """The corpus of a stored text. Raises Problem if there is none, or as ``read_corpus``."""
    if not digest:
        raise Problem(
            N_("Bring a tagged text first: a word and its tag in each line, or a CoNLL-U file.")
        )
    return read_corpus(uploads.get(digest))


def read_corpus(text: str) -> TaggedCorpus:
    """Sentences and tags of a text, the last fifth held out.

    Raises Problem as ``read_tagged`` does, and if there are too few sentences or tags, or so many
    tags that they can be none.
    """
    known = read_tagged(text)
    whole = TaggedText.cut(known.words, known.tags)
    if len(whole) < MIN_SENTENCES:
        raise Problem(
            N_(
                "The text has {given} sentences; at least {least} are needed. An empty line is "
                "expected between two."
            ),
            given=len(whole),
            least=MIN_SENTENCES,
        )
    corpus = TaggedCorpus(*parted(whole), known.spans, notes=known.notes)
    if not 2 <= len(corpus.tags) <= MOST_TAGS:
        raise Problem(
            N_("The text has {given} different tags; from {least} to {most} are expected."),
            given=len(corpus.tags),
            least=2,
            most=MOST_TAGS,
        )
    return corpus
