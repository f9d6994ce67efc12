"""Word vectors in NumPy: the words, one training example, the space, its scores, and counting."""
