"""The run of the experiment calculator."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from core.data.language import arithmetic
from core.data.language.arithmetic import Questions, longest_factor
from core.events import Event
from core.experiments.calculator.config import SYMBOLS, CalculatorConfig, question_length
from core.experiments.kit.control import Control
from core.experiments.kit.run import train
from core.experiments.kit.seq2seq_run import Seq2SeqTask, Seq2SeqTraining, Texts

TEST = 3000  # held-out questions


def answer_length(operations: str, digits: int) -> int:
    """Steps of the longest answer, its end among them."""
    of_sum = digits + 1 if operations != "*" else 0  # a carry, or a minus sign
    of_product = 2 * longest_factor(digits) if "*" in operations else 0
    return max(of_sum, of_product) + 1


def run(config: CalculatorConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens; see ``core.experiments.kit.seq2seq_run.Seq2SeqTraining``.

    Scored on the same TEST held-out questions whatever the seed. by_length: "2+3" and so on, by the
    digits of both operands, "2" and "3", in this order, around the operation; by_carries: "0", "1",
    ..., additions and subtractions alone. Arrays of an epoch: first, second, int32 (test,) and
    operation, int8 (test,), a place in SYMBOLS.
    """
    yield from train(_Calculator(config, control))


class _Calculator(Seq2SeqTraining):
    name = "calculator"

    def __init__(self, config: CalculatorConfig, control: Control | None):
        test = arithmetic.test_set(TEST, config.operations, config.digits)
        ids = texts_of(config, test)
        task = Seq2SeqTask(
            _training(config),
            ids,
            ids,
            groups_of(test),
            {"baseline_most_common": most_common(test)},
            arrays_of(test, np.int32),
        )
        super().__init__(config, control, task)


def arrays_of(questions: Questions, number_type: type[np.signedinteger]) -> dict[str, np.ndarray]:
    """Questions as a file keeps them: first, second, and operation as its place in SYMBOLS."""
    return {
        "first": questions.first.astype(number_type),
        "second": questions.second.astype(number_type),
        "operation": np.array([SYMBOLS.index(o) for o in questions.operation], np.int8),
    }


def questions_of(arrays: Mapping[str, np.ndarray]) -> Questions:
    """The test questions that an epoch's arrays name."""
    operation = np.array(list(SYMBOLS))[arrays["operation"]]
    return Questions(arrays["first"].astype(int), operation, arrays["second"].astype(int))


def texts_of(config: CalculatorConfig, questions: Questions) -> Texts:
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


def _training(config: CalculatorConfig) -> Callable[[int], Texts]:
    """The texts of an update, by its number."""
    seed, size, kind = config.seed, config.batch_size, (config.operations, config.digits)
    if config.fresh:
        return lambda update: texts_of(config, arithmetic.training_batch(seed, update, size, *kind))
    fixed = texts_of(config, arithmetic.training_set(seed, config.examples, *kind))
    return lambda update: fixed[arithmetic.places(seed, update, size, len(fixed))]
