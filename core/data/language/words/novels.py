"""The French books of the manifest as paragraphs of words, kept once they are read.

To clean them takes seconds, which nobody wants to wait for twice.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from pathlib import Path

import platformdirs

from core.data import fetch
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
    kept = _folder() / f"{_fingerprint()}.txt"
    if kept.is_file():
        return [line.split(" ") for line in kept.read_text(encoding="utf-8").split("\n")]
    lines = _read(dict(zip(NOVELS, files, strict=True)))
    _keep(kept, "\n".join(map(" ".join, lines)))
    return lines


def missing() -> list[str]:
    """The files of those books that this machine does not have."""
    return [file for file in _files() if not fetch.available(file)]


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


def _folder() -> Path:
    return platformdirs.user_cache_path("pangloss", appauthor=False) / "words"


def _fingerprint() -> str:
    """Of the books and of the code that reads them: what is kept is forgotten with a change."""
    sources = [Path(str(module.__file__)) for module in _READERS]
    read = [fetch.entry(file)["sha256"].encode() for file in _files()]
    read += [source.read_bytes() for source in (*sources, Path(__file__))]
    return hashlib.sha256(b"\0".join(read)).hexdigest()


def _keep(file: Path, text: str) -> None:
    """Write a file that other processes may read at any time; nothing where there is no room."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in file.parent.glob("*.txt"):
            old.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
            unfinished.write(text.encode("utf-8"))
        os.replace(unfinished.name, file)
    except OSError:
        return
