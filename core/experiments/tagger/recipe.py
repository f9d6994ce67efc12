"""The shipped French taggers: how they are made, scored and described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.tagger.config import TaggerConfig
from core.experiments.tagger.run import run
from core.experiments.tagger.task import Task
from core.numeric.language.tagging import scores, spans
from core.numeric.language.tagging.book import BookNotes
from core.numeric.language.tagging.tagger import Tagger

RECIPE = "tagger"
CONFIGS = {
    "tagger": TaggerConfig(),
    "tagger-names": TaggerConfig(data="novels", book=True, epochs=5),
}
_ABOUT = {
    "tagger": "Parts of speech of French words: LSTMs from both sides, letters, a transition layer",
    "tagger-names": "Names in French novels, learned on Balzac, Maupassant and Zola: the same",
}


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train both and write weights and cards to ``folder``; log: hears a line after each epoch.

    Raises Problem if the sentences are not on this machine.
    """
    for name, config in CONFIGS.items():
        task = Task.of(config)
        end, seconds = recipe.follow(
            name, run(config), log, lambda metrics: f"{metrics['score']:.4f}"
        )
        model = Tagger(task.network, end.arrays, task.tags)
        publish(name, model, task, end.metrics, seconds, folder)


def publish(
    name: str,
    model: Tagger,
    task: Task,
    metrics: Mapping[str, float],
    seconds: float,
    folder: Path,
) -> pretrained.Card:
    """Score the model as it is stored, in half precision, and write it with its card."""
    stored = pretrained.as_stored(model)
    known = scores.known_words(task.test.words, task.training.words)
    found = {}
    # of a visitor's sentence the rest of the book is not known: so it is scored alone, too
    for around in ("book", "alone") if task.has_book else ("",):
        given = _answers(stored, task, around == "book")
        prefix = "alone_" if around == "alone" else ""
        told = scores.tag_scores(task.test.tags, given, known, task.corpus.spans)
        found |= {f"{prefix}{metric}": value for metric, value in told.items()}
        if task.corpus.spans:
            kinds = spans.count(task.test.tags, given)[1]
            found |= {f"{prefix}f1_{kind}": counts.f1 for kind, counts in kinds.items()}
    others = {
        n: v for n, v in metrics.items() if n.startswith("baseline_") or n in ("left", "right")
    }
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
            **found,
            "train_words": task.training.size,
            "test_words": task.test.size,
            "train_s": metrics["train_s"],
            **others,
        },
    )


def _answers(tagger: Tagger, task: Task, in_books: bool) -> list[list[str]]:
    """The tags that a tagger gives the held-out sentences."""
    books: dict[int, BookNotes] = {}
    if in_books:
        for number in set(task.test.documents):
            documents = np.array(task.test.documents) == number
            books[number] = BookNotes(
                words for words, is_of in zip(task.test.words, documents, strict=True) if is_of
            )
    return [
        tagger.named(tagger.read(words, books.get(document)).best)
        for words, document in zip(task.test.words, task.test.documents, strict=True)
    ]
