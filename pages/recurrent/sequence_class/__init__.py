"""The lesson sequence-class."""
