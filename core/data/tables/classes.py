"""The classes of a visitor's table: which column they are, and which class each row has."""

from collections import Counter
from dataclasses import replace

import numpy as np

from core.data.tables.labels import is_label_name, label_question
from core.data.tables.numbers import is_missing
from core.data.tables.table import Question, Table
from core.messages import N_, Note, Problem

MAX_CLASSES = 10
_LEAST_OF_CLASS = 4  # the test set takes a quarter


def label_column(table: Table) -> str:
    """The column of the classes: the chosen one, else by its name, else of few different values."""
    if table.label:
        return table.label
    names = [*table.columns, *table.texts]
    named = [name for name in names if is_label_name(name)]
    if named:
        return next((name for name in named if has_classes(table, name)), named[0])
    guess = _unnamed_label(table, names)
    if has_classes(table, guess):
        return guess
    return next((name for name in reversed(names) if has_classes(table, name)), guess)


def label_questions(table: Table) -> tuple[Question, ...]:
    """Which column is the class, where another than ``label_column`` could be it as well."""
    taken = label_column(table)
    names = [*table.columns, *table.texts]
    return label_question([n for n in names if n == taken or has_classes(table, n)], taken)


def _unnamed_label(table: Table, names: list[str]) -> str:
    if not table.texts:
        few = [n for n in (names[-1], names[0]) if _is_class(table.columns[n])]
        return few[0] if few else names[-1]
    few_words = {name: len(set(cells)) for name, cells in table.texts.items()}
    name = min(few_words, key=lambda n: few_words[n])
    if few_words[name] > MAX_CLASSES and table.columns:
        return list(table.columns)[-1]
    return name


def _is_class(values: np.ndarray) -> bool:
    return len(np.unique(values)) <= MAX_CLASSES and bool((values == np.round(values)).all())


def has_classes(table: Table, name: str) -> bool:
    """Whether a column has few different values, whole numbers or words, and some of each."""
    if name in table.columns and not _is_class(table.columns[name]):
        return False
    cells = _class_cells(table, name)
    counts = Counter(cell for cell in cells if not _is_unlabelled(cell, cells))
    return 2 <= len(counts) <= MAX_CLASSES and min(counts.values()) >= _LEAST_OF_CLASS


def _class_cells(table: Table, name: str) -> list[str]:
    """The class of each row; Yes and yes are one."""
    if name in table.texts:
        words = [" ".join(cell.split()) for cell in table.texts[name]]
        spelled: dict[str, str] = {}
        for word in words:
            spelled.setdefault(word.casefold(), word)
        return [spelled[word.casefold()] for word in words]
    return [f"{value:g}" for value in table.columns[name]]


def class_labels(table: Table, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """The classes of a column: int64 (rows,), index into their names. Raises Problem if none."""
    cells = _class_cells(table, name)
    classes = tuple(dict.fromkeys(cells))
    if not 2 <= len(classes) <= MAX_CLASSES:
        raise Problem(
            N_(
                "The column {name} would be the class, and has {given} different values; 2 to "
                "{most} are taken. Call the column of the class label."
            ),
            name=name,
            given=len(classes),
            most=MAX_CLASSES,
        )
    rare = min(classes, key=cells.count)
    if cells.count(rare) < _LEAST_OF_CLASS:
        raise Problem(
            N_("The class {name} has {given} rows; at least 4 of each class are expected."),
            name=rare,
            given=cells.count(rare),
        )
    index = {label: i for i, label in enumerate(classes)}
    return np.array([index[label] for label in cells]), classes


def with_classes(table: Table) -> Table:
    """Without the rows that have no class, which is said."""
    name = label_column(table)
    cells = table.texts.get(name, [])
    there = np.array([not _is_unlabelled(cell, cells) for cell in cells], bool)
    if there.all() or not there.any():
        return table
    note = Note(N_("rows without a class left out: {count}"), {"count": int((~there).sum())})
    return replace(
        table,
        columns={n: values[there] for n, values in table.columns.items()},
        texts={
            n: [cell for cell, kept in zip(cells, there, strict=True) if kept]
            for n, cells in table.texts.items()
        },
        missing={n: lacking[there] for n, lacking in table.missing.items()},
        rows=int(there.sum()),
        removed=(*table.removed, note),
        time=None,
    )


def _is_unlabelled(cell: str, cells: list[str]) -> bool:
    """Whether a cell says no class; a sign that stands there often, as - beside +, is one."""
    return not cell or (is_missing(cell) and cells.count(cell) < _LEAST_OF_CLASS)
