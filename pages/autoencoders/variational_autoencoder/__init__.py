"""The lesson variational-autoencoder."""
