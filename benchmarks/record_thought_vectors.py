"""Records what vectors of sentences reach: python -m benchmarks.record_thought_vectors [SEEDS].

All methods on all test requests of CLINC150, and on three held-out tales by Voltaire; the lesson
shows it. Learned ones with the defaults of the lesson, anew for each seed.
"""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.__main__ import made_by
from core import pretrained
from core.events import Epoch
from core.experiments.kit.run import train
from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from core.experiments.thought_vectors.run import ThoughtVectors
from core.experiments.thought_vectors.task import Task, baselines, requests, task_of
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.thoughts.means import Mean
from core.numeric.language.thoughts.search import Encoder

FILE = Path(__file__).resolve().parent.parent / "assets" / "recorded" / "thought_vectors.json"
CONFIGS = {
    "paragraph": {},
    "autoencoder": {"method": "autoencoder", "learning_rate": 0.005, "epochs": 8},
}
Reached = dict[str, dict[str, list[float]]]


def main(seeds: int) -> None:
    """Record, and say what comes."""
    told: dict[str, Any] = made_by("benchmarks.record_thought_vectors")
    told["seeds"] = seeds
    for corpus, task in (("intents", requests(50, 30, 1_000)), ("voltaire", None)):
        reached: Reached = {}
        for seed in range(seeds):
            judged_by = task or task_of(ThoughtVectorsConfig(corpus=corpus))
            _add(reached, baselines(judged_by.training, 100, seed), judged_by)
            if corpus == "voltaire" and seed == 0:
                _add(reached, _shipped(judged_by), judged_by)
            for changes in CONFIGS.values():
                config = ThoughtVectorsConfig(corpus=corpus, seed=seed, **changes)
                _add(reached, learned(config), judged_by)
                told[corpus] = reached
                FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def learned(config: ThoughtVectorsConfig) -> dict[str, Encoder]:
    """What a run learns; of an autoencoder, what it began with, too."""
    training = ThoughtVectors(config, None)
    made = {"untrained": training.encoder()} if config.method == "autoencoder" else {}
    for event in train(training):
        if isinstance(event, Epoch):
            print(config.method, config.seed, event.epoch, dict(event.metrics), flush=True)
    encoder = training.encoder()
    return {**made, encoder.name: encoder}


def _shipped(task: Task) -> dict[str, Encoder]:
    """Means of the shipped French vectors, which have read the held-out tales, too."""
    space, _card = pretrained.load("word-embeddings", WordSpace)
    sif = Mean.sif(space, space.counts, task.training)
    return {"shipped_mean": Mean.plain(space), "shipped_sif": sif}


def _add(reached: Reached, encoders: dict[str, Encoder], task: Task) -> None:
    for name, encoder in encoders.items():
        for metric, value in task.judge(encoder, lambda: None).items():
            reached.setdefault(name, {}).setdefault(metric, []).append(round(value, 4))
        print(name, {m: v[-1] for m, v in reached[name].items()}, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
