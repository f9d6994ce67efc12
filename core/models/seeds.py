"""Initialisers that take their seed from the configuration and nowhere else.

Keras declares that its layers take only names of initialisers, hence ``Any``.
"""

from typing import Any

import keras


def glorot(seed: int) -> Any:
    """Keras's default for kernels, seeded."""
    return keras.initializers.GlorotUniform(seed=seed)


def orthogonal(seed: int) -> Any:
    """Keras's default for recurrent kernels, seeded."""
    return keras.initializers.Orthogonal(seed=seed)


def uniform(seed: int) -> Any:
    """Keras's default for embeddings, seeded."""
    return keras.initializers.RandomUniform(seed=seed)
