"""The linear autoencoders that are looked at on the page: the shipped one, and that of a run."""

import numpy as np

from core.data.images.image_set import Images
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.experiments.linear_autoencoder.recipe import NAME
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from ui.autoencoders import studied
from ui.autoencoders.studied import Studied
from ui.runs.run import Run


def shipped() -> Studied | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    return studied.shipped(NAME, LinearAutoencoder, LinearAutoencoderConfig)


def of_epoch(run: Run) -> Studied | None:
    """The run's network at the epoch that is looked at, None before the first or without images."""
    if not run.epochs:
        return None
    mean = run.epochs[0].arrays["mean"]

    def build(_known: Images, weights: dict[str, np.ndarray]) -> LinearAutoencoder:
        return LinearAutoencoder.of({}, {**weights, "mean": mean})

    return studied.of_run(run, build)
