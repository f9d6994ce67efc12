"""A sentence as one vector: by paragraph vectors or a recurrent autoencoder, or by counting."""

from core.experiments.thought_vectors.config import ThoughtVectorsConfig as Config

__all__ = ["Config"]
