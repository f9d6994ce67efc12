"""What the runs of a class say together, and how a sweep is shared out in it."""
