"""A denoising autoencoder: noisy images in, clean ones wanted, against the best linear answer."""

from core.experiments.denoising_autoencoder.config import DenoisingAutoencoderConfig as Config

__all__ = ["Config"]
