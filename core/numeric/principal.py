"""Principal components, by the singular value decomposition."""

from typing import NamedTuple

import numpy as np


class Projection(NamedTuple):
    """Points on the first principal components.

    points: (n, k). explained: the share of the variance of each component, (k,).
    """

    points: np.ndarray
    explained: np.ndarray


def project(data: np.ndarray, components: int = 2) -> Projection:
    """The rows of ``data``, (n, features), on their first principal components.

    Of each component the entry of its axis that is largest in size is positive.
    """
    centred = data - data.mean(0)
    _, values, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:components]
    largest = np.abs(axes).argmax(1)
    axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
    variances = values**2
    return Projection(centred @ axes.T, variances[:components] / max(variances.sum(), 1e-30))
