"""A text that a person names on the command line."""

from typing import BinaryIO

from core.data import texts

MOST_READ = 100_000_000  # bytes; some files have no end


def read_text(file: BinaryIO) -> str:
    """The text of an open file. Raises Problem as ``core.data.texts.read_text`` does."""
    return texts.read_text(file.read(MOST_READ), min_chars=1)
