"""Data of the family sequences."""
