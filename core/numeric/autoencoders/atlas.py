"""A latent plane as a lattice of decoded images; how far from the data its places are."""

import numpy as np

_QUANTILE, _TIMES = 0.95, 3.0  # of `far_distance`
_BLOCK = 256  # rows of distances at once: of 2,000 points they take 4 MB


def lattice(
    points: np.ndarray, cells: int, room: float = 0.1
) -> tuple[tuple[float, float], tuple[float, float], np.ndarray]:
    """The places of a plane that an atlas decodes: a lattice over ``points``, (n, 2).

    cells: places in a row and in a column, at least 2; the outermost lie on the bounds. room: what
    is added on each side, as a share of the points' extent; points without extent get 1 in all.
    Returns the bounds of x, those of y, and the places, float (cells * cells, 2), row by row from
    low y to high y, in a row from low x to high x.
    Raises ValueError if there is no point, a point is not finite or cells is below 2.
    """
    points = _checked(points)
    if points.shape[1] != 2:
        raise ValueError(f"points of a plane have 2 coordinates, not {points.shape[1]}")
    if cells < 2:
        raise ValueError(f"an atlas has at least 2 cells a side, not {cells}")
    low, high = points.min(0), points.max(0)
    extent = high - low
    margin = np.where(extent > 0, room * extent, 0.5)
    low, high = low - margin, high + margin
    x, y = (np.linspace(low[axis], high[axis], cells) for axis in (0, 1))
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1])), places


def as_bytes(images: np.ndarray) -> np.ndarray:
    """Images of floats, 0 for paper and 1 for ink, as uint8 of the same shape, 255 for ink.

    Values are rounded; what is outside [0, 1] is clipped. Raises ValueError at a NaN.
    """
    if np.isnan(images).any():
        raise ValueError("an image holds a value that is not a number")
    return np.rint(np.clip(images, 0.0, 1.0) * 255).astype(np.uint8)


def far_distance(points: np.ndarray) -> float:
    """The distance from the nearest of ``points``, (n, d), beyond which no data are near.

    Three times the 95 % quantile of the points' distances to their nearest neighbours. By that
    quantile the loneliest twentieth does not set the scale; three times it is more than what
    separates neighbours even where the points are sparse (a density nine times lower in the plane),
    so that the gaps inside a cluster are near and the empty country between clusters is far.
    0 if there is one point only or all lie on one place. Raises ValueError as `lattice` does.
    """
    points = _checked(points)
    if len(points) < 2:
        return 0.0
    nearest = np.empty(len(points))
    for start in range(0, len(points), _BLOCK):
        block = points[start : start + _BLOCK]
        squares = _squares(block, points)
        rows = np.arange(len(block))
        squares[rows, start + rows] = np.inf  # a point is no neighbour of itself
        nearest[start : start + _BLOCK] = np.sqrt(squares.min(1))
    return _TIMES * float(np.quantile(nearest, _QUANTILE))


def disc(points: np.ndarray, share: float, cells: int) -> tuple[np.ndarray, np.ndarray, float]:
    """The places of a square lattice in the circle around the mean that holds ``share`` of points.

    points: (n, 2). cells: places on a diameter. Returns the places, (m, 2), the centre, (2,), and
    the radius. Raises ValueError as `lattice` does.
    """
    points = _checked(points)
    centre = points.mean(0)
    radius = float(np.quantile(np.hypot(*(points - centre).T), share))
    line = np.linspace(-radius, radius, cells)
    places = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    return centre + places[np.hypot(*places.T) <= radius], centre, radius


def emptiest(points: np.ndarray, places: np.ndarray, count: int) -> np.ndarray:
    """Those of ``places``, (m, d), farthest from every one of ``points``, (n, d): (count, d).

    Each is as far as can be from the points and from the places before it.
    Raises ValueError as `lattice` does.
    """
    points, chosen = _checked(points), []
    nearest = np.full(len(places), np.inf)
    for start in range(0, len(points), _BLOCK):
        squares = _squares(points[start : start + _BLOCK], places)
        nearest = np.minimum(nearest, np.sqrt(squares.min(0)))
    for _ in range(count):
        chosen.append(places[nearest.argmax()])
        nearest = np.minimum(nearest, np.linalg.norm(places - chosen[-1], axis=1))
    return np.array(chosen)


def _squares(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    squares = np.zeros((len(points), len(others)))
    for own, other in zip(points.T, others.T, strict=True):  # a coordinate at a time is fast
        squares += (own[:, None] - other) ** 2
    return squares


def _checked(points: np.ndarray) -> np.ndarray:
    points = np.asarray(points, float)
    if points.ndim != 2 or not len(points):
        raise ValueError(f"points are (n, d) with n > 0, not {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError("a point is not finite")
    return points
