"""The lesson denoising-autoencoder."""
