"""A network that reads a sum character by character and writes the result, digit by digit."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data import arithmetic
from core.data.arithmetic import Questions, longest_factor
from core.events import Event
from core.experiments import fields, seq2seq_run
from core.experiments.calculator_script import keras_script
from core.experiments.config import Config as Base
from core.experiments.config import choice, flag, whole
from core.experiments.control import Control
from core.experiments.seq2seq_run import Task, Texts
from core.messages import N_
from core.numeric.codec import Codec
from core.numeric.seq2seq import Architecture, Seq2Seq

SYMBOLS = "0123456789+-*"
TEST = 3000  # held-out questions


@dataclass(frozen=True)
class Config(Base):
    """Questions, network and training."""

    digits: int = whole(
        3, 1, 5, N_("Digits"), N_("Of an operand, at most. Those of a product have one less.")
    )
    operations: str = choice(
        "+",
        {
            "+": N_("Additions"),
            "-": N_("Subtractions"),
            "*": N_("Products"),
            "+-": N_("+ and −"),
            "+-*": N_("All three"),
        },
        N_("Operations"),
        N_("What is asked. The results of subtractions may be negative."),
    )
    cell: str = fields.cell("lstm")
    attention: str = fields.attention()
    units: int = whole(
        128, 16, 256, N_("Units"), N_("Size of the decoder's hidden state."), step=16
    )
    encoder: str = choice(
        "both_ways",
        {"one_way": N_("One way"), "both_ways": N_("Both ways")},
        N_("The encoder reads"),
        N_("From start to end; or also from end to start, each way with half the units."),
    )
    reverse_question: bool = flag(
        True, N_("Question reversed"), N_("The last digits of the question are read first.")
    )
    units_first: bool = flag(
        True,
        N_("Units first"),
        N_("The answer is written from its last digit on, as one calculates on paper."),
    )
    masked: bool = flag(
        True, N_("Padding masked"), N_("The padding of short questions is passed over.")
    )
    teacher_forcing: bool = flag(
        True,
        N_("Teacher forcing"),
        N_("In training the decoder is given the right digit before, not the one it wrote."),
    )
    fresh: bool = flag(
        True, N_("Fresh examples"), N_("Every update has new questions; else a fixed set is used.")
    )
    examples: int = whole(
        45_000,
        500,
        100_000,
        N_("Fixed examples"),
        N_("How many questions the fixed set has, where examples are not fresh."),
        step=500,
    )
    embedding_dim: int = whole(
        32, 4, 64, N_("Embedding"), N_("Numbers that stand for a character."), step=4
    )
    batch_size: int = whole(128, 16, 512, N_("Batch"), N_("Questions of an update."), step=16)
    learning_rate: float = fields.falling_rate(0.015)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(20, 1, 100, N_("Epochs"), N_("How often to stop and be tested."))
    epoch_updates: int = whole(
        60, 10, 500, N_("Updates an epoch"), N_("Batches that the network learns from."), step=10
    )
    seed: int = fields.seed()

    @property
    def architecture(self) -> Architecture:
        """What kind of network it is."""
        return Architecture(
            self.cell, self.attention, self.encoder, self.masked, question_length(self.digits)
        )

    @property
    def codec(self) -> Codec:
        """How questions and answers become ids."""
        return Codec(SYMBOLS, self.reverse_question, self.units_first)


def question_length(digits: int) -> int:
    """Characters of the longest question."""
    return 2 * digits + 1


def answer_length(operations: str, digits: int) -> int:
    """Steps of the longest answer, its end among them."""
    longest = 0
    if operations != "*":
        longest = digits + 1  # a carry, or a minus sign
    if "*" in operations:
        longest = max(longest, 2 * longest_factor(digits))
    return longest + 1


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens; see ``core.experiments.seq2seq_run.train``.

    Scored on the same TEST held-out questions whatever the seed. by_length: "2+3" and so on, by the
    digits of both operands, "2" and "3", in this order, around the operation; by_carries: "0", "1",
    ..., additions and subtractions alone. Arrays of an epoch: first, second, int32 (test,) and
    operation, int8 (test,), a place in SYMBOLS.
    """
    test = arithmetic.test_set(TEST, config.operations, config.digits)
    ids = texts_of(config, test)
    task = Task(
        "calculator",
        config.codec,
        config.architecture,
        _training(config),
        ids,
        ids,
        groups_of(test),
        {"baseline_most_common": most_common(test)},
        {
            "first": test.first.astype(np.int32),
            "second": test.second.astype(np.int32),
            "operation": np.array([SYMBOLS.index(o) for o in test.operation], np.int8),
        },
    )
    steps = answer_length(config.operations, config.digits)
    yield from seq2seq_run.train(
        config, control or Control(), task, lambda: keras_script(config, SYMBOLS, TEST, steps)
    )


def questions_of(arrays) -> Questions:
    """The test questions that an epoch's arrays name."""
    symbols = np.array(list(SYMBOLS))
    return Questions(
        arrays["first"].astype(np.int64),
        symbols[arrays["operation"]],
        arrays["second"].astype(np.int64),
    )


def model_of(config: Config, weights) -> Seq2Seq:
    """A run's network for NumPy."""
    return Seq2Seq(config.codec, config.architecture, weights)


def texts_of(config: Config, questions: Questions) -> Texts:
    """Questions and answers as this config's network reads and writes them."""
    codec = config.codec
    return Texts(
        codec.questions(questions.texts(), question_length(config.digits)),
        codec.answers(questions.answers(), answer_length(config.operations, config.digits)),
    )


def groups_of(questions: Questions) -> dict[str, np.ndarray]:
    """Of each question the pair of its lengths, and how often it carries."""
    lengths = zip(questions.lengths().tolist(), questions.operation.tolist(), strict=True)
    pairs = np.array([f"{first}{operation}{second}" for (first, second), operation in lengths])
    carries = np.where(questions.operation == "*", "", questions.carries().astype(str))
    return {"by_length": pairs, "by_carries": carries}


def most_common(questions: Questions) -> float:
    """The exact match of whoever always gives the commonest answer."""
    return Counter(questions.answers()).most_common(1)[0][1] / len(questions)


def _training(config: Config):
    size, operations, longest = config.batch_size, config.operations, config.digits
    if config.fresh:

        def batches(update: int, count: int) -> Texts:
            drawn = [
                arithmetic.training_batch(config.seed, update + i, size, operations, longest)
                for i in range(count)
            ]
            return texts_of(config, arithmetic.joined(drawn))

        return batches
    fixed = texts_of(
        config, arithmetic.training_set(config.seed, config.examples, operations, longest)
    )

    def of_fixed(update: int, count: int) -> Texts:
        places = [
            arithmetic.places(config.seed, update + i, size, len(fixed)) for i in range(count)
        ]
        return fixed[np.concatenate(places)]

    return of_fixed
