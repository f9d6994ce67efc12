"""The lesson next-value."""
