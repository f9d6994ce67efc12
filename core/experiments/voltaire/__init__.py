"""A character-level recurrent language model that learns to write like the text it reads."""

from core.experiments.voltaire.config import VoltaireConfig as Config

__all__ = ["VALIDATION", "Config"]

VALIDATION = ("valid_bits",)
