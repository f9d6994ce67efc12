"""A plane of samples, its atlas, what is picked in it and answered; and whether they fit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.figures import style

MOST_CLASSES = len(style.CLASSES["light"])


@dataclass(frozen=True, eq=False)
class Atlas:
    """Decoded images over a rectangle of a plane, to be blended between.

    images: uint8 (rows, columns, height, width), 255 for ink; rows from low y to high y, columns
    from low x to high x, the outermost on the bounds: the order of ``atlas.lattice``.
    x, y: (low, high), in the plane's units.
    """

    images: np.ndarray
    x: tuple[float, float]
    y: tuple[float, float]

    def __post_init__(self):
        if self.images.ndim != 4 or self.images.dtype != np.uint8:
            raise ValueError(f"an atlas is uint8 (rows, columns, h, w), not {_shown(self.images)}")
        if min(self.images.shape[:2]) < 2:
            raise ValueError("an atlas has at least two rows and two columns")
        for low, high in (self.x, self.y):
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise ValueError(f"an atlas lies between a low and a high bound, not {low}, {high}")


@dataclass(frozen=True, eq=False)
class Plane:
    """One plane.

    name: what `Picked` calls it. title: a sentence that says what to see. points: float (n, 2).
    atlas: the way back to images; without it the plane offers the nearest sample only.
    far: in the plane's units; farther from every point the plane warns. 0: it never does.
    """

    name: str
    title: str
    points: np.ndarray
    x_title: str
    y_title: str
    atlas: Atlas | None = None
    far: float = 0.0

    def __post_init__(self):
        shape = np.shape(self.points)
        if len(shape) != 2 or shape[1] != 2 or not shape[0]:
            raise ValueError(f"points of a plane are (n, 2) with n > 0, not {shape}")
        if not np.isfinite(self.points).all():
            raise ValueError(f"a point of the plane {self.name} is not finite")
        if not (math.isfinite(self.far) and self.far >= 0):
            raise ValueError(f"far is a distance, not {self.far}")


@dataclass(frozen=True)
class Picked:
    """Where a hand let go: the plane, the place in its units; serial counts the visit's picks."""

    plane: str
    x: float
    y: float
    serial: int


@dataclass(frozen=True, eq=False)
class Exact:
    """What the model decodes at ``picked`` itself: an image, uint8 (height, width), 255 for ink."""

    image: np.ndarray
    picked: Picked


def read(value: Any) -> Picked | None:
    """The pick that the browser told of, which may have said anything; None if it is no pick."""
    if not isinstance(value, Mapping):
        return None
    plane, *values = (value.get(name) for name in ("plane", "x", "y", "serial"))
    numbers = [
        n for n in values if isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < 1e9
    ]
    if not isinstance(plane, str) or len(numbers) < 3:
        return None
    x, y, serial = numbers
    return Picked(plane, float(x), float(y), int(serial))


def check(
    planes: Sequence[Plane],
    images: np.ndarray,
    labels: np.ndarray,
    class_names: Sequence[str],
    errors: np.ndarray | None,
    exact: Exact | None,
) -> None:
    """Raise ValueError unless all this is of the same samples; the shapes are those of `planes`."""
    if not 1 <= len(planes) <= 2:
        raise ValueError(f"one plane or two, not {len(planes)}")
    if len({plane.name for plane in planes}) < len(planes):
        raise ValueError("two planes of the same name")
    if images.ndim != 3 or images.dtype != np.uint8:
        raise ValueError(f"images are uint8 (n, h, w), not {_shown(images)}")
    for plane in planes:
        if len(plane.points) != len(images):
            raise ValueError(f"{len(plane.points)} points for {len(images)} images")
        if plane.atlas and plane.atlas.images.shape[2:] != images.shape[1:]:
            raise ValueError(
                f"an atlas of {plane.atlas.images.shape[2:]} beside images of {images.shape[1:]}"
            )
    if np.shape(labels) != (len(images),):
        raise ValueError(f"labels are ({len(images)},), not {np.shape(labels)}")
    if not 1 <= len(class_names) <= MOST_CLASSES:
        raise ValueError(f"one class to {len(style.CLASSES['light'])}, not {len(class_names)}")
    if np.min(labels) < 0 or np.max(labels) >= len(class_names):
        raise ValueError(f"a label is none of the {len(class_names)} classes")
    if errors is not None and np.shape(errors) != (len(images),):
        raise ValueError(f"errors are ({len(images)},), not {np.shape(errors)}")
    if exact and (exact.image.shape != images.shape[1:] or exact.image.dtype != np.uint8):
        raise ValueError(f"an exact image is uint8 {images.shape[1:]}, not {_shown(exact.image)}")


def _shown(array: np.ndarray) -> str:
    return f"{array.dtype} {array.shape}"
