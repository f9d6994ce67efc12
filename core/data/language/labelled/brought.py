"""A visitor's table of texts: one column is the text, one the class."""

from __future__ import annotations

from collections.abc import Mapping

from core.data import uploads
from core.data.language.labelled.labelled_texts import LabelledTexts, without_repeats
from core.data.tables import Table
from core.data.tables.classes import class_labels, label_column, with_classes
from core.messages import N_, Note, Problem

MIN_ROWS = 40
MAX_CHARS = 2_000  # of a text that are read


def store_texts(raw: bytes, choices: Mapping[str, str] | None = None) -> str:
    """Store a table of texts and return its hash, by which ``texts_of`` finds it.

    Raises Problem as ``read_texts`` and ``uploads.store_table`` do.
    """
    digest = uploads.store_table(raw, choices, needs_numbers=False)
    texts_of(digest)
    return digest


def texts_of(digest: str) -> LabelledTexts:
    """The texts of a stored table. Raises Problem if there is none, or as ``read_texts``."""
    if not digest:
        raise Problem(N_("Bring a CSV table first: a text and its class in each row."))
    return read_texts(uploads.load_table(digest, needs_numbers=False))


def read_texts(table: Table) -> LabelledTexts:
    """Texts and classes of a table.

    The class is the column that ``label_column`` names; the text, of the other columns of words,
    the one with the longest cells. Rows without a word are left out, repeats too. Raises Problem,
    saying what is wrong.
    """
    if len(names := [*table.columns, *table.texts]) < 2:
        raise Problem(
            N_(
                "The table has one column, {name}; two are expected: a text in each row, and its "
                "class, in a column called label."
            ),
            name=names[0],
        )
    table = with_classes(table)
    name = label_column(table)
    columns = {n: cells for n, cells in table.texts.items() if n != name}
    if not columns:
        raise Problem(
            N_(
                "Beside the class, {name}, the table has no column of words; a column with a text "
                "in each row is expected."
            ),
            name=name,
        )
    labels, classes = class_labels(table, name)
    cells = max(columns.values(), key=lambda column: sum(map(len, column)))
    kept = [i for i, cell in enumerate(cells) if any(map(str.isalnum, cell))]
    texts, of = without_repeats(
        [" ".join(cells[i].split())[:MAX_CHARS] for i in kept], [int(labels[i]) for i in kept]
    )
    if len(texts) < MIN_ROWS or len(set(of.tolist())) < len(classes):
        raise Problem(
            N_(
                "The table has {given} different texts; at least {least} are needed, and some of "
                "each class."
            ),
            given=len(texts),
            least=MIN_ROWS,
        )
    left_out = len(cells) - len(texts)
    note = Note(N_("{count} rows without a word or with a repeated text are left out."))
    notes = (Note(note.template, {"count": left_out}),) if left_out else ()
    return LabelledTexts(texts, of, classes, notes=notes)
