"""A recurrent network as a stack of layers: described once, then read, built and written."""
