"""Numbers from 0 to 999,999 and their French words, letter by letter.

Plain Keras: it makes the same updates as the run on the page. It needs no data: the numbers are
drawn and written here.
"""

OTHERS, DIRECTION, SPELLING = 4000, "to_words", "traditional"
SYMBOLS = "0123456789 -abc"
UNITS, EMBEDDING_DIM, BATCH_SIZE, LEARNING_RATE, SEED = 128, 32, 128, 0.006, 0
EPOCHS, EPOCH_UPDATES = 12, 50
CLIP_NORM = 1.0  # of the whole gradient
QUESTION, ANSWER = 6, 70  # characters, and steps with the end
NOTEBOOK = False

# %% The data
from core.experiments.number_words.run import numbers, pairs, unseen, update_places
from core.numeric.language.codec import Codec

codec = Codec(SYMBOLS)


def texts(chosen):
    """Questions and answers of numbers, as ids."""
    questions, answers = pairs(chosen, DIRECTION, SPELLING)
    return codec.questions(questions, QUESTION), codec.answers(answers, ANSWER)


learned = texts(numbers(OTHERS))


def test_texts():
    return texts(unseen())


def training_texts(step):
    some = update_places(SEED, step, BATCH_SIZE, len(learned[0]))
    return tuple(part[some] for part in learned)


from core.experiments.kit.templates import seq2seq
