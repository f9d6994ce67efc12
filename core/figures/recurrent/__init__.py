"""Figures of the family recurrent."""
