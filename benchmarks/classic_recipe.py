"""The recipe by which Keras's own example teaches addition, on our split of the questions.

One-hot characters, the question reversed, LSTM 128, RepeatVector, LSTM 128, Dense; batches of 32,
Adam at 1e-3, 45,000 fixed examples, the answer written as it is read.
Source: keras.io/examples/nlp/addition_rnn (Smerity and others, 2015 to 2020).
"""

import time
from collections.abc import Iterator

import numpy as np

from core.data.language.arithmetic import Questions, test_set, training_set

DIGITS, EXAMPLES, TEST, SEED = 3, 45_000, 3000, 0
_CHARACTERS = "0123456789+ "
_QUESTION, _ANSWER = 2 * DIGITS + 1, DIGITS + 1


def one_hot(texts: list[str], length: int, reverse: bool) -> np.ndarray:
    """Texts, filled up with spaces, as float32 (texts, length, characters)."""
    padded = [text.ljust(length) for text in texts]
    ids = np.array([[_CHARACTERS.index(c) for c in text] for text in padded])
    return np.eye(len(_CHARACTERS), dtype=np.float32)[ids[:, ::-1] if reverse else ids]


def encoded(questions: Questions) -> tuple[np.ndarray, np.ndarray]:
    """Questions and answers as the recipe sees them."""
    return (
        one_hot(questions.texts(), _QUESTION, reverse=True),
        one_hot(questions.answers(), _ANSWER, reverse=False),
    )


def train(goal: float, most_s: float) -> Iterator[tuple[float, float]]:
    """Seconds of training and exact match on held-out questions after each epoch.

    It ends once ``goal`` is reached or ``most_s`` seconds were spent in Keras's ``fit``.
    """
    import keras

    keras.utils.set_random_seed(SEED)
    model = keras.Sequential(
        [
            keras.Input((_QUESTION, len(_CHARACTERS))),
            keras.layers.LSTM(128),
            keras.layers.RepeatVector(_ANSWER),
            keras.layers.LSTM(128, return_sequences=True),
            keras.layers.Dense(len(_CHARACTERS), activation="softmax"),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(1e-3))
    inputs, targets = encoded(training_set(SEED, EXAMPLES, "+", DIGITS))
    test_inputs, test_targets = encoded(test_set(TEST, "+", DIGITS))
    wanted = test_targets.argmax(-1)
    train_s, exact = 0.0, 0.0
    while exact < goal and train_s < most_s:
        began = time.perf_counter()
        model.fit(inputs, targets, batch_size=32, epochs=1, verbose=0)  # pyright: ignore[reportArgumentType]
        train_s += time.perf_counter() - began
        predicted = model.predict(test_inputs, batch_size=500, verbose=0).argmax(-1)  # pyright: ignore[reportArgumentType]
        exact = float((predicted == wanted).all(1).mean())
        yield train_s, exact
