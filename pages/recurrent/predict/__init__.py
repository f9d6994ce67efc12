"""The lesson predict."""
