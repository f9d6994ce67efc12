"""The shipped classifiers of film reviews: how they are made, scored and described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.text_class.config import TextClassConfig
from core.experiments.text_class.run import run
from core.experiments.text_class.task import Task
from core.numeric.activations import softmax
from core.numeric.language.classify import scores
from core.numeric.language.classify.classifier import TextClassifier

RECIPE = "text-class"
CONFIGS = {
    "text-class": TextClassConfig(),
    "text-class-both": TextClassConfig(
        network="gru",
        bidirectional=True,
        start="random",
        hidden_words=0.3,
        learning_rate=5e-3,
        dim=16,
        units=16,
        epochs=5,
    ),
}
_ABOUT = {
    "text-class": "Film reviews, negative or positive: naive Bayes and a mean of words, learned on",
    "text-class-both": "Film reviews, negative or positive: a GRU in both directions",
}


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train both and write weights and cards to ``folder``; log: hears a line after each epoch.

    Raises Problem if the reviews are not on this machine.
    """
    for name, config in CONFIGS.items():
        task = Task.of(config)
        end, seconds = recipe.follow(
            name, run(config), log, lambda metrics: f"{metrics['accuracy']:.4f} right"
        )
        model = TextClassifier(task.network, end.arrays, task.data.classes)
        publish(name, model, task, end.metrics, seconds, folder)


def publish(
    name: str,
    model: TextClassifier,
    task: Task,
    metrics: Mapping[str, float],
    seconds: float,
    folder: Path,
) -> pretrained.Card:
    """Score the model as it is stored, in half precision, and write it with its card."""
    stored = pretrained.as_stored(model)
    texts, truth = task.some(task.test), task.data.labels[task.test]
    parts = [stored.network.logits(stored.weights, texts[at : at + 100]) for at in _starts(texts)]
    shares = softmax(np.concatenate(parts).astype(float))
    counts = scores.confusion(truth, shares.argmax(1), task.classes)
    baselines = {n: value for n, value in metrics.items() if n.startswith("baseline_")}
    return recipe.publish(
        name,
        model,
        folder,
        recipe=RECIPE,
        seconds=seconds,
        about=f"{_ABOUT[name]}.",
        config=task.config.to_dict(),
        metrics={
            "params": model.params,
            "accuracy": float(np.mean(shares.argmax(1) == truth)),
            "macro_f1": scores.macro_f1(counts),
            "ece": scores.calibration_error(scores.reliability(shares, truth)),
            "test_texts": len(texts),
            **baselines,
        },
    )


def _starts(texts: list) -> range:
    return range(0, len(texts), 100)
