"""The hourglass is as narrow as its code, and the curve's point stands at k."""

from typing import Any

import numpy as np

from core.figures.autoencoders.linear_autoencoder import hourglass, lost_curve
from core.figures.style import Look

LOOK = Look("light", "title", alt="alt")


def test_the_waist_is_as_high_as_its_share_of_the_pixels():
    image = np.arange(8.0).reshape(2, 4) / 8
    figure: Any = hourglass(LOOK, image, np.array([2.0, -4.0]), image / 2, names="abcd")
    code = figure.data[-1]
    np.testing.assert_array_equal(code.z, [[0.5], [-1.0]])
    assert (code.dy, code.y0) == (0.25, 0.375)  # two of eight pixels: a quarter of the height
    np.testing.assert_array_equal(np.asarray(figure.data[4].z)[:, -4:], image / 2)
    lines = figure.data[0]
    assert len(lines.x) == 3 * 2 * 2  # each row to each number
    assert list(lines.x[:2]) == [3.5, code.x0] and list(lines.y[:2]) == [0, 0.375]
    assert figure.layout.xaxis.ticktext == ("a", "b", "c", "d")


def test_the_point_stands_at_k():
    figure: Any = lost_curve(LOOK, np.array([1.0, 0.4, 0.1]), 1)
    curve, point = figure.data
    assert list(curve.y) == [1.0, 0.4, 0.1]
    assert (list(point.x), list(point.y)) == ([1], [0.4])
