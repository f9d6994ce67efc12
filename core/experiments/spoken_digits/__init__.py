"""A recurrent network that hears which digit is spoken, or who speaks, beside simpler ways."""

from core.experiments.spoken_digits.config import SpokenDigitsConfig as Config

__all__ = ["Config"]
