"""The lesson number-words."""
