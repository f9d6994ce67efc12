"""Commands that train: one run, many of them, and where."""
