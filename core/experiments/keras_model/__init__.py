"""A model built layer by layer, trained to classify sequences of integers."""

from core.experiments.keras_model.config import KerasModelConfig as Config

__all__ = ["Config"]
