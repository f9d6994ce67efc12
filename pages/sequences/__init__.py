"""The lessons of the chapter Sequences."""
