"""What a shipped card tells, held against what its weights do on this machine."""

from collections.abc import Mapping

import pytest

# Of some hundred images or beats: what is near a border may fall to its other side where another
# processor adds in another order. A count moves by ones, a mean over neighbours by less.
HELD_OUT = 450  # of the 1,797 digits; of beats there are more
COUNTED = ("knn_accuracy", "accuracy", "trustworthiness", "auc", "precision", "recall", "alarms")
WHOLE = ("params", "best_pca_k", "pca_best_k", "active_dims")


def assert_as_on_card(told: Mapping[str, float], measured: Mapping[str, float], samples: int):
    """The same up to what float32 leaves open, and two of the samples where samples are counted."""
    for name, value in measured.items():
        if name in WHOLE:
            expected = pytest.approx(value, abs=0)
        elif name.endswith(COUNTED):
            expected = pytest.approx(value, abs=2 / samples)
        elif name.endswith("units"):
            expected = pytest.approx(value, abs=1)
        else:
            expected = pytest.approx(value, rel=1e-3, abs=1e-6)
        assert told[name] == expected, name
