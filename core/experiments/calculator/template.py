"""A calculator that reads its question character by character and writes the answer.

Plain Keras: it makes the same updates as the run on the page. It needs no data: every question is
made when it is needed.
"""

DIGITS, OPERATIONS, SYMBOLS = 3, "+", "0123456789+-*"
UNITS, EMBEDDING_DIM, BATCH_SIZE, LEARNING_RATE, SEED = 128, 16, 128, 0.01, 0
EPOCHS, EPOCH_UPDATES = 10, 50
CLIP_NORM = 1.0  # of the whole gradient
QUESTION, ANSWER = 7, 5  # characters, and steps with the end
EXAMPLES = 10_000
REVERSE_QUESTION, UNITS_FIRST = True, True
FRESH = True
NOTEBOOK = False

# %% The data
from core.experiments.calculator.run import TEST
from core.data.language.arithmetic import test_set
from core.numeric.language.codec import Codec

codec = Codec(SYMBOLS, reverse_questions=REVERSE_QUESTION, reverse_answers=UNITS_FIRST)


def texts(questions):
    """Questions and answers as ids."""
    return (
        codec.questions(questions.texts(), QUESTION),
        codec.answers(questions.answers(), ANSWER),
    )


def test_texts():
    return texts(test_set(TEST, OPERATIONS, DIGITS))


if FRESH:
    from core.data.language.arithmetic import training_batch

    def training_texts(step):
        return texts(training_batch(SEED, step, BATCH_SIZE, OPERATIONS, DIGITS))

else:
    from core.data.language.arithmetic import places, training_set

    learned = texts(training_set(SEED, EXAMPLES, OPERATIONS, DIGITS))

    def training_texts(step):
        some = places(SEED, step, BATCH_SIZE, len(learned[0]))
        return tuple(part[some] for part in learned)


from core.experiments.kit.templates import seq2seq
