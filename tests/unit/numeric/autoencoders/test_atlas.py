"""The lattice of an atlas, its bytes, and what is far from the data."""

import numpy as np
import pytest

from core.numeric.autoencoders.atlas import as_bytes, disc, emptiest, far_distance, lattice


def test_a_lattice_by_hand():
    x, y, places = lattice(np.array([[0.0, 10], [4, 30]]), 3, room=0.25)
    assert (x, y) == ((-1.0, 5.0), (5.0, 35.0))
    rows = [[[column, row] for column in (-1.0, 2, 5)] for row in (5.0, 20, 35)]
    np.testing.assert_array_equal(places, np.reshape(rows, (9, 2)))


def test_the_outermost_places_lie_on_the_bounds_and_hold_every_point():
    points = np.random.default_rng(0).normal(size=(50, 2)) * [1, 40] + [3, -7]
    x, y, places = lattice(points, 24)
    grid = places.reshape(24, 24, 2)
    np.testing.assert_allclose(grid[0, 0], [x[0], y[0]])
    np.testing.assert_allclose(grid[-1, -1], [x[1], y[1]])
    np.testing.assert_allclose(grid[0, -1], [x[1], y[0]])
    assert (points > [x[0], y[0]]).all() and (points < [x[1], y[1]]).all()


def test_points_without_extent_get_a_plane_of_one_unit():
    x, y, places = lattice(np.array([[2.0, 1], [2, 3]]), 2, room=0)
    assert x == (1.5, 2.5)
    assert y == (1.0, 3.0)
    assert places.shape == (4, 2)


@pytest.mark.parametrize(
    ("points", "cells", "said"),
    [
        (np.zeros((0, 2)), 3, "points are (n, d) with n > 0, not (0, 2)"),
        (np.zeros(2), 3, "points are (n, d) with n > 0, not (2,)"),
        (np.zeros((3, 3)), 3, "points of a plane have 2 coordinates, not 3"),
        (np.zeros((3, 2)), 1, "an atlas has at least 2 cells a side, not 1"),
        (np.array([[0.0, np.nan]]), 3, "a point is not finite"),
    ],
)
def test_what_is_no_plane_is_refused(points, cells, said):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        lattice(points, cells)
    assert str(refused.value) == said


def test_bytes_are_rounded_and_clipped():
    images = np.array([[-0.2, 0.0, 0.001, 0.002], [0.5, 0.9990, 1.0, np.inf]])
    made = as_bytes(images)
    assert made.dtype == np.uint8
    np.testing.assert_array_equal(made, [[0, 0, 0, 1], [128, 255, 255, 255]])


def test_bytes_come_back_within_half_a_level():
    images = np.random.default_rng(1).random((5, 8, 8))
    assert np.abs(as_bytes(images) / 255 - images).max() <= 0.5 / 255 + 1e-12


def test_what_is_not_a_number_is_no_image():
    with pytest.raises(ValueError, match=r"^an image holds a value that is not a number$"):
        as_bytes(np.array([[0.5, np.nan]]))


def test_far_is_three_times_the_spacing_of_a_regular_grid():
    points = np.stack(np.meshgrid(np.arange(20.0), np.arange(20.0)), -1).reshape(-1, 2)
    assert far_distance(points / 2) == pytest.approx(1.5)


def test_far_agrees_with_all_distances_at_once():
    points = np.random.default_rng(2).normal(size=(700, 2))  # more than one block
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1)
    np.fill_diagonal(apart, np.inf)
    assert far_distance(points) == pytest.approx(3 * np.quantile(apart.min(1), 0.95))


def test_a_few_lonely_points_do_not_set_the_scale():
    points = np.random.default_rng(3).random((400, 2))
    with_lonely = np.concatenate([points, [[50.0, 50], [-80, 3]]])
    assert far_distance(with_lonely) == pytest.approx(far_distance(points), rel=0.1)


def test_nothing_is_far_from_a_single_place():
    assert far_distance(np.ones((1, 2))) == 0
    assert far_distance(np.ones((9, 2))) == 0


def test_far_scales_with_the_plane():
    points = np.random.default_rng(4).normal(size=(60, 2))
    assert far_distance(7 * points + 3) == pytest.approx(7 * far_distance(points))


def test_a_disc_holds_its_share_of_the_points():
    points = np.array([[3.0, 0], [-1, 0], [1, 2], [1, -2], [1, 4], [1, -4]])
    places, centre, radius = disc(points, 0.6, 3)
    np.testing.assert_array_equal(centre, [1, 0])
    assert radius == 2  # of distances 2, 2, 2, 2, 4, 4
    np.testing.assert_array_equal(places, [[1, -2], [-1, 0], [1, 0], [3, 0], [1, 2]])


def test_the_emptiest_places_by_hand():
    points = np.array([[0.0, 0], [10, 0]])
    places = np.array([[1.0, 0], [4, 0], [6, 0], [9, 0], [10, 3]])
    np.testing.assert_array_equal(emptiest(points, places, 3), [[4, 0], [10, 3], [6, 0]])
    with pytest.raises(ValueError, match="a point is not finite"):
        emptiest(np.array([[np.nan, 0]]), places, 1)
