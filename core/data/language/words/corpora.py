"""Sentences that word vectors are learned from, by the name of a corpus.

"world" is invented; "novels" are the French books of the manifest; "conte" is this project's tale;
"upload:HASH" is what a visitor brought.
"""

from __future__ import annotations

from core.data.language import corpora
from core.data.language.words import novels, questions, world
from core.data.language.words.questions import Questions
from core.data.language.words.tokens import sentences

WORLD_SENTENCES = 4_000


def corpus(name: str, seed: int) -> list[list[str]]:
    """The sentences (of books, the paragraphs) of a corpus, each a list of words.

    seed: of the invented world. In novels, words of the eighteenth century are spelled as later
    books spell them. Raises Problem as ``core.data.language.corpora.corpus`` does.
    """
    if name == "world":
        return world.sentences(WORLD_SENTENCES, seed)
    if name == "novels":
        return novels.novels()
    return sentences(corpora.corpus(name))


def missing(name: str) -> list[str]:
    """Files that a corpus needs and this machine does not have."""
    if name == "world":
        return []
    return novels.missing() if name == "novels" else corpora.missing(name)


def questions_of(name: str) -> Questions:
    """What to ask vectors of a corpus: of the invented world, what is true in it."""
    return questions.of_world() if name == "world" else questions.french()
