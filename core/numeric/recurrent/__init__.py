"""NumPy for the family recurrent."""
