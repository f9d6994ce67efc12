"""The map of words: what it shows, where the words stand, and how the browser draws them."""
