"""SSIM with the paper's window, and where it is not given."""

import numpy as np
import pytest

from core.models.autoencoders.similarity import ssim

RNG = np.random.default_rng(0)
IMAGES = RNG.random((3, 12 * 15))


def by_hand(x, y):
    """The formula at the one place where the window lies wholly within 11 x 11 pixels."""
    distance = np.arange(11) - 5
    weights = np.exp(-(distance**2) / (2 * 1.5**2))
    window = np.outer(weights, weights) / weights.sum() ** 2
    mean_x, mean_y = (window * x).sum(), (window * y).sum()
    var_x, var_y = (window * x**2).sum() - mean_x**2, (window * y**2).sum() - mean_y**2
    covariance = (window * x * y).sum() - mean_x * mean_y
    c1, c2 = 0.01**2, 0.03**2
    return ((2 * mean_x * mean_y + c1) * (2 * covariance + c2)) / (
        (mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2)
    )


def test_it_is_the_paper_s_formula():
    x, y = RNG.random((2, 11, 11))
    assert ssim(x.reshape(1, -1), y.reshape(1, -1), (11, 11)) == pytest.approx(by_hand(x, y))


def test_equal_images_have_one_and_the_mean_is_taken():
    assert ssim(IMAGES, IMAGES, (12, 15)) == pytest.approx(1)
    others = 1 - IMAGES
    single = [ssim(IMAGES[i : i + 1], others[i : i + 1], (12, 15)) for i in range(3)]
    assert ssim(IMAGES, others, (12, 15)) == pytest.approx(np.mean(single)) and max(single) < 0


def test_smaller_images_have_none():
    with pytest.raises(ValueError, match=r"SSIM needs at least 11 pixels a side, not \(8, 8\)"):
        ssim(IMAGES[:, :64], IMAGES[:, :64], (8, 8))
