"""Data of the family images."""
