"""How sparse a code is: its penalties, which units fire for which class, and which never do."""

from collections.abc import Callable
from typing import Any

import numpy as np

# Activation of the code -> what a unit's activation has to exceed to count as firing. ReLU is
# exactly 0 at rest; a sigmoid never is, so where it begins to fire is a convention.
FIRES_ABOVE = {"relu": 0.0, "sigmoid": 0.1}
_HALF = 0.5  # as often as in its best class, for a unit to be one of that class, too


def kl_bernoulli(target: Any, mean: Any, log: Callable[[Any], Any] = np.log) -> Any:
    """KL divergence between coins that show heads with probabilities ``target`` and ``mean``.

    target, mean: strictly between 0 and 1. log: of the arrays' kind, e.g. TensorFlow's.
    Returns nats, >= 0, and 0 only where both are the same.
    Source: Ng (2011), Sparse autoencoder, CS294A lecture notes, section 3.
    """
    return target * log(target / mean) + (1 - target) * log((1 - target) / (1 - mean))


def fires(codes: np.ndarray, above: float) -> np.ndarray:
    """Which units of which codes (n, units) fire: bool (n, units)."""
    return codes > above


def active_units(codes: np.ndarray, above: float) -> np.ndarray:
    """How many units fire for each of the codes (n, units): int (n,)."""
    return np.count_nonzero(fires(codes, above), axis=1)


def firing_share(codes: np.ndarray, above: float) -> np.ndarray:
    """For which share of the codes (n, units) each unit fires: float (units,), 0 if it is dead."""
    return fires(codes, above).mean(0)


def hoyer_sparsity(codes: np.ndarray) -> np.ndarray:
    """Of each code (n, units) how sparse it is: float (n,) from 0, all alike, to 1, one alone.

    (sqrt(u) - |h|_1 / |h|_2) / (sqrt(u) - 1), for at least two units; it needs no threshold. A
    code of zeros is 1. Source: Hoyer (2004), JMLR 5, section 3.1.
    """
    root = np.sqrt(codes.shape[1])
    sizes = np.abs(codes).astype(np.float64)
    largest = sizes.max(1, keepdims=True)
    sizes /= np.where(largest > 0, largest, 1)  # else the squares of tiny ones would vanish
    length = np.linalg.norm(sizes, axis=1)
    ratio = np.divide(sizes.sum(1), length, out=np.ones_like(length), where=length > 0)
    return np.clip((root - ratio) / (root - 1), 0, 1)


def class_activation(codes: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    """Mean activation of each unit for each class: float (units, classes), 0 for an empty class.

    codes: (n, units). labels: int (n,), below ``classes``.
    """
    members = np.eye(classes)[labels]
    return codes.T.astype(np.float64) @ members / np.maximum(members.sum(0), 1)


def by_class(table: np.ndarray) -> np.ndarray:
    """An order of the units, (units,), in which those of the same best class stand together.

    table: (units, classes), as of ``class_activation``. In a class the unit comes first whose
    activation is most of its own; units without any come last.
    """
    total = table.sum(1)
    share = table.max(1) / np.maximum(total, 1e-30)
    best = np.where(total > 0, table.argmax(1), table.shape[1])
    return np.lexsort((-share, best))


def classes_of_units(rates: np.ndarray) -> np.ndarray:
    """For how many classes each unit is there: int (units,), 0 for a unit that never fires.

    rates: how often each unit fires for each class, (units, classes). A class counts if the unit
    fires for it at least half as often as for its best one.
    """
    best = rates.max(1, keepdims=True)
    return np.count_nonzero((rates >= _HALF * best) & (best > 0), axis=1)
