"""The linear autoencoders that are looked at on the page: the shipped one, and that of a run."""

import numpy as np

from core.data.image_set import Images
from core.experiments.linear_autoencoder import Config
from core.experiments.linear_autoencoder_shipped import NAME
from core.numeric.linear_autoencoder import LinearAutoencoder
from ui import studied
from ui.runs import Run
from ui.studied import Studied


def shipped() -> Studied | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    return studied.shipped(NAME, LinearAutoencoder, Config)


def of_epoch(run: Run) -> Studied | None:
    """The run's network at the epoch that is looked at, None before the first or without images."""
    if run.at is None:
        return None
    mean = run.epochs[0].arrays["mean"]

    def build(_known: Images, weights: dict[str, np.ndarray]) -> LinearAutoencoder:
        return LinearAutoencoder.of({}, {**weights, "mean": mean})

    return studied.of_run(run, build)
