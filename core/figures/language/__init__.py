"""Figures of the family language."""
