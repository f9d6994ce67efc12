"""A linear autoencoder, watched as it turns into principal component analysis."""

from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig as Config

__all__ = ["Config"]
