"""What only a browser shows; a package, so that what its tests share ends with them."""
