"""The rivals against scikit-learn, SciPy and brute force."""

import numpy as np
import pytest
from scipy.ndimage import median_filter as median_of_scipy
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression

from core.data.images.known import images
from core.numeric.autoencoders.denoising import (
    HELD_OUT_STREAM,
    Removers,
    best_k,
    by_level,
    every_component,
    learn_removers,
    learn_wiener,
    median_filter,
    pca_denoiser,
    psnr_db,
    wiener_filter,
)
from core.numeric.autoencoders.noise import Noise

SHAPE = (8, 8)
NOISE = Noise("gaussian", 0.3, 0)


@pytest.fixture(scope="module")
def learned():
    return images("digits").pixels[:400]


@pytest.fixture(scope="module")
def removers(learned):
    return learn_removers(learned, every_component(learned), SHAPE, NOISE)


def test_psnr_is_ten_decibels_for_a_tenth_of_the_square():
    wanted = np.zeros((2, 5))
    assert psnr_db(wanted, np.full((2, 5), np.sqrt(0.1))) == pytest.approx(10)
    assert psnr_db(wanted, wanted) == np.inf


def test_the_wiener_filter_is_least_squares_over_all_pairs(learned):
    pairs = [(learned, NOISE.on(learned, SHAPE, 1, copy)) for copy in range(3)]
    found = wiener_filter(iter(pairs))
    clean, noisy = (np.concatenate(part).astype(float) for part in zip(*pairs, strict=True))
    theirs = LinearRegression().fit(noisy, clean)
    np.testing.assert_allclose(found.matrix, theirs.coef_.T, atol=1e-4)
    np.testing.assert_allclose(found.shift, theirs.intercept_, atol=1e-4)
    said = np.clip(theirs.predict(noisy[:50]), 0, 1)
    np.testing.assert_allclose(found.clean(noisy[:50]), said, atol=1e-4)


def test_of_independent_gaussians_it_is_wiener_s_quotient():
    rng = np.random.default_rng(3)
    clean = rng.normal(0.5, [0.2, 0.1], (200_000, 2))
    noisy = clean + rng.normal(0, 0.1, clean.shape)
    expected = np.diag([0.04 / 0.05, 0.01 / 0.02])
    np.testing.assert_allclose(wiener_filter([(clean, noisy)]).matrix, expected, atol=0.01)


def test_where_pixels_never_change_it_is_still_defined(learned):
    clean = learned.copy()
    clean[:, :10] = 0
    noisy = np.where(clean > 0, NOISE.on(clean, SHAPE, 1), 0)
    found = wiener_filter([(clean, noisy)])
    assert np.isfinite(found.matrix).all()
    np.testing.assert_allclose(found.clean(noisy)[:, :10], 0, atol=1e-6)


def test_pca_as_a_map_is_scikit_learn_s_projection(learned):
    noisy = NOISE.on(learned, SHAPE, 1)
    theirs = PCA(7, svd_solver="full").fit(learned.astype(float))
    said = np.clip(theirs.inverse_transform(theirs.transform(noisy)), 0, 1)
    found = pca_denoiser(every_component(learned), 7)
    np.testing.assert_allclose(found.clean(noisy), said, atol=1e-6)


def test_the_best_k_is_the_best_of_all(learned):
    noisy = NOISE.on(learned, SHAPE, 1)
    pca = every_component(learned)
    reached = [psnr_db(learned, pca_denoiser(pca, k).clean(noisy)) for k in range(1, 65)]
    assert best_k(pca, learned, noisy) == 1 + int(np.argmax(reached))
    assert best_k(pca, learned, learned) > 50  # without noise, all that are not rounding


@pytest.mark.parametrize("shape", [(8, 8), (4, 16), (1, 64)])
def test_the_median_is_scipy_s(learned, shape):
    found = median_filter(learned[:20], shape)
    theirs = median_of_scipy(learned[:20].reshape(-1, *shape), size=(1, 3, 3), mode="nearest")
    np.testing.assert_array_equal(found, theirs.reshape(20, -1))


def test_on_its_noise_the_wiener_filter_is_above_pca(learned, removers):
    held_out = images("digits").pixels[400:900]
    found = by_level(removers.cleaners, held_out, SHAPE, [NOISE])
    noisy = NOISE.on(held_out, SHAPE, HELD_OUT_STREAM)
    assert found["noisy"][0] == pytest.approx(psnr_db(held_out, noisy))
    assert found["wiener"][0] > found["best_pca"][0] > found["noisy"][0] > found["median"][0]
    assert list(found) == ["noisy", "best_pca", "wiener", "median"]
    another = learn_wiener(learned, SHAPE, NOISE)
    np.testing.assert_array_equal(another.matrix, removers.wiener.matrix)


def test_what_is_told_of_the_rivals_makes_them_again(removers):
    again = Removers.of(removers.arrays(), SHAPE, removers.k)
    noisy = NOISE.on(images("digits").pixels[900:910], SHAPE, 1)
    for name, clean in removers.cleaners.items():
        np.testing.assert_allclose(again.cleaners[name](noisy), clean(noisy), atol=1e-5)
    assert {array.dtype for array in removers.arrays().values()} == {np.dtype(np.float32)}
