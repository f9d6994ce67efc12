"""The variational autoencoder's figures draw what they are given, the right way up."""

from typing import Any

import numpy as np

from core.figures.autoencoders.variational_autoencoder import (
    Disc,
    bound_curve,
    decoded_prior,
    kl_bars,
    numbered_places,
    posterior_ellipses,
)
from core.figures.style import Look

LOOK = Look("light", "title", alt="alt")


def test_the_lowest_row_is_at_the_bottom():
    images = np.arange(6.0).reshape(2, 3, 1, 1) * np.ones((1, 1, 2, 4))
    figure: Any = decoded_prior(LOOK, images, ["low", "0", "high"])
    sheet = np.asarray(figure.data[0].z)
    assert sheet.shape == (5, 14)  # with a gap between two images
    assert sheet[0, 0] == 3 and sheet[-1, 0] == 0 and sheet[-1, -1] == 2
    assert np.isnan(sheet[2]).all() and np.isnan(sheet[:, 4]).all()
    assert figure.layout.yaxis.range == (4.5, -0.5)
    assert list(figure.layout.xaxis.ticktext) == ["low", "0", "high"]


def test_ellipses_have_two_deviations():
    figure: Any = posterior_ellipses(
        LOOK,
        np.array([[1.0, 0.0], [0.0, 0.0]]),
        np.array([[0.5, 0.1], [1.0, 1.0]]),
        np.array([1, 0]),
        ["a", "other"],
        prior_name="prior",
    )
    ellipse = figure.data[1]
    assert (np.nanmin(ellipse.x), np.nanmax(ellipse.x)) == (0, 2)
    np.testing.assert_allclose(np.nanmax(ellipse.y), 0.2)
    assert [trace.mode for trace in figure.data] == [*["lines"] * 2, "text", "markers", "lines"]


def test_bars_are_in_order_and_say_which_are_alive():
    kl, alive = np.array([0.0, 2.0, 0.5]), np.array([False, True, True])
    figure: Any = kl_bars(LOOK, kl, alive, names=("alive", "collapsed"))
    lives, dead = figure.data
    assert list(lives.y) == [2.0, 0.5] and list(dead.y) == [0.0] and list(dead.x) == [2]
    assert list(figure.layout.xaxis.ticktext) == [f"z<sub>{i}</sub>" for i in (2, 3, 1)]
    assert figure.layout.showlegend
    every: Any = kl_bars(LOOK, kl, kl >= 0, names=("alive", ""))
    assert not every.layout.showlegend


def test_the_bound_stands_beside_its_references():
    figure: Any = bound_curve(
        LOOK,
        np.array([1, 2, 4]),
        np.array([-30.0, -29.0, -28.5]),
        name="bound",
        references=[("exact", -20.0)],
    )
    low, high = figure.layout.yaxis.range
    assert low < -30 and high > -20
    assert [shape.y0 for shape in figure.layout.shapes] == [-20.0]


def test_places_are_numbered_in_their_own_plane():
    codes, places = np.array([[0.0, 1], [2, 3]]), np.array([[1.0, 1], [2, 2], [5, 5]])
    discs = {name: Disc(codes, codes[0], 2.0, places * n) for n, name in enumerate("ab", 1)}
    figure: Any = numbered_places(LOOK, discs)
    assert [trace.xaxis for trace in figure.data] == ["x"] * 5 + ["x2"] * 5
    _dots, circle, numbered, _leaders, rings = figure.data[5:]
    np.testing.assert_allclose(np.hypot(circle.x, circle.y - 1), 2)
    assert list(numbered.text) == ["1", "2", "3"] and list(numbered.x) == [2, 4, 10]
    assert list(rings.text) == ["1", "2", "3"] and list(rings.x) == [2, 4, 10]  # far apart
    assert [note.text for note in figure.layout.annotations] == ["a", "b"]


def test_numbers_of_places_that_all_but_meet_stand_apart_joined_to_them():
    codes, places = np.zeros((2, 2)), np.array([[0.0, 0.1], [0.0, 0.2], [1.5, 0.0]])
    figure: Any = numbered_places(LOOK, {"a": Disc(codes, codes[0], 2.0, places)})
    _dots, _circle, _places, leaders, rings = figure.data
    assert np.hypot(rings.x[0] - rings.x[1], rings.y[0] - rings.y[1]) > 0.4
    assert (rings.x[2], rings.y[2]) == (1.5, 0)
    np.testing.assert_array_equal(leaders.y[::3], places[:, 1])
    np.testing.assert_array_equal(leaders.y[1::3], rings.y)
