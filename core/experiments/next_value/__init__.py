"""Recurrent networks that tell a series' next value, beside forecasts that need no network."""

from core.experiments.next_value.config import NextValueConfig as Config

__all__ = ["Config"]
