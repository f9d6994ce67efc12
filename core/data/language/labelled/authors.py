"""Passages of French books, the author of each to be told."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.data.language import corpora
from core.data.language.labelled.labelled_texts import LabelledTexts

LENGTHS = (100, 300, 1000)  # characters of a passage
# Author -> books to learn from, and books that are held out.
BOOKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Voltaire": (
        tuple(
            book
            for book in (*corpora.VOLTAIRE, *corpora.VALIDATION, corpora.HELD_OUT)
            if book not in ("voltaire_candide", "voltaire_ingenu")
        ),
        ("voltaire_candide", "voltaire_ingenu"),
    ),
    "Diderot": (
        ("diderot_jacques_le_fataliste",),
        ("diderot_religieuse", "diderot_neveu_de_rameau"),
    ),
    "Rousseau": (("rousseau_julie",), ("rousseau_reveries",)),
    "Flaubert": (("flaubert_madame_bovary",), ("flaubert_trois_contes",)),
    "Zola": (("zola_germinal",), ("zola_therese_raquin",)),
    "Verne": (("verne_tour_du_monde",), ("verne_centre_de_la_terre",)),
}


def missing() -> list[str]:
    """Files that this machine does not have."""
    books = [book for parts in BOOKS.values() for part in parts for book in part]
    return [file for book in books for file in corpora.missing(book)]


@lru_cache(maxsize=3)
def passages_of_authors(length: int) -> LabelledTexts:
    """Passages of about ``length`` characters of every book, none overlapping another.

    Raises Problem if a book is not here.
    """
    texts: list[str] = []
    labels: list[int] = []
    groups: list[int] = []
    names: list[str] = []
    held_out: list[int] = []
    for author, parts in enumerate(BOOKS.values()):
        for is_test, part in enumerate(parts):
            for book in part:
                cut = passages(corpora.book(book), length)
                held_out += [len(names)] * is_test
                texts += cut
                labels += [author] * len(cut)
                groups += [len(names)] * len(cut)
                names.append(book)
    return LabelledTexts(
        texts,
        np.array(labels),
        tuple(BOOKS),
        np.array(groups),
        tuple(names),
        tuple(held_out),
    )


def passages(text: str, length: int) -> list[str]:
    """A text cut at spaces into passages of at least ``length`` characters; the rest is left out.

    >>> passages("Il faut cultiver notre jardin.", 10)
    ['Il faut cultiver', 'notre jardin.']
    """
    cut, words, size = [], [], -1
    for word in text.split():
        words.append(word)
        size += len(word) + 1
        if size >= length:
            cut.append(" ".join(words))
            words, size = [], -1
    return cut
