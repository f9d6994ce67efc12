"""Data of the family language."""
