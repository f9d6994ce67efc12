import numpy as np
import pytest

from core.numeric.cells import CELLS
from core.numeric.language_model import UNKNOWN, LanguageModel

ALPHABET = UNKNOWN + "\n abcdeéœ«»."


@pytest.fixture
def make_model():
    """A language model with random weights, of any cell and number of layers."""

    def make(cell="lstm", units=(6,), embedding=4, alphabet=ALPHABET, seed=0):
        rng = np.random.default_rng(seed)
        gates = CELLS[cell].gates
        weights = {"embedding": rng.normal(size=(len(alphabet), embedding))}
        width = embedding
        for i, size in enumerate(units):
            weights[f"kernel_{i}"] = rng.normal(0, 0.5, (width, gates * size))
            weights[f"recurrent_{i}"] = rng.normal(0, 0.5, (size, gates * size))
            weights[f"bias_{i}"] = rng.normal(size=gates * size)
            width = size
        weights["logits_kernel"] = rng.normal(size=(width, len(alphabet)))
        weights["logits_bias"] = rng.normal(size=len(alphabet))
        return LanguageModel(cell, alphabet, weights)

    return make
