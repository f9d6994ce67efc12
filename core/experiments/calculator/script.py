"""The Keras script that a visitor takes away from the calculator."""

from typing import Any

from core.data.language import arithmetic
from core.experiments.kit.seq2seq_script import script, source

_DATA = '''\
{arithmetic}


OPERATIONS_ASKED, DIGITS = {operations!r}, {digits}
CODEC = Codec({symbols!r}, reverse_questions={reverse_question}, reverse_answers={units_first})


def texts(questions):
    """Questions and answers as ids."""
    return (
        CODEC.questions(questions.texts(), QUESTION),
        CODEC.answers(questions.answers(), ANSWER),
    )


def test_texts():
    return texts(test_set({test}, OPERATIONS_ASKED, DIGITS))


{training}'''

_FRESH = """\
def training_texts(update):
    return texts(training_batch(SEED, update, BATCH, OPERATIONS_ASKED, DIGITS))"""

_FIXED = """\
FIXED = texts(training_set(SEED, {examples}, OPERATIONS_ASKED, DIGITS))


def training_texts(update):
    some = places(SEED, update, BATCH, len(FIXED[0]))
    return tuple(part[some] for part in FIXED)"""


def keras_script(config: Any, symbols: str, test: int, answer_length: int) -> str:
    """A Python script of Keras alone that makes the same updates as the run of ``config``."""
    training = _FRESH if config.fresh else _FIXED.format(examples=config.examples)
    data = _DATA.format(
        arithmetic=source(arithmetic),
        operations=config.operations,
        digits=config.digits,
        symbols=symbols,
        reverse_question=config.reverse_question,
        units_first=config.units_first,
        test=test,
        training=training,
    )
    return script(
        config,
        about="A calculator that reads its question character by character and writes the answer.",
        data=data,
        answer_length=answer_length,
    )
