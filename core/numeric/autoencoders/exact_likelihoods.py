"""Models whose likelihood is known exactly: what a bound is to be held against."""

import numpy as np

from core.numeric.principal import Components

_LEAST_VARIANCE = 1e-6  # where the data have none left


def noise_variance(pca: Components, features: int) -> float:
    """The likeliest variance of the noise: the mean of the variances that PCA leaves out."""
    k = len(pca.axes)
    return max(float(pca.variances[k:].sum()) / max(1, features - k), _LEAST_VARIANCE)


def ppca_log_likelihood(pca: Components, data: np.ndarray) -> np.ndarray:
    """The exact log p(x) in nats, float (n,), of data (n, features) by probabilistic PCA.

    pca: of the data that it was fitted to, with its first k axes; the covariance is
    W W^T + sigma^2 I, as likely as it can be made.
    Source: Tipping & Bishop (1999), Journal of the Royal Statistical Society B 61.
    """
    features, k = data.shape[1], len(pca.axes)
    sigma2 = noise_variance(pca, features)
    along = np.maximum(pca.variances[:k], sigma2)
    codes = pca.project(data)
    rest = ((data - pca.mean) ** 2).sum(1) - (codes**2).sum(1)
    log_det = np.log(along).sum() + (features - k) * np.log(sigma2)
    distance = (codes**2 / along).sum(1) + rest / sigma2
    return -0.5 * (features * np.log(2 * np.pi) + log_det + distance)


def normal_log_likelihood(
    learned: np.ndarray, data: np.ndarray, least_deviation: float
) -> np.ndarray:
    """Log p(x) in nats, exact, float (n,), of data (n, features) by one normal distribution.

    learned: (m, features), whose mean and covariance it has; in no direction is its standard
    deviation below ``least_deviation``, for images have pixels that never change.
    """
    mean = learned.mean(0, dtype=np.float64)
    variances, axes = np.linalg.eigh(np.cov(learned, rowvar=False, dtype=np.float64))
    variances = np.maximum(variances, least_deviation**2)
    apart = (data - mean) @ axes
    return -0.5 * (np.log(2 * np.pi * variances) + apart**2 / variances).sum(1)
