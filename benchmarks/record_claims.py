"""Record in how many of ten seeds a lesson's claim holds, by ``core.sweeps``.

    python -m benchmarks.record_claims [CLAIM ...]    all, or those named

Runs are kept in build/claims: what was stopped goes on from there.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.__main__ import made_by
from core.sweeps import sweep
from core.sweeps.metrics import better
from core.sweeps.statistics import spread

SEEDS = 10
FILE = Path(__file__).parents[1] / "assets" / "recorded" / "claims.json"
_RUNS = Path(__file__).parents[1] / "build" / "claims"


@dataclass(frozen=True)
class Claim:
    """That a metric of an experiment's runs is ahead of others that the same runs tell.

    settings: those that are not the defaults. rivals: the metrics of what it is held against.
    """

    experiment: str
    metric: str
    rivals: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)


CLAIMS = {
    "lstm-autoencoder-shifted": Claim(
        "lstm-autoencoder",
        "auc",
        ("pca_auc", "pca_best_auc", "mean_beat_auc"),
        {"data": "synthetic", "shift": 10},
    ),
    "denoising-autoencoder": Claim(
        "denoising-autoencoder", "psnr_db", ("wiener_psnr_db", "best_pca_psnr_db")
    ),
    "sparse-autoencoder": Claim("sparse-autoencoder", "mse", ("pca_mse",)),
}


def recorded(name: str) -> dict[str, Any]:
    """What the runs of a claim reach, and in how many of them it is ahead of each rival."""
    claim = CLAIMS[name]
    rows = sweep(
        claim.experiment, seeds=SEEDS, set=claim.settings, out=_RUNS / name, jobs=1, progress=True
    )
    ended = rows[rows.error == ""]
    ahead = {
        rival: int(sum((ended[claim.metric] - ended[rival]) * better(claim.metric) > 0))
        for rival in claim.rivals
    }
    reached = {metric: _spread(ended[metric]) for metric in (claim.metric, *claim.rivals)}
    return {
        "experiment": claim.experiment,
        "settings": dict(claim.settings),
        "metric": claim.metric,
        "seeds": len(ended),
        "ahead": ahead,
        "reached": reached,
        "card": made_by("benchmarks.record_claims"),
    }


def _spread(values: Any) -> dict[str, float]:
    """Median, quartiles and ends, to four digits."""
    of = spread(list(values))
    found = {"median": of.median, "low": of.low, "high": of.high}
    found |= {"least": min(values), "most": max(values)}
    return {name: float(f"{value:.4g}") for name, value in found.items()}


def main(names: list[str]) -> int:
    """Record claims; those that are not named stay as they are."""
    told = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    for name in names or CLAIMS:
        told[name] = recorded(name)
        FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
