"""Sequences with a class each: genes, integers by a rule, and a visitor's table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.data import uploads
from core.data.sequences.known import NUCLEOTIDES, dna, locked, one_hot
from core.data.sequences.tokens import letters_one_hot, tokens_of
from core.data.tables import Table
from core.data.tables.classes import class_labels, label_column, with_classes
from core.messages import N_, Problem

MIN_ROWS, MAX_ROWS = 20, 5000
MIN_STEPS, MAX_STEPS = 2, 200
MAX_LETTERS = 40
_TEST_SHARE = 0.25
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
