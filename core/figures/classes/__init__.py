"""Figures of the runs of a class."""
