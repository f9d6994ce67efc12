"""Keras models of the family recurrent."""
