"""Recurrent networks that put a sequence into a class, beside what needs no network."""

from core.experiments.sequence_class.config import SequenceClassConfig as Config

__all__ = ["Config"]
