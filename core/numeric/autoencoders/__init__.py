"""NumPy for the family autoencoders."""
