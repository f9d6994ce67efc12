"""A variational autoencoder: a code that is a distribution, and images drawn from a prior."""

from core.experiments.variational_autoencoder.config import VariationalAutoencoderConfig as Config

__all__ = ["Config"]
