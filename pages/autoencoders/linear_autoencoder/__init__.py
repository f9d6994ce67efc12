"""The lesson linear-autoencoder."""
