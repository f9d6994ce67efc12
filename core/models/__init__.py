"""Keras models and their training: the only rooms that import TensorFlow."""
