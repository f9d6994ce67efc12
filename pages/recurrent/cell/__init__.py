"""The lesson cell."""
