"""Networks that put a text into a class, beside what only counts its words."""

from core.experiments.text_class.config import TextClassConfig as Config

__all__ = ["Config"]
