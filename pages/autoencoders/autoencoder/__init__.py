"""The lesson autoencoder."""
