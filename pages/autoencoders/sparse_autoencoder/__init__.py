"""The lesson sparse-autoencoder."""
