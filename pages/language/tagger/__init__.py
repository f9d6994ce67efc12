"""The lesson text-class."""
