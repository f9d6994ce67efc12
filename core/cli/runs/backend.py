"""What Keras reads from the environment when it is first imported."""

import os


def choose_backend() -> None:
    """TensorFlow for Keras, and of what TensorFlow says only errors, unless asked otherwise."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
