"""What is computed of sounds: spectra, distances, and what a network hears in them."""
