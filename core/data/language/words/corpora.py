"""Sentences that word vectors are learned from, by the name of a corpus.

"world" is invented; "novels" are the French books of the manifest; "conte" is this project's tale;
"upload:HASH" is what a visitor brought.
"""

from __future__ import annotations

from core.data.language import corpora
from core.data.language.words import questions, world
from core.data.language.words.questions import Questions
from core.data.language.words.tokens import sentences

WORLD_SENTENCES = 4_000
NOVELS = (
    *corpora.VOLTAIRE,
    "diderot_jacques_le_fataliste",
    "rousseau_julie",
    "laclos_liaisons_dangereuses",
    "flaubert_madame_bovary",
    "zola_germinal",
    "verne_tour_du_monde",
)


def corpus(name: str, seed: int) -> list[list[str]]:
    """The sentences (of books, the paragraphs) of a corpus, each a list of words.

    seed: of the invented world. Raises Problem as ``core.data.language.corpora.corpus`` does.
    """
    if name == "world":
        return world.sentences(WORLD_SENTENCES, seed)
    if name == "novels":
        return [line for book in NOVELS for line in sentences(corpora.corpus(book))]
    return sentences(corpora.corpus(name))


def missing(name: str) -> list[str]:
    """Files that a corpus needs and this machine does not have."""
    if name == "world":
        return []
    books = NOVELS if name == "novels" else (name,)
    return [file for book in books for file in corpora.missing(book)]


def questions_of(name: str) -> Questions:
    """What to ask vectors of a corpus: of the invented world, what is true in it."""
    return questions.of_world() if name == "world" else questions.french()
