"""NumPy for the family sequences."""
