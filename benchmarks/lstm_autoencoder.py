"""The LSTM autoencoder against PCA and the mean beat: on beats cut alike, and carelessly."""

from collections.abc import Mapping
from typing import Any

from benchmarks.row import Row
from core.data.sequences import ecg
from core.events import Finished
from core.experiments.lstm_autoencoder.config import LSTMAutoencoderConfig
from core.experiments.lstm_autoencoder.run import run

_SEEDS = (0, 1, 2)
_SHIFT = 10


def rows() -> list[Row]:
    data = "synthetic" if ecg.missing("ecg5000") else "ecg5000"
    found = []
    for shift in (0, _SHIFT):
        config = LSTMAutoencoderConfig(data=data, shift=shift)
        reached = [_reached(config.replace(seed=seed)) for seed in _SEEDS]
        how = f"shifted by up to {shift} samples" if shift else "as they are cut"
        found.append(
            Row(
                f"LSTM autoencoder, {data} beats {how}, k = {config.latent_dim}, "
                f"{len(_SEEDS)} seeds: seconds, ROC AUC, error on normal beats",
                _told(reached, "train_s", "auc", "mse"),
                f"PCA, k = {config.latent_dim}: {_told(reached, 'pca_auc', 'pca_mse')}; PCA with "
                f"the best k: {_told(reached, 'pca_best_auc')}; mean beat: "
                f"{_told(reached, 'mean_beat_auc')}",
            )
        )
    return found


def _reached(config: LSTMAutoencoderConfig) -> Mapping[str, Any]:
    return next(event.metrics for event in run(config) if isinstance(event, Finished))


def _told(reached: list[Mapping[str, Any]], *metrics: str) -> str:
    """Of each metric the lowest and the highest of the runs."""
    said = []
    for metric in metrics:
        values = sorted(metrics_[metric] for metrics_ in reached)
        form = ".0f" if metric == "train_s" else ".3f"
        said.append(f"{values[0]:{form}} to {values[-1]:{form}}{' s' * (metric == 'train_s')}")
    return ", ".join(said)
