"""Keras models of the family autoencoders."""
