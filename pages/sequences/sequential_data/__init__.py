"""The lesson sequential-data."""
