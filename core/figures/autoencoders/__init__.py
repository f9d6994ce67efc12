"""Figures of the family autoencoders."""
