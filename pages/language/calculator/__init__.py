"""The lesson calculator."""
