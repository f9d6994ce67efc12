"""Sentences that word vectors are learned from, by the name of a corpus.

"world" is invented; "novels" are the French books of the manifest; "conte" is this project's tale;
"upload:HASH" is what a visitor brought.
"""

from __future__ import annotations

from collections import Counter

from core.data import fetch
from core.data.language import corpora
from core.data.language.words import questions, world
from core.data.language.words.old_spelling import modernised
from core.data.language.words.questions import Questions
from core.data.language.words.tokens import sentences, words

WORLD_SENTENCES = 4_000
NOVELS = (
    *corpora.VOLTAIRE,
    *corpora.VALIDATION,
    corpora.HELD_OUT,
    "diderot_jacques_le_fataliste",
    "diderot_religieuse",
    "diderot_neveu_de_rameau",
    "rousseau_julie",
    "rousseau_reveries",
    "laclos_liaisons_dangereuses",
    "moliere_avare",
    "moliere_don_juan",
    "ner_balzac_eugenie_grandet.conll",
    "flaubert_trois_contes",
    "zola_germinal",
    "zola_therese_raquin",
    "verne_tour_du_monde",
    "verne_centre_de_la_terre",
    "ner_maupassant_bel_ami.conll",
    "flaubert_madame_bovary",
)
_OLD_SPELLING = ("rousseau_julie", "rousseau_reveries", "voltaire_tolerance")


def corpus(name: str, seed: int) -> list[list[str]]:
    """The sentences (of books, the paragraphs) of a corpus, each a list of words.

    seed: of the invented world. In novels, words of the eighteenth century are spelled as later
    books spell them. Raises Problem as ``core.data.language.corpora.corpus`` does.
    """
    if name == "world":
        return world.sentences(WORLD_SENTENCES, seed)
    if name == "novels":
        return _novels()
    return sentences(corpora.corpus(name))


def missing(name: str) -> list[str]:
    """Files that a corpus needs and this machine does not have."""
    if name == "world":
        return []
    books = NOVELS if name == "novels" else (name,)
    return [file for book in books for file in _missing(book)]


def questions_of(name: str) -> Questions:
    """What to ask vectors of a corpus: of the invented world, what is true in it."""
    return questions.of_world() if name == "world" else questions.french()


def _novels() -> list[list[str]]:
    books = {name: _book(name) for name in NOVELS}
    later = Counter(
        word
        for name, lines in books.items()
        if name not in _OLD_SPELLING
        for line in lines
        for word in line
    )
    for name in _OLD_SPELLING:
        books[name] = modernised(books[name], later)
    return [line for lines in books.values() for line in lines]


def _book(name: str) -> list[list[str]]:
    if not name.endswith(".conll"):
        return sentences(corpora.book(name))
    return _tagged(fetch.path(name).read_text(encoding="utf-8"))


def _tagged(text: str) -> list[list[str]]:
    """The paragraphs of a text with a word and its tag a line: empty lines are between them."""
    blocks = (
        " ".join(line.split(" ")[0] for line in block.split("\n")).replace(" ' ", "'")
        for block in text.split("\n\n")
    )
    return [line for line in map(words, blocks) if line]


def _missing(book: str) -> list[str]:
    if book.endswith(".conll"):
        return [] if fetch.available(book) else [book]
    return corpora.missing(book)
