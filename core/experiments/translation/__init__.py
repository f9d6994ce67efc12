"""A network that translates short sentences, English to French or back, in pieces of words."""

from core.experiments.translation.config import TranslationConfig as Config

__all__ = ["VALIDATION", "Config"]

VALIDATION = ("bleu", "chrf", "exact_match", "test_loss")
