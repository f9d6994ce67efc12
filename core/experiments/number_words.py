"""A network that writes numbers in French words, or reads them, letter by letter."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.french_numerals import LARGEST, SPELLINGS, in_words
from core.events import Event
from core.experiments import fields, seq2seq_run
from core.experiments.config import Config as Base
from core.experiments.config import ConfigError, choice, flag, whole
from core.experiments.control import Control
from core.experiments.number_words_script import keras_script
from core.experiments.seq2seq_run import Task, Texts
from core.messages import N_
from core.numeric.codec import Codec
from core.numeric.seq2seq import Architecture, Seq2Seq

SYMBOLS = "0123456789 -acdefghilmnopqrstuvxzé"
ALWAYS = 1000  # 0 to 999 are always learned from
MOST_OTHERS = 20_000
TEST = 10_000  # numbers that nobody learns from
_EPOCH_TEST = 1000  # of them, after every epoch but the last
_DIGITS, _LETTERS = 6, 73  # of the longest number, as digits and as words
_SMALL = 0.15  # share of an update's numbers that are below ALWAYS
_LETTERS_A_GROUP = 10


@dataclass(frozen=True)
class Config(Base):
    """Direction, network and training."""

    direction: str = choice(
        "to_words",
        {"to_words": N_("Digits to words"), "to_digits": N_("Words to digits")},
        N_("Direction"),
        N_("What is read, and what is written."),
    )
    spelling: str = choice(
        "traditional",
        {"traditional": N_("Traditional"), "1990": N_("1990"), "both": N_("Both")},
        N_("Spelling"),
        N_(
            "Hyphens below a hundred only, or, since 1990, between all words. Both can be read, "
            "not written."
        ),
    )
    attention: str = fields.attention()
    encoder: str = choice(
        "both_ways",
        {
            "one_way": N_("One way"),
            "both_ways": N_("Both ways"),
            "self_attention": N_("Self-attention"),
        },
        N_("The encoder reads"),
        N_(
            "With a recurrent layer one way or both ways; or with no recurrence at all, each place "
            "looking at every other."
        ),
    )
    cell: str = fields.cell("lstm")
    units: int = whole(
        128, 16, 256, N_("Units"), N_("Size of the decoder's hidden state."), step=16
    )
    others: int = whole(
        MOST_OTHERS,
        0,
        MOST_OTHERS,
        N_("Numbers above 999"),
        N_("How many of them it learns from; 0 to 999 always are."),
        step=500,
    )
    masked: bool = flag(
        True, N_("Padding masked"), N_("The padding of short questions is passed over.")
    )
    teacher_forcing: bool = flag(
        True,
        N_("Teacher forcing"),
        N_("In training the decoder is given the right letter before, not the one it wrote."),
    )
    embedding_dim: int = whole(
        32, 4, 64, N_("Embedding"), N_("Numbers that stand for a character."), step=4
    )
    batch_size: int = whole(128, 16, 256, N_("Batch"), N_("Numbers of an update."), step=16)
    learning_rate: float = fields.falling_rate(0.006)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(12, 1, 100, N_("Epochs"), N_("How often to stop and be tested."))
    epoch_updates: int = whole(
        50, 5, 500, N_("Updates an epoch"), N_("Batches that the network learns from."), step=5
    )
    seed: int = fields.seed()

    def __post_init__(self):
        """Check the fields, and that the words to be written are spelled in one way."""
        super().__post_init__()
        if self.direction == "to_words" and self.spelling == "both":
            raise ConfigError(
                N_("{field} can be both only where words are read; choose traditional or 1990."),
                field="spelling",
            )

    @property
    def architecture(self) -> Architecture:
        """What kind of network it is."""
        return Architecture(
            self.cell, self.attention, self.encoder, self.masked, lengths(self.direction)[0]
        )

    @property
    def codec(self) -> Codec:
        """How questions and answers become ids."""
        return Codec(SYMBOLS)


def lengths(direction: str) -> tuple[int, int]:
    """Characters of the longest question; steps of the longest answer, its end among them."""
    asked, told = (_DIGITS, _LETTERS) if direction == "to_words" else (_LETTERS, _DIGITS)
    return asked, told + 1


def numbers(others: int) -> np.ndarray:
    """The numbers to learn from, int (ALWAYS + others,): the same whatever the seed."""
    return np.concatenate([np.arange(ALWAYS), _above()[:others]])


def unseen() -> np.ndarray:
    """TEST numbers that no config learns from."""
    return _above()[MOST_OTHERS : MOST_OTHERS + TEST]


def _above() -> np.ndarray:
    above = np.arange(ALWAYS, LARGEST + 1)
    return np.random.default_rng(0).permutation(above)[: MOST_OTHERS + TEST]


def pairs(chosen: np.ndarray, direction: str, spelling: str) -> tuple[list[str], list[str]]:
    """Questions and answers of numbers."""
    digits = [str(number) for number in chosen.tolist()]
    words = [words_of(number, spelling) for number in chosen.tolist()]
    return (digits, words) if direction == "to_words" else (words, digits)


def words_of(number: int, spelling: str) -> str:
    """A number's words; with "both" spellings each number has one of them, as by a coin."""
    if spelling == "both":
        spelling = SPELLINGS[number * 2_654_435_761 >> 16 & 1]
    return in_words(number, spelling)


def update_places(seed: int, update: int, count: int, of: int) -> np.ndarray:
    """Which of ``of`` numbers an update learns from, int (count,).

    The first ALWAYS are few among the others, and yet every hundred is written with them: they
    come more often than the others.
    """
    rng = np.random.default_rng([seed, update])
    small = rng.random(count) < (_SMALL if of > ALWAYS else 1)
    return np.where(
        small, rng.integers(0, ALWAYS, count), rng.integers(min(ALWAYS, of - 1), of, count)
    )


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens; see ``core.experiments.seq2seq_run.train``.

    Scored on 1,000 numbers that nobody learns from, at the end on TEST. by_length: "21-30" and so
    on, by the letters of the number in words. Arrays of an epoch: numbers, int32 (test,).
    """
    training = texts_of(config, numbers(config.others))
    tested = unseen()
    test = texts_of(config, tested)

    def batches(update: int, count: int) -> Texts:
        some = [
            update_places(config.seed, update + i, config.batch_size, len(training))
            for i in range(count)
        ]
        return training[np.concatenate(some)]

    task = Task(
        "number-words",
        config.codec,
        config.architecture,
        batches,
        test[:_EPOCH_TEST],
        test,
        {"by_length": letters_of(tested, config.spelling)},
        arrays={"numbers": tested[:_EPOCH_TEST].astype(np.int32)},
    )
    yield from seq2seq_run.train(config, control or Control(), task, lambda: _script(config))


def _script(config: Config) -> str:
    constants = {
        "symbols": SYMBOLS,
        "always": ALWAYS,
        "most_others": MOST_OTHERS,
        "test": TEST,
        "small": _SMALL,
    }
    functions = (numbers, unseen, _above, pairs, words_of, update_places)
    return keras_script(config, lengths(config.direction)[1], constants, functions)


def model_of(config: Config, weights) -> Seq2Seq:
    """A run's network for NumPy."""
    return Seq2Seq(config.codec, config.architecture, weights)


def texts_of(config: Config, chosen: np.ndarray) -> Texts:
    """Questions and answers as this config's network reads and writes them."""
    asked, told = lengths(config.direction)
    questions, answers = pairs(chosen, config.direction, config.spelling)
    return Texts(config.codec.questions(questions, asked), config.codec.answers(answers, told))


def letters_of(chosen: np.ndarray, spelling: str) -> np.ndarray:
    """The group of each number by the letters of its words: "1-10", "11-20" and so on."""
    counts = np.array([len(words_of(number, spelling)) for number in chosen.tolist()])
    first = (counts - 1) // _LETTERS_A_GROUP * _LETTERS_A_GROUP + 1
    return np.array([f"{low}-{low + _LETTERS_A_GROUP - 1}" for low in first.tolist()])
