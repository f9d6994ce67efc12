"""The lesson lstm-autoencoder."""
