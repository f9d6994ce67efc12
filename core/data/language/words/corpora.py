"""Sentences that word vectors are learned from, by the name of a corpus.

"world" is invented; "novels" are the French books of the manifest; "reviews" English sentences on
films; "conte" is this project's tale; "upload:HASH" is what a visitor brought.
"""

from __future__ import annotations

from core.data import fetch
from core.data.language import corpora
from core.data.language.labelled import sentences as labelled
from core.data.language.words import novels, questions, world
from core.data.language.words.questions import Questions
from core.data.language.words.tokens import sentences, words

WORLD_SENTENCES = 4_000
_REVIEWS = ("reviews", "films", "subjectivity")


def corpus(name: str, seed: int) -> list[list[str]]:
    """The sentences (of books, the paragraphs) of a corpus, each a list of words.

    seed: of the invented world. In novels, words of the eighteenth century are spelled as later
    books spell them. Raises Problem as ``core.data.language.corpora.corpus`` does.
    """
    if name == "world":
        return world.sentences(WORLD_SENTENCES, seed)
    if name == "novels":
        return novels.novels()
    if name == "reviews":
        texts = [text for some in _REVIEWS for text in labelled.read(some).texts]
        return [line for line in map(words, dict.fromkeys(texts)) if line]
    return sentences(corpora.corpus(name))


def missing(name: str) -> list[str]:
    """Files that a corpus needs and this machine does not have."""
    if name == "world":
        return []
    if name == "reviews":
        files = [labelled.FILES[some] for some in _REVIEWS]
        return fetch.absent(files)
    return novels.missing() if name == "novels" else corpora.missing(name)


def questions_of(name: str) -> Questions:
    """What to ask vectors of a corpus: of the invented world, what is true in it."""
    if name == "reviews":
        return questions.english()
    return questions.of_world() if name == "world" else questions.french()
