"""Words as vectors: skip-gram and CBOW, held against counting."""

from core.experiments.word_embeddings.config import WordEmbeddingsConfig as Config

__all__ = ["VALIDATION", "Config"]

VALIDATION = ("valid_loss",)
