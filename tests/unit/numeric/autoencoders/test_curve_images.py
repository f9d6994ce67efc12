"""Curves as pictures: where the ink is, how thick a line, and what a steep flank leaves."""

import numpy as np
import pytest

from core.numeric.autoencoders.curve_images import curve_images


def test_a_flat_line_is_a_row_of_ink():
    (image,) = curve_images(np.zeros((1, 50)), (11, 8), -1, 1)
    assert image.shape == (11, 8) and image.dtype == np.float32
    np.testing.assert_array_equal(image[5], 1)
    np.testing.assert_allclose(image[[4, 6]], 0.1, atol=1e-6)
    np.testing.assert_array_equal(np.delete(image, [4, 5, 6], 0), 0)


def test_high_is_up_and_what_is_beyond_lies_at_the_rim():
    images = curve_images(np.array([[1.0, 1.0], [-1.0, -1.0], [9.0, 9.0]]), (7, 3), -1, 1)
    assert images.argmax(1).tolist() == [[0, 0, 0], [6, 6, 6], [0, 0, 0]]


def test_a_peak_between_two_columns_keeps_its_height():
    signal = np.zeros((1, 41))
    signal[0, 13] = 1
    (image,) = curve_images(signal, (21, 10), 0, 1)
    assert image[0].max() == 1  # its column goes from bottom to top
    column = int(image[0].argmax())
    np.testing.assert_array_equal(image[:, column], 1)


def test_a_jump_is_a_line_not_dots():
    signal = np.repeat([[0.0, 1.0]], 20, axis=1)
    (image,) = curve_images(np.sort(signal), (15, 12), 0, 1)
    assert (image.max(1) == 1).all()


def test_a_falling_line_follows_its_values():
    (image,) = curve_images(np.linspace(1, -1, 200)[None], (40, 40), -1, 1)
    middle = (image * np.arange(40)[:, None]).sum(0) / image.sum(0)
    np.testing.assert_allclose(middle, np.arange(40) * 39 / 40 + 39 / 80, atol=0.3)


def test_what_cannot_be_drawn_is_told():
    with pytest.raises(ValueError, match=r"^a curve has at least 2 samples, not 1$"):
        curve_images(np.zeros((3, 1)), (4, 4), 0, 1)
    with pytest.raises(ValueError, match=r"^the lowest value must be below the highest, not 1, 1$"):
        curve_images(np.zeros((3, 5)), (4, 4), 1, 1)
