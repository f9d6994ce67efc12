"""What a class is called by and what its people may write: codes, phrases, pseudonyms, lines."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Collection
from pathlib import Path

from core.messages import N_, Problem

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"  # without I, L and O, which look like others
CODE = 6  # letters
_GROUPS, _GROUP = 4, 5  # of a recovery phrase: 90 bits
_MARKS = 2  # on one letter: more of them would reach over other lines

# People of Voltaire's tales.
PSEUDONYMS = tuple(Path(__file__).with_name("pseudonyms.txt").read_text("utf-8").split())


def new_code(taken: Collection[str]) -> str:
    """A code that no class has."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
        if code not in taken:
            return code


def tidied(given: str) -> str:
    """A code or phrase as it was meant: without what people put between its letters."""
    return "".join(letter for letter in given[:100].upper() if letter in LETTERS)


def new_phrase() -> str:
    """A recovery phrase, to be read and typed."""
    letters = [secrets.choice(LETTERS) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(letters[at : at + _GROUP]) for at in range(0, len(letters), _GROUP))


def hash_of(phrase: str) -> str:
    """What is kept of a phrase."""
    return hashlib.sha256(tidied(phrase).encode()).hexdigest()


def same(given: str, kept: str) -> bool:
    """Whether two texts are the same; how long that takes does not tell where they differ."""
    return hmac.compare_digest(given.encode(), kept.encode())


def folded(pseudonym: str) -> str:
    """What two pseudonyms share that look alike."""
    return unicodedata.normalize("NFKC", pseudonym).casefold()


def new_pseudonym(taken: Collection[str]) -> str:
    """One that is free, with a number once all are taken. taken: folded."""
    names, number = list(PSEUDONYMS), 1
    while not (free := [name for name in names if folded(name) not in taken]):
        number += 1
        names = [f"{name} {number}" for name in PSEUDONYMS]
    return secrets.choice(free)


def line(text: str, most: int) -> str:
    """What was written, as one line without needless spaces; it may be empty.

    Raises Problem where it is longer than ``most`` characters, or has some that print nothing, turn
    the direction of writing, or pile up on one letter.
    """
    text = unicodedata.normalize("NFC", " ".join(text[: 4 * most + 1].split()))
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > _MARKS or not letter.isprintable():
            raise Problem(N_("Only letters, digits, signs and spaces can be written here."))
    if len(text) > most:
        raise Problem(
            N_("At most {most} characters can be written here, not {given}."),
            most=most,
            given=len(text),
        )
    return text
