"""A race of recurrent cells on tasks in which something must be remembered for long."""

from core.experiments.long_memory.config import LongMemoryConfig as Config

__all__ = ["VALIDATION", "Config"]

VALIDATION = ("rnn_validation", "lstm_validation", "gru_validation", "irnn_validation")
