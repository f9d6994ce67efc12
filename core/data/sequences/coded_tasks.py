"""Sequences of integers with a class each, for models that begin with an embedding.

What every machine has are scikit-learn's digits; DNA and text messages come from real data sets.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from core.data import fetch

TEST_SHARE = 0.25
SPAM_FILE = "sms_spam.tsv"
GREY_LEVELS = (3, 8, 13)  # of 0 to 16: where a pixel's four levels begin, but for the lowest
_PIXELS = 4  # that one code stands for
_LETTERS = "ACGTDNSR"  # the last four say that a base was read uncertainly
_WORD = re.compile(r"[a-z']+|[0-9]+|[^\sa-z0-9']")
_PAD, _UNKNOWN = 0, 1
_FEWEST_WORDS = 100


@dataclass(frozen=True)
class Size:
    """What a task asks of a model: steps of a sequence, integers at least, classes."""

    steps: int
    codes: int
    classes: int


SIZES = {
    "digits": Size(16, 256, 10),
    "splice": Size(60, len(_LETTERS), 3),
    "spam": Size(32, _FEWEST_WORDS, 2),
}


@dataclass(frozen=True)
class CodedTask:
    """A task's sequences, shared out.

    train, test: int32 (sequences, steps). train_labels, test_labels: int32 (sequences,).
    classes: what the labels are called. counted: whether a linear model should see how often each
    code comes, rather than which code is where.
    """

    train: np.ndarray
    train_labels: np.ndarray
    test: np.ndarray
    test_labels: np.ndarray
    classes: tuple[str, ...]
    counted: bool = False

    @property
    def majority(self) -> float:
        """Test accuracy of always saying the class that is most frequent in training."""
        most = np.bincount(self.train_labels).argmax()
        return float(np.mean(self.test_labels == most))


def coded_task(name: str, inputs: int, seed: int) -> CodedTask:
    """The task of that name, a quarter of it held out at random by ``seed``.

    inputs: integers that the model knows; the words of the messages are as many as it can tell
    apart. Raises Problem if the data set is not on this machine.
    """
    if name == "spam":
        return _spam(inputs, seed)
    return _digits(seed) if name == "digits" else _splice(seed)


def is_here(name: str) -> bool:
    """Whether a task's data are on this machine."""
    files = {"splice": "splice.arff", "spam": SPAM_FILE}
    return name == "digits" or fetch.available(files[name])


def split(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Indices of the training and of the test sequences, shuffled."""
    order = np.random.default_rng(seed).permutation(count)
    held_out = round(TEST_SHARE * count)
    return order[held_out:], order[:held_out]


def sample_digit() -> np.ndarray | None:
    """The first of the digits, a nought, int (8, 8) of 0 to 16; None if it is not where it was.

    Read beside scikit-learn, not through it: the server need not import it for one image.
    """
    module = find_spec("sklearn")
    folder = Path(module.origin).parent if module and module.origin else Path()
    file = folder / "datasets" / "data" / "digits.csv.gz"
    if not file.is_file():
        return None
    return np.loadtxt(file, delimiter=",", max_rows=1)[:-1].reshape(8, 8).astype(int)


def pixel_codes(images: np.ndarray) -> np.ndarray:
    """Images (n, 8, 8) of 0 to 16 as (n, 16) integers below 256, row by row.

    Each stands for four pixels side by side in four grey levels: it is a number of four digits in
    base four.
    """
    levels = np.digitize(images, GREY_LEVELS).reshape(len(images), -1, _PIXELS)
    return (levels * 4 ** np.arange(_PIXELS)[::-1]).sum(2).astype(np.int32)


def _digits(seed: int) -> CodedTask:
    from sklearn.datasets import load_digits  # a second of import, for the job alone

    digits: Any = load_digits()
    return _shared_out(pixel_codes(digits.images), digits.target, tuple("0123456789"), seed)


def _splice(seed: int) -> CodedTask:
    from core.data.sequences.known import dna

    genes = dna("splice")
    codes = np.array([[_LETTERS.index(base) for base in gene] for gene in genes.sequences])
    return _shared_out(codes, genes.labels, genes.classes, seed)


def _spam(inputs: int, seed: int) -> CodedTask:
    lines = fetch.path(SPAM_FILE).read_text(encoding="utf-8").splitlines()
    lines = list(dict.fromkeys(line for line in lines if "\t" in line))  # 403 come twice or more
    labels, messages = zip(*(line.split("\t", 1) for line in lines), strict=True)
    words = [_WORD.findall(message.lower()) for message in messages]
    training, _ = split(len(words), seed)
    counts = Counter(word for i in training for word in words[i])
    known = {word: i for i, (word, _) in enumerate(counts.most_common(inputs - 2), start=2)}
    steps = SIZES["spam"].steps
    codes = np.array(
        [_padded([known.get(w, _UNKNOWN) for w in message], steps) for message in words]
    )
    classes = ("ham", "spam")
    numbers = np.array([classes.index(label) for label in labels])
    return _shared_out(codes, numbers, classes, seed, counted=True)


def _padded(codes: Sequence[int], steps: int) -> list[int]:
    """The first ``steps`` codes, at the end of the sequence: the last state has just read them."""
    kept = list(codes[:steps])
    return [_PAD] * (steps - len(kept)) + kept


def _shared_out(
    codes: np.ndarray,
    labels: np.ndarray,
    classes: tuple[str, ...],
    seed: int,
    counted: bool = False,
) -> CodedTask:
    codes, labels = np.asarray(codes, np.int32), np.asarray(labels, np.int32)
    train, test = split(len(codes), seed)
    return CodedTask(codes[train], labels[train], codes[test], labels[test], classes, counted)
