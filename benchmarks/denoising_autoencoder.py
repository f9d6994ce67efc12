"""The denoising autoencoder against the Wiener filter, the best PCA and a median, on the digits."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.row import Row
from core.data.images.known import images
from core.events import Finished
from core.experiments.denoising_autoencoder.config import DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.run import run

_LEVELS = (0.3, 0.5)
_SEEDS = range(5)


def rows() -> list[Row]:
    list(
        run(DenoisingAutoencoderConfig(epochs=1, copies=1))
    )  # so that nobody's first call is timed
    count = len(images("digits").labels)
    found = []
    for level in _LEVELS:
        reached = [_reached(DenoisingAutoencoderConfig(level=level, seed=seed)) for seed in _SEEDS]
        gains = [said["psnr_db"] - said["wiener_psnr_db"] for said in reached]
        found.append(
            Row(
                f"denoising, {count:,} digits, Gaussian {level}, clipped, seeds 0 to 4, "
                f"{_mean(reached, 'train_s'):.0f} s each: PSNR, gain over the Wiener filter, "
                "mean and worst",
                f"{_mean(reached, 'psnr_db'):.2f} dB, +{sum(gains) / len(gains):.2f} and "
                f"+{min(gains):.2f} dB",
                "at least +1 dB; "
                + ", ".join(
                    f"{name} {_mean(reached, f'{key}_psnr_db'):.2f} dB"
                    for key, name in (
                        ("wiener", "Wiener filter"),
                        ("best_pca", "best PCA"),
                        ("median", "median 3 × 3"),
                        ("noisy", "nothing done"),
                    )
                ),
            )
        )
    return found


def _mean(reached: Sequence[Mapping[str, Any]], name: str) -> float:
    return sum(said[name] for said in reached) / len(reached)


def _reached(config: DenoisingAutoencoderConfig) -> Mapping[str, Any]:
    for event in run(config):
        if isinstance(event, Finished):
            return event.metrics
    raise AssertionError("a run that did not finish")
