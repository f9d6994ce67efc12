"""The latent plane beside PCA's: the same held-out images, linked, and the way back from each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.numeric.atlas import as_bytes, far_distance, lattice
from core.numeric.principal import components
from ui.lessons.linear_autoencoder_studied import Studied
from ui.notices import significant
from ui.planes import Atlas, Exact, Plane, picked, planes
from ui.texts import _

_CELLS = 9  # a linear decoder is met exactly between any two places, but for what is clipped
_MOST_SAID = 1000  # images whose error is told one by one


@dataclass(frozen=True, eq=False)
class _View:
    """Two coordinates of each image, (n, 2), and pixels (n, features) from such coordinates."""

    points: np.ndarray
    decode: Callable[[np.ndarray], np.ndarray]
    title: str
    axes: tuple[str, str]


def linked_planes(studied: Studied, *, key: str, alt: str, turned: bool = False):
    """Draws the planes; where the hand lets go, the network decodes the place itself."""
    views = {"latent": _latent(studied, turned)}
    if studied.k > 1:
        views["pca"] = _pca(studied)
    at = picked(key)
    exact = None
    if at and at.plane in views:
        image = views[at.plane].decode(np.array([[at.x, at.y]]))
        exact = Exact(as_bytes(studied.as_images(image))[0], at)
    planes(
        [_plane(studied, name, view) for name, view in views.items()],
        as_bytes(studied.as_images(studied.pixels)),
        studied.labels,
        [str(digit) for digit in range(10)],
        key=key,
        alt=alt,
        said=_errors(studied),
        exact=exact,
    )


def _plane(studied: Studied, name: str, view: _View) -> Plane:
    x, y, places = lattice(view.points, _CELLS)
    images = as_bytes(studied.as_images(view.decode(places)))
    atlas = Atlas(images.reshape(_CELLS, _CELLS, *studied.shape), x, y)
    far = far_distance(view.points)
    return Plane(name, view.title, view.points, *view.axes, atlas=atlas, far=far)


def _latent(studied: Studied, turned: bool) -> _View:
    model, codes = studied.model, studied.model.encode(studied.pixels)
    if studied.k == 1:
        beside = np.column_stack([codes, studied.pca.project(studied.pixels)])
        return _View(
            beside,
            lambda places: model.decode(places[:, :1]),
            _("The one number of the autoencoder, and PCA's"),
            ("h₁", _("component {number}").format(number=1)),
        )
    if studied.k == 2:
        title = _("The autoencoder's two numbers, turned") if turned else ""
        return _View(codes, model.decode, title or _("The autoencoder's two numbers"), ("h₁", "h₂"))
    found = components(codes, 2)
    signs = _signs(found.project(codes), studied.pca.project(studied.pixels)[:, :2])
    return _View(
        found.project(codes) * signs,
        lambda places: model.decode(found.reconstruct(places * signs)),
        _("The autoencoder's code on its own two main axes"),
        (_("code, axis {number}").format(number=1), _("code, axis {number}").format(number=2)),
    )


def _signs(points: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Signs of the axes, (2,), by which the plane does not flip from one epoch to the next."""
    return np.where((points * reference).sum(0) < 0, -1.0, 1.0)


def _pca(studied: Studied) -> _View:
    mean, axes = studied.pca.mean, studied.pca.axes[:2]
    return _View(
        studied.pca.project(studied.pixels)[:, :2],
        lambda places: mean + places @ axes,
        _("PCA's first two components"),
        tuple(_("component {number}").format(number=number) for number in (1, 2)),
    )


def _errors(studied: Studied) -> list[str] | None:
    if len(studied.pixels) > _MOST_SAID:
        return None
    errors = np.mean((studied.pixels - studied.model.reconstruct(studied.pixels)) ** 2, axis=1)
    return [_("error {mse}").format(mse=significant(float(error), 2)) for error in errors]
