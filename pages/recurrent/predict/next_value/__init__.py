"""Continue a series."""
