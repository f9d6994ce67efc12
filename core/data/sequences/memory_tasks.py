"""Two tasks that ask for nothing but memory; every example is made when it is needed.

The adding problem: two of a hundred numbers are marked, and their sum is asked for at the end.
Copy memory: some symbols are shown, then nothing for a long time, then they are asked for.
"""

from dataclasses import dataclass

import numpy as np

SYMBOLS = 8  # of copy memory
_BLANK, _GO = SYMBOLS, SYMBOLS + 1
TRIVIAL_RMSE = float(np.sqrt(1 / 6))  # of always answering 1, the mean of two uniform numbers' sum
TRIVIAL_ACCURACY = 1 / SYMBOLS
_TEST_STREAM, _TRAINING_STREAM, _VALIDATION_STREAM = 0, 1, 2


@dataclass(frozen=True)
class Adding:
    """The adding problem: numbers from 0 to 1, one marked in each half; the answer is their sum.

    length: steps of a sequence, at least 2.
    Source: Hochreiter & Schmidhuber (1997), section 5.4; with numbers from 0 to 1 and the marks
    in the two halves, as in Le, Jaitly & Hinton (2015), arXiv:1504.00941, and Arjovsky, Shah &
    Bengio (2016), arXiv:1511.06464.
    """

    length: int

    features = 2
    outputs = 1

    @property
    def time(self) -> int:
        """Steps of an input sequence."""
        return self.length

    def examples(self, rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Inputs, float32 (count, time, 2): number and mark; targets, float32 (count, 1)."""
        half = self.length // 2
        inputs = np.zeros((count, self.length, 2), np.float32)
        inputs[..., 0] = rng.random((count, self.length), np.float32)
        rows = np.arange(count)
        inputs[rows, rng.integers(0, half, count), 1] = 1
        inputs[rows, rng.integers(half, self.length, count), 1] = 1
        return inputs, adding_answers(inputs)


@dataclass(frozen=True)
class Copy:
    """Copy memory: ``recall`` symbols of eight, ``length`` - 1 blanks, a sign, then the answer.

    The input is one-hot: eight symbols, blank, sign. The targets are the symbols at the last
    ``recall`` steps; the blanks before them, which Arjovsky et al. score too, are not scored here.
    Source: Arjovsky, Shah & Bengio (2016), arXiv:1511.06464, section 5.1.
    """

    length: int
    recall: int

    features = SYMBOLS + 2
    outputs = SYMBOLS

    @property
    def time(self) -> int:
        """Steps of an input sequence."""
        return self.length + 2 * self.recall

    def examples(self, rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Inputs, float32 one-hot (count, time, 10); targets, int32 (count, recall)."""
        symbols = rng.integers(0, SYMBOLS, (count, self.recall)).astype(np.int32)
        return self.inputs_of(symbols), symbols

    def inputs_of(self, symbols: np.ndarray) -> np.ndarray:
        """The sequence that shows ``symbols``, int (count, recall), as float32 one-hot."""
        ids = np.full((len(symbols), self.time), _BLANK)
        ids[:, : self.recall] = symbols
        ids[:, self.recall + self.length - 1] = _GO
        return np.eye(self.features, dtype=np.float32)[ids]


Task = Adding | Copy


def task(name: str, length: int, recall: int) -> Task:
    """The task "adding" or "copy"."""
    return Adding(length) if name == "adding" else Copy(length, recall)


def adding_answers(inputs: np.ndarray) -> np.ndarray:
    """The sum of the marked numbers. inputs: (count, time, 2); returns float32 (count, 1)."""
    return (inputs[..., 0] * inputs[..., 1]).sum(1, keepdims=True).astype(np.float32)


def training_batch(of: Task, seed: int, update: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The fresh examples of one update, the same whoever asks for them."""
    return of.examples(np.random.default_rng([_TRAINING_STREAM, seed, update]), count)


def held_out(of: Task, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The fixed examples that are never trained on, the same for every seed of a run."""
    return of.examples(np.random.default_rng([_TEST_STREAM]), count)


def validation(of: Task, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Fixed examples, others than those of ``held_out``, to decide by when a network may rest."""
    return of.examples(np.random.default_rng([_VALIDATION_STREAM]), count)
