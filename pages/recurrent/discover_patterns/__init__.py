"""The lesson discover-patterns."""
