"""Whether an n-gram belongs to a class or to a chapter: how steady its rate is over the texts."""

from collections.abc import Sequence

import numpy as np

_PARTS = 20


def steadiness(
    rows: Sequence[np.ndarray], labels: np.ndarray, table: int, parts: int = _PARTS
) -> np.ndarray:
    """The variance that chance gives an n-gram's rate, by the one that it has; at most 1.

    Its rate is the share of the texts that it stands in, in each of ``parts`` into which the texts
    of a class, in their order, are cut; chance makes it vary as it does a binomial share. Both
    variances are summed over the classes. rows: of each text, of ``table``. Returns float64
    (table,), 1 for what is in no text.
    """
    expected, observed = np.zeros(table), np.zeros(table)
    for label in np.unique(labels):
        some = [row for row, of in zip(rows, labels, strict=True) if of == label]
        cut = np.array_split(np.arange(len(some)), min(parts, len(some)))
        rates = np.zeros((len(cut), table))
        for rate, part in zip(rates, cut, strict=True):
            of_part = np.concatenate([some[i] for i in part])
            rate += np.bincount(of_part, minlength=table) / len(part)
        mean = rates.mean(0)
        expected += mean * (1 - mean) * len(cut) / len(some)
        observed += rates.var(0)
    return np.divide(expected, observed, out=np.ones(table), where=observed > expected)
