"""A text that a person names on the command line."""

import click

from core.data import texts
from core.data.language import brought

MOST_READ = 100_000_000  # bytes; some files have no end


def read_text(raw: bytes, *, as_it_is: bool) -> str:
    """The text of a file's bytes, cleaned unless as_it_is; what was done is said on stderr.

    Raises Problem as ``core.data.texts.read`` and ``core.data.language.brought.clean`` do.
    """
    decoded = texts.read(raw, min_chars=1)
    cleaned = brought.Cleaned(decoded.text) if as_it_is else brought.clean(decoded.text)
    for note in (*decoded.notes, *cleaned.notes):
        click.echo(str(note), err=True)
    return cleaned.text
