"""Where the words stand: on the plane of PCA, on a t-SNE map, or along axes that words make."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.numeric.principal import components
from pages.language.word_embeddings.spaces import Space
from pages.language.word_embeddings.wordmap.shown import Places
from ui.texts import _, language, percent

_MOST_KEPT = 12  # planes, for who comes back to one or asks on
_kept: dict[tuple[object, ...], Places] = {}


def places_of(space: Space, plane: str, pairs: Sequence[tuple[str, str]]) -> Places:
    """Places on a plane, "tsne", "pca" or "axes". pairs: the words of the axes, one or two.

    Raises Problem if a word of the axes is not in the space, or a pair is one word twice.
    """
    if plane == "tsne" and space.tsne is not None:
        return Places(space.tsne, _("t-SNE: near words are alike; long distances say little"))
    key = (space.key, plane, tuple(pairs), language())
    if key not in _kept:
        made = _along_axes(space, pairs) if plane == "axes" else _pca(space)
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = made
    return _kept[key]


def _pca(space: Space) -> Places:
    units = space.words.units
    pca = components(units[: space.mapped], 2)
    shares = pca.variances[:2] / pca.variances.sum()
    across, up = (
        _("component {number}: {share} of the variance").format(
            number=i + 1, share=percent(float(share), 1)
        )
        for i, share in enumerate(shares)
    )
    return Places(pca.project(units), f"→ {across}", f"↑ {up}")


def _along_axes(space: Space, pairs: Sequence[tuple[str, str]]) -> Places:
    words = space.words
    (low, high), *second = pairs
    along = words.axis(low, high)
    guides: list[dict[str, Any]] = [{"x": 0.0}, {"x": 1.0}]
    across = f"→ {low} … {high}"
    if second:
        up = words.axis(*second[0])
        guides += [{"y": 0.0}, {"y": 1.0}]
        name = f"↑ {second[0][0]} … {second[0][1]}"
    else:
        direction = words.vector(high) - words.vector(low)
        direction /= np.linalg.norm(direction)
        rest = words.units - np.outer(words.units @ direction, direction)
        up = components(rest[: space.mapped], 1).project(rest)[:, 0]
        name = _("↑ what varies most beside it")
    return Places(np.stack([along, up], 1), across, name, guides)
