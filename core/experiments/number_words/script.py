"""The Keras script that a visitor takes away from numbers in words."""

from collections.abc import Callable
from typing import Any

from core.data.language import french_numerals
from core.experiments.kit.seq2seq_script import script, source

_DATA = '''\
{french}


ALWAYS, MOST_OTHERS, TEST, _SMALL = {always}, {most_others}, {test}, {small}
DIRECTION, SPELLING = {direction!r}, {spelling!r}
CODEC = Codec({symbols!r})


{functions}


def texts(chosen):
    """Questions and answers of numbers, as ids."""
    questions, answers = pairs(chosen, DIRECTION, SPELLING)
    return CODEC.questions(questions, QUESTION), CODEC.answers(answers, ANSWER)


LEARNED = texts(numbers({others}))


def test_texts():
    return texts(unseen())


def training_texts(update):
    some = update_places(SEED, update, BATCH, len(LEARNED[0]))
    return tuple(part[some] for part in LEARNED)'''


def keras_script(
    config: Any,
    answer_length: int,
    constants: dict[str, Any],
    functions: tuple[Callable[..., Any], ...],
) -> str:
    """A Python script of Keras alone that makes the same updates as the run of ``config``.

    constants: symbols, always, most_others, test and small. functions: what chooses numbers and
    writes them, to be taken over as they are.
    """
    data = _DATA.format(
        french=source(french_numerals),
        functions=source(*functions),
        direction=config.direction,
        spelling=config.spelling,
        others=config.others,
        **constants,
    )
    return script(
        config,
        about="Numbers from 0 to 999,999 and their French words, letter by letter.",
        data=data,
        answer_length=answer_length,
    )
