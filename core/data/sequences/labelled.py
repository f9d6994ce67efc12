"""Sequences with a class each: genes, integers by a rule, and a visitor's table."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from core.data import uploads
from core.data.sequences.known import NUCLEOTIDES, dna, locked, one_hot
from core.data.sequences.tokens import letters_one_hot, tokens_of
from core.data.tables import Question, Table
from core.data.tables.labels import is_label_name, label_question
from core.data.tables.numbers import is_missing
from core.messages import N_, Note, Problem

MIN_ROWS, MAX_ROWS = 20, 5000
MIN_STEPS, MAX_STEPS = 2, 200
MAX_CLASSES, MAX_LETTERS = 10, 40
_TEST_SHARE = 0.25
_LEAST_OF_CLASS = 4  # the test set takes a quarter
_INTEGERS, _SHORTEST, _LONGEST = 3006, 4, 12


@dataclass(frozen=True)
class Labelled:
    """Sequences, ready to be read by a network, and the class of each.

    inputs: float32 (n, steps, features); shorter sequences have zeros before their start.
    tokens: what stands at each step, as people read it; shorter sequences are shorter here, too.
    labels: int64 (n,), index into ``classes``. letters: what the features stand for, a letter each;
    empty where the steps are measured numbers. made: whether the project made them up.
    """

    inputs: np.ndarray
    tokens: list[tuple[str, ...]]
    labels: np.ndarray
    classes: tuple[str, ...]
    letters: tuple[str, ...]
    made: bool = False

    @property
    def steps(self) -> int:
        """Steps of the longest sequence."""
        return self.inputs.shape[1]

    def split(self, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Indices to learn from and to test on: a quarter of each class, drawn by ``seed``."""
        rng = np.random.default_rng([11, seed])
        test = []
        for label in range(len(self.classes)):
            members = rng.permutation(np.flatnonzero(self.labels == label))
            test.append(members[: max(1, round(_TEST_SHARE * len(members)))])
        held_out = np.sort(np.concatenate(test))
        return np.setdiff1d(np.arange(len(self.labels)), held_out), held_out

    def scaled(self, training: np.ndarray) -> np.ndarray:
        """The inputs; measured numbers with mean 0 and variance 1 over those to learn from."""
        if self.letters:
            return self.inputs
        known = self.inputs[training]
        spread = float(known.std()) or 1.0
        return ((self.inputs - known.mean()) / spread).astype(np.float32)


def labelled(name: str, upload: str = "", seed: int = 0) -> Labelled:
    """A set by its name: "promoters", "splice", "integers" or "upload".

    upload: the hash of a stored table. seed: of the integers that are made.
    Raises Problem if the data are not here or cannot be taken for classes.
    """
    if name == "integers":
        return integers(seed)
    if name == "upload":
        return _from_table(upload)
    return _genes(name)


@lru_cache(maxsize=2)
def _genes(name: str) -> Labelled:
    genes = dna(name)
    return Labelled(
        locked(one_hot(genes.sequences), np.float32),
        [tuple(sequence) for sequence in genes.sequences],
        genes.labels,
        genes.classes,
        tuple(NUCLEOTIDES),
    )


@lru_cache(maxsize=2)
def integers(seed: int) -> Labelled:
    """3,006 sequences of 4 to 12 digits, half of them "good", of every length alike.

    The rule: good if somewhere a number is followed at once by the next higher one, as 3 by 4.
    """
    rng = np.random.default_rng([12, seed])
    lengths = _LONGEST - _SHORTEST + 1
    tokens, labels = [], []
    for i in rng.permutation(_INTEGERS):
        length, label = _SHORTEST + i % lengths, i // lengths % 2
        digits = rng.integers(0, 10, length)
        while is_good(digits) == bool(label):
            digits = rng.integers(0, 10, length)
        tokens.append(tuple(str(digit) for digit in digits))
        labels.append(label)
    letters = tuple("0123456789")
    return Labelled(
        locked(letters_one_hot(tokens, letters), np.float32),
        tokens,
        np.array(labels),
        (N_("good"), N_("bad")),
        letters,
        made=True,
    )


def is_good(digits: np.ndarray) -> bool:
    """Whether a number is followed at once by the next higher one."""
    return bool(np.any(np.diff(digits) == 1))


def _from_table(digest: str) -> Labelled:
    if not digest:
        raise Problem(N_("Bring a CSV table first: a sequence and its class in each row."))
    return read_labelled(uploads.load_table(digest, needs_numbers=False))


def store_labelled(raw: bytes, choices: Mapping[str, str] | None = None) -> str:
    """Store a file of sequences and return its hash, by which ``labelled`` finds it.

    Raises Problem as ``read_labelled`` and ``uploads.store_table`` do.
    """
    digest = uploads.store_table(raw, choices, needs_numbers=False)
    read_labelled(uploads.load_table(digest, needs_numbers=False))
    return digest


def read_labelled(table: Table) -> Labelled:
    """Sequences and classes of a ``core.data.tables.Table``.

    The class is the column that ``label_column`` names. The sequence is the column of words with
    the longest cells (its letters, or its words if there are spaces), else all columns of numbers
    from left to right; where cells are empty at the end of a row, its sequence is shorter. Raises
    Problem, saying what is wrong.
    """
    table = with_classes(table)
    _check_rows(table.rows)
    name = label_column(table)
    labels, classes = class_labels(table, name)
    words = {n: cells for n, cells in table.texts.items() if n != name}
    columns = {n: values for n, values in table.columns.items() if n != name}
    if words and len(columns) < MIN_STEPS:
        cells = max(words.values(), key=lambda column: sum(map(len, column)))
        return _of_words(cells, labels, classes)
    if len(columns) < MIN_STEPS:
        raise Problem(
            N_(
                "Beside the class, {name}, the table has {given} columns of numbers; at least "
                "{least} are expected, one for each step, or a column of letters."
            ),
            name=name,
            given=len(columns),
            least=MIN_STEPS,
        )
    values = np.stack(list(columns.values()), 1).astype(np.float32)
    none = np.zeros(table.rows, bool)
    known = ~np.stack([table.missing.get(n, none) for n in columns], 1)
    return _of_numbers(values, known, labels, classes)


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


def _of_numbers(
    values: np.ndarray, known: np.ndarray, labels: np.ndarray, classes: tuple[str, ...]
) -> Labelled:
    """Of rows of numbers; unknown ones at the end make a sequence shorter, others are between."""
    _check_steps(values.shape[1])
    lengths = np.where(known.any(1), known.shape[1] - known[:, ::-1].argmax(1), 0)
    inputs, tokens = np.zeros_like(values), []
    for row, (given, there, length) in enumerate(zip(values, known, lengths, strict=True)):
        if not length:
            raise Problem(N_("Row {row} of values has an empty sequence."), row=row + 1)
        at = np.arange(length)
        filled = np.interp(at, at[there[:length]], given[:length][there[:length]])
        inputs[row, -length:] = filled
        tokens.append(tuple(f"{x:g}" for x in filled))
    return Labelled(locked(inputs[..., None], np.float32), tokens, labels, classes, ())


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


def _of_words(cells: list[str], labels: np.ndarray, classes: tuple[str, ...]) -> Labelled:
    tokens = tokens_of(cells)
    if not all(tokens):
        row = next(i for i, sequence in enumerate(tokens, 1) if not sequence)
        raise Problem(N_("Row {row} of values has an empty sequence."), row=row)
    _check_steps(max(map(len, tokens)))
    letters = tuple(sorted({token for sequence in tokens for token in sequence}))
    if len(letters) > MAX_LETTERS:
        raise Problem(
            N_(
                "The sequences have {given} different signs; at most {most} are taken here. Free "
                "text is for the lesson on language."
            ),
            given=len(letters),
            most=MAX_LETTERS,
        )
    return Labelled(
        locked(letters_one_hot(tokens, letters), np.float32), tokens, labels, classes, letters
    )


def _check_rows(rows: int):
    if not MIN_ROWS <= rows <= MAX_ROWS:
        raise Problem(
            N_("The table has {given} sequences; {least} to {most} are taken."),
            given=rows,
            least=MIN_ROWS,
            most=MAX_ROWS,
        )


def _check_steps(steps: int):
    if not MIN_STEPS <= steps <= MAX_STEPS:
        raise Problem(
            N_("The longest sequence has {given} steps; {least} to {most} are taken."),
            given=steps,
            least=MIN_STEPS,
            most=MAX_STEPS,
        )
