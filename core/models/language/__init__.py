"""Keras models of the family language."""
