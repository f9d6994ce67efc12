"""The French books of the manifest as paragraphs of words."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from core.data import fetch
from core.data.kept import kept
from core.data.language import books, corpora, gutenberg, tei, typography
from core.data.language.words import old_spelling, tokens

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
_READERS = (books, gutenberg, tei, typography, tokens, old_spelling)


def novels() -> list[list[str]]:
    """The paragraphs of all books, each a list of words, the old spelling made new.

    Raises Problem if a book is not on this machine.
    """
    files = [fetch.path(file) for file in _files()]

    def read() -> bytes:
        lines = _read(dict(zip(NOVELS, files, strict=True)))
        return "\n".join(map(" ".join, lines)).encode()

    text = kept("words", _files(), (*_READERS, sys.modules[__name__]), read).decode()
    return [line.split(" ") for line in text.split("\n")]


def missing() -> list[str]:
    """The files of those books that this machine does not have."""
    return fetch.absent(_files())


def _files() -> list[str]:
    return [corpora.file_of(name) if "." not in name else name for name in NOVELS]


def _read(files: dict[str, Path]) -> list[list[str]]:
    paragraphs = {
        name: _tagged(file.read_text(encoding="utf-8"))
        if file.suffix == ".conll"
        else tokens.sentences(corpora.book(name))
        for name, file in files.items()
    }
    later = Counter(
        word
        for name, lines in paragraphs.items()
        if name not in _OLD_SPELLING
        for line in lines
        for word in line
    )
    for name in _OLD_SPELLING:
        paragraphs[name] = old_spelling.modernised(paragraphs[name], later)
    return [line for lines in paragraphs.values() for line in lines]


def _tagged(text: str) -> list[list[str]]:
    """The paragraphs of a text with a word and its tag a line: empty lines are between them."""
    blocks = (
        " ".join(line.split(" ")[0] for line in block.split("\n")).replace(" ' ", "'")
        for block in text.split("\n\n")
    )
    return [line for line in map(tokens.words, blocks) if line]
