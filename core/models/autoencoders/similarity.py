"""How alike images look: SSIM by scikit-image."""

import numpy as np
from skimage.metrics import structural_similarity

SMALLEST_SIDE = 11  # pixels: the window of the paper


def ssim(images: np.ndarray, others: np.ndarray, shape: tuple[int, int]) -> float:
    """Mean structural similarity of images (n, height * width) in [0, 1]; 1 only if equal.

    As in the paper: a Gaussian window of 11 x 11 (sigma 1.5), variances of the whole population.
    Raises ValueError if a side has fewer pixels.
    Source: Wang, Bovik, Sheikh & Simoncelli (2004), IEEE Transactions on Image Processing 13.
    """
    if min(shape) < SMALLEST_SIDE:
        raise ValueError(f"SSIM needs at least {SMALLEST_SIDE} pixels a side, not {shape}")
    pairs = zip(np.reshape(images, (-1, *shape)), np.reshape(others, (-1, *shape)), strict=True)
    similarities = [
        structural_similarity(
            np.asarray(one, np.float64),
            np.asarray(other, np.float64),
            data_range=1.0,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        )
        for one, other in pairs
    ]
    return float(np.mean(similarities))
