"""NumPy for the family language."""
