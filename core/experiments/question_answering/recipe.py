"""The shipped memory networks of both tasks: how they are made, scored and described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.experiments.question_answering.run import run
from core.experiments.question_answering.task import Task
from core.numeric.language.answering.answerer import StoryAnswerer
from core.numeric.language.answering.network import facts_found

RECIPE = "question-answering"
CONFIGS = {
    "question-answering": QuestionAnsweringConfig(),
    "question-answering-one": QuestionAnsweringConfig(task="one", hops=1, epochs=5),
}
_ABOUT = {
    "question-answering": "Where a thing is: bAbI's task 2, two supporting facts, three hops.",
    "question-answering-one": "Where a person is: bAbI's task 1, one supporting fact, one hop.",
}


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train both and write weights and cards to ``folder``; log: hears a line after each epoch.

    Raises Problem if bAbI is not on this machine.
    """
    for name, config in CONFIGS.items():
        task = Task.of(config)
        end, seconds = recipe.follow(
            name, run(config), log, lambda metrics: f"{metrics['accuracy']:.4f} right"
        )
        model = StoryAnswerer(task.network, end.arrays)
        publish(name, model, task, end.metrics, seconds, folder)


def publish(
    name: str,
    model: StoryAnswerer,
    task: Task,
    metrics: Mapping[str, float],
    seconds: float,
    folder: Path,
) -> pretrained.Card:
    """Score the model as it is stored, in half precision, and write it with its card."""
    stored = pretrained.as_stored(model)
    places = np.arange(len(task.test))
    read = stored.network.read(stored.weights, *task.tested.inputs(places))
    right = read.probabilities.argmax(1) == task.tested.answers
    baselines = {n: value for n, value in metrics.items() if n.startswith("baseline_")}
    return recipe.publish(
        name,
        model,
        folder,
        recipe=RECIPE,
        seconds=seconds,
        about=_ABOUT[name],
        config=task.config.to_dict(),
        metrics={
            "params": model.params,
            "accuracy": float(np.mean(right)),
            "facts_found": float(np.mean(facts_found(read.attention, task.facts))),
            "test_questions": len(task.test),
            "train_s": metrics["train_s"],
            **baselines,
        },
    )
