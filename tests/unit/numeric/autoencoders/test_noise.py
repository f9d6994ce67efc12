"""Noise: its amount, its bounds, and that another level does not draw other places."""

import numpy as np
import pytest

from core.numeric.autoencoders.noise import KINDS, corrupted

GREY = np.full((400, 64), 0.5, np.float32)


def noisy(kind, level, pixels=GREY, shape=(8, 8), seed=1):
    return corrupted(pixels, shape, kind, level, np.random.default_rng(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_it_stays_in_bounds_and_leaves_what_it_was_given(kind):
    before = GREY.copy()
    spoilt = noisy(kind, 0.7)
    assert spoilt.dtype == np.float32 and spoilt.shape == GREY.shape
    assert spoilt.min() >= 0 and spoilt.max() <= 1
    np.testing.assert_array_equal(GREY, before)
    np.testing.assert_array_equal(spoilt, noisy(kind, 0.7))
    assert (spoilt != noisy(kind, 0.7, seed=2)).any()


def test_gaussian_noise_has_its_standard_deviation_and_its_pattern_grows():
    little, more = noisy("gaussian", 0.05) - GREY, noisy("gaussian", 0.1) - GREY
    assert little.std() == pytest.approx(0.05, rel=0.02)
    np.testing.assert_allclose(more, 2 * little, atol=1e-6)


def test_salt_and_pepper_come_as_often_and_higher_levels_spoil_the_same_pixels_too():
    little, more = noisy("salt_pepper", 0.1), noisy("salt_pepper", 0.4)
    assert np.mean(little == 0) == pytest.approx(0.05, abs=0.005)
    assert np.mean(little == 1) == pytest.approx(0.05, abs=0.005)
    assert np.mean(more != 0.5) == pytest.approx(0.4, abs=0.01)
    assert (more[little != 0.5] == little[little != 0.5]).all()
    assert (noisy("salt_pepper", 1.0) != 0.5).all()


@pytest.mark.parametrize(("level", "side"), [(0.05, 1), (0.3, 2), (0.5, 4), (1.0, 8)])
def test_a_missing_block_is_a_square_of_nothing(level, side):
    missing = noisy("block", level).reshape(-1, 8, 8) == 0
    for image in missing[:50]:
        rows, columns = np.flatnonzero(image.any(1)), np.flatnonzero(image.any(0))
        assert len(rows) == len(columns) == side and image.sum() == side**2
        assert np.ptp(rows) == np.ptp(columns) == side - 1
    assert missing.any(0).all()  # everywhere, sooner or later


def test_a_block_in_a_row_of_a_table_is_a_stretch_of_it():
    missing = noisy("block", 0.25, np.full((20, 12), 0.5, np.float32), (1, 12)) == 0
    assert (missing.sum(1) == 3).all()


def test_there_is_no_other_kind():
    with pytest.raises(KeyError):
        noisy("speckle", 0.3)
