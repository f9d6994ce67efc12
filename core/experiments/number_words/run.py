"""The run of the experiment number-words."""

from collections.abc import Iterator

import numpy as np

from core.data.language.french_numerals import LARGEST, SPELLINGS, in_words
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.run import train
from core.experiments.kit.seq2seq_run import Seq2SeqTask, Seq2SeqTraining, Texts
from core.experiments.number_words.config import MOST_OTHERS, NumberWordsConfig, lengths

ALWAYS = 1000  # 0 to 999 are always learned from
TEST = 10_000  # numbers that nobody learns from
_EPOCH_TEST = 1000  # of them, after every epoch but the last
_SMALL = 0.15  # share of an update's numbers that are below ALWAYS
_LETTERS_A_GROUP = 10


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


def run(config: NumberWordsConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens; see ``core.experiments.kit.seq2seq_run.Seq2SeqTraining``.

    Scored on 1,000 numbers that nobody learns from, at the end on TEST. by_length: "21-30" and so
    on, by the letters of the number in words. Arrays of an epoch: numbers, int32 (test,).
    """
    yield from train(_NumberWords(config, control))


class _NumberWords(Seq2SeqTraining):
    name = "number-words"

    def __init__(self, config: NumberWordsConfig, control: Control | None):
        training, tested = numbers(config.others), unseen()
        test = texts_of(config, tested)
        size, of = config.batch_size, len(training)
        task = Seq2SeqTask(
            lambda update: texts_of(config, training[update_places(config.seed, update, size, of)]),
            test[:_EPOCH_TEST],
            test,
            {"by_length": letters_of(tested, config.spelling)},
            arrays={"numbers": tested[:_EPOCH_TEST].astype(np.int32)},
        )
        super().__init__(config, control, task)


def texts_of(config: NumberWordsConfig, chosen: np.ndarray) -> Texts:
    """Questions and answers as this config's network reads and writes them."""
    question_length, answer_length = lengths(config.direction)
    questions, answers = pairs(chosen, config.direction, config.spelling)
    codec = config.codec
    return Texts(codec.questions(questions, question_length), codec.answers(answers, answer_length))


def letters_of(chosen: np.ndarray, spelling: str) -> np.ndarray:
    """The group of each number by the letters of its words: "1-10", "11-20" and so on."""
    counts = np.array([len(words_of(number, spelling)) for number in chosen.tolist()])
    first = (counts - 1) // _LETTERS_A_GROUP * _LETTERS_A_GROUP + 1
    return np.array([f"{low}-{low + _LETTERS_A_GROUP - 1}" for low in first.tolist()])
