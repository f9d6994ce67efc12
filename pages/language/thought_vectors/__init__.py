"""The lesson thought-vectors."""
