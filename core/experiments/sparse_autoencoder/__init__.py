"""A sparse autoencoder: a large code of which few units may fire, and its dictionary of atoms."""

from core.experiments.sparse_autoencoder.config import SparseAutoencoderConfig as Config

__all__ = ["Config"]
