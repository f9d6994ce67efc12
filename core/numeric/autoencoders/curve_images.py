"""Signals drawn as small pictures, many at once."""

import numpy as np

_HALF_WIDTH = 0.6  # of the line, in pixels


def curve_images(
    signals: np.ndarray, shape: tuple[int, int], low: float, high: float
) -> np.ndarray:
    """Each signal, (n, samples), as a curve on paper, float32 (n, height, width).

    1 is ink, 0 paper; between them lies the rim of the line, by its distance in pixels. The lowest
    row is ``low``, the highest ``high``; what is beyond is drawn at the rim. Within a column the
    curve covers what it passes through, so that a steep flank is no row of dots.
    Raises ValueError if there are fewer than 2 samples or ``low`` is not below ``high``.
    """
    n, samples = signals.shape
    if samples < 2:
        raise ValueError(f"a curve has at least 2 samples, not {samples}")
    if not low < high:
        raise ValueError(f"the lowest value must be below the highest, not {low}, {high}")
    height, width = shape
    edges = np.linspace(0, samples - 1, width + 1)
    rows = (high - np.clip(signals, low, high)) * ((height - 1) / (high - low))
    rows = rows.astype(np.float32)
    at = np.minimum(edges.astype(int), samples - 2)
    share = (edges - at).astype(np.float32)
    ends = rows[:, at] * (1 - share) + rows[:, at + 1] * share  # the curve at columns' edges
    top = np.minimum(ends[:, :-1], ends[:, 1:])
    bottom = np.maximum(ends[:, :-1], ends[:, 1:])
    for column in range(width):  # a sample inside a column may be the highest of it
        first, last = int(np.ceil(edges[column])), int(np.floor(edges[column + 1])) + 1
        if first < last:
            inside = rows[:, first:last]
            np.minimum(top[:, column], inside.min(1), out=top[:, column])
            np.maximum(bottom[:, column], inside.max(1), out=bottom[:, column])
    y = np.arange(height, dtype=np.float32)[:, None]
    away = np.maximum(top[:, None] - y, y - bottom[:, None])
    return np.clip(_HALF_WIDTH + 0.5 - np.maximum(away, 0), 0, 1).reshape(n, height, width)
