"""The linear autoencoders that are looked at on the page: the shipped one, and that of a run."""

import numpy as np

from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.experiments.linear_autoencoder.recipe import NAME
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from ui.autoencoders.evaluation import Evaluation, evaluate_run, evaluate_shipped
from ui.runs.run import Run


def shipped() -> Evaluation | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    return evaluate_shipped(NAME, LinearAutoencoderConfig, LinearAutoencoder)


def of_epoch(run: Run) -> Evaluation | None:
    """The run's network at the epoch that is looked at, None before the first or without images."""

    def build(weights: dict[str, np.ndarray]) -> LinearAutoencoder:
        return LinearAutoencoder.of({}, {**weights, "mean": run.epochs[0].arrays["mean"]})

    return evaluate_run(run, build)
