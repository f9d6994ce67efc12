"""A network that writes numbers in French words, or reads them, letter by letter."""

from core.experiments.number_words.config import NumberWordsConfig as Config

__all__ = ["Config"]
