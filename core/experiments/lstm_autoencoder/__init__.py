"""An LSTM autoencoder that learns normal heartbeats, and is surprised by the others."""

from core.experiments.lstm_autoencoder.config import LSTMAutoencoderConfig as Config

__all__ = ["VALIDATION", "Config"]

VALIDATION = ("val_mse",)
