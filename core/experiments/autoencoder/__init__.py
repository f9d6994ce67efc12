"""An autoencoder, of one hidden layer or deep, dense or convolutional, beside PCA."""

from core.experiments.autoencoder.config import AutoencoderConfig as Config

__all__ = ["Config"]
