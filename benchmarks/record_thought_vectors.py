"""Records what vectors of sentences reach: python -m benchmarks.record_thought_vectors

All methods on all test requests of CLINC150, and on three held-out tales by Voltaire; the lesson
shows it. Learned ones with the defaults of the lesson, anew for each seed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.__main__ import made_by
from core import pretrained
from core.events import Epoch
from core.experiments.kit.run import Scores, train
from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from core.experiments.thought_vectors.run import ThoughtVectors
from core.experiments.thought_vectors.task import Task, baselines, requests, task_of
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.thoughts.means import Mean
from core.numeric.language.thoughts.search import Encoder

FILE = Path(__file__).resolve().parent.parent / "assets" / "recorded" / "thought_vectors.json"
CONFIGS = {
    "paragraph": {},
    "autoencoder": {"method": "autoencoder", "learning_rate": 0.005, "epochs": 5},
}
SEEDS = {"counting": 3, "paragraph": 3, "autoencoder": 2}
Reached = dict[str, dict[str, list[float]]]


def main() -> None:
    """Record, and say what comes."""
    told: dict[str, Any] = made_by("benchmarks.record_thought_vectors")
    for corpus in ("intents", "voltaire"):
        for reached in measured(corpus):
            told[corpus] = reached
            FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def measured(corpus: str) -> Iterator[Reached]:
    """Of each method and metric the value of every seed, more and more of them."""
    config = ThoughtVectorsConfig(corpus=corpus)
    task = requests(50, 30, 1_000) if corpus == "intents" else task_of(config)
    reached: Reached = {}
    for seed in range(SEEDS["counting"]):
        _add(reached, baselines(task.training, 100, seed), task)
    if corpus == "voltaire":
        _add(reached, _shipped(task), task)
    for method, changes in CONFIGS.items():
        for seed in range(SEEDS[method]):
            _add(reached, learned(config.replace(seed=seed, **changes)), task)
            yield reached


class _Unjudged(ThoughtVectors):
    """A training whose epochs are not judged, which takes as long as they do."""

    def score(self, last: bool) -> Scores:
        """Nothing."""
        return Scores()


def learned(config: ThoughtVectorsConfig) -> dict[str, Encoder]:
    """What a run learns; of an autoencoder, what it began with, too."""
    training = _Unjudged(config, None)
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
        told = task.judge(encoder, lambda: None)
        told |= task.probe(encoder) if name == "tfidf" else {}
        for metric, value in told.items():
            reached.setdefault(name, {}).setdefault(metric, []).append(round(value, 4))
        print(name, {m: v[-1] for m, v in reached[name].items()}, flush=True)


if __name__ == "__main__":
    main()
