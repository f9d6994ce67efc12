"""A network that reads a sum character by character and writes the result, digit by digit."""

from core.experiments.calculator.config import CalculatorConfig as Config

__all__ = ["Config"]
