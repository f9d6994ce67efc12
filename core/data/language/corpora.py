"""Texts that a language model learns from, by name.

"voltaire" is Voltaire without the text that models are scored on (Micromégas) and without those
that they are chosen by (Memnon, Scarmentado); "conte" is the tale that ships with Pangloss;
"upload:HASH" is what a visitor brought; any other name is a book of the manifest.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from core.data import fetch, texts, uploads
from core.data.kept import kept
from core.data.language import books, gutenberg, tei, typography
from core.messages import N_, Problem

HELD_OUT = "voltaire_micromegas"
VALIDATION = ("voltaire_memnon", "voltaire_scarmentado")
VOLTAIRE = (
    "voltaire_princesse_de_babylone",
    "voltaire_histoire_de_jenni",
    "voltaire_homme_aux_quarante_ecus",
    "voltaire_lettres_d_amabed",
    "voltaire_oreilles_du_comte",
    "voltaire_tolerance",
    "voltaire_lettres_roi_de_prusse",
    "voltaire_le_monde_comme_il_va",
    "voltaire_le_blanc_et_le_noir",
    "voltaire_ingenu",
    "voltaire_zadig",
    "voltaire_candide",
)
_CONTE = Path(__file__).parents[3] / "assets" / "corpus" / "conte.txt"
_UPLOAD = "upload:"
_CLEANERS = (books, gutenberg, tei, typography)
_MOST_KEPT = 100  # books: more than the manifest has


@lru_cache(maxsize=32)
def book(name: str) -> str:
    """Cleaned text of a book of the manifest, named with or without its ending.

    Raises Problem if the manifest has no such book, or it is not on this machine.
    """
    file = file_of(name)
    path = fetch.path(file)

    def clean() -> bytes:
        return books.clean(path.read_bytes(), file).encode()

    return kept("books", [file], _CLEANERS, clean, most=_MOST_KEPT).decode()


def corpus(name: str) -> str:
    """Text of a corpus; of "voltaire", what is trained on.

    Raises Problem if there is no such corpus, or a file of it is not on this machine.
    """
    if name == "voltaire":
        return "\n".join(map(book, VOLTAIRE))
    if name == "conte":
        return _conte()
    if name.startswith(_UPLOAD):
        return uploads.get(name.removeprefix(_UPLOAD))
    return book(name)


def splits(name: str) -> tuple[str, str]:
    """Training and validation text: of "voltaire" other books, else the last tenth.

    Raises Problem as ``corpus`` does.
    """
    text = corpus(name)
    if name == "voltaire":
        return text, "\n".join(map(book, VALIDATION))
    cut = len(text) * 9 // 10
    return text[:cut], text[cut:]


def missing(name: str) -> list[str]:
    """Files that a corpus needs and this machine does not have."""
    if name == "conte":
        return [] if _CONTE.is_file() else [_CONTE.name]
    if name.startswith(_UPLOAD):
        return []
    needed = (*VOLTAIRE, *VALIDATION) if name == "voltaire" else (name,)
    return fetch.absent(map(file_of, needed))


def digest(name: str) -> str:
    """SHA-256 of a corpus (its UTF-8), which changes when the cleaning does."""
    return hashlib.sha256(corpus(name).encode("utf-8")).hexdigest()


def file_of(name: str) -> str:
    """The file of a book, named with or without its ending. Raises Problem if there is none."""
    for file in fetch.manifest():
        if name in (file, file.rpartition(".")[0]) and file.endswith((".txt", ".xml")):
            return file
    raise Problem(N_("There is no corpus or book called {name}."), name=name)


@lru_cache(maxsize=1)
def _conte() -> str:
    if not _CONTE.is_file():
        raise Problem(N_("The tale conte.txt is missing from this copy of Pangloss."))
    lines = texts.read_text(_CONTE.read_bytes(), min_chars=1).splitlines()
    return "\n".join(line for line in map(typography.set_line, lines) if line)
