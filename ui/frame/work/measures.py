"""Of each experiment the lesson that it belongs to, and the number that its runs are told by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.experiments import Experiment, experiment
from core.messages import N_
from ui.course import LESSONS, Lesson
from ui.texts import _


@dataclass(frozen=True)
class Measure:
    """A metric of an experiment's epochs.

    lesson: its name. words: marked, with ``cell`` for their field. lower: whether less is better.
    """

    lesson: str
    metric: str
    words: str
    cell: str = ""
    lower: bool = False

    @property
    def label(self) -> str:
        """What people call it."""
        return _(self.words).format(cell=self.cell)


_ACCURACY, _MSE = N_("held-out accuracy"), N_("Held-out error (MSE)")
_ERROR = N_("{cell} error")
_MEASURES = {
    "feed-forward": Measure("sequential-data", "dense_accuracy", N_("dense")),
    "keras-model": Measure("keras-workbench", "accuracy", N_("accuracy")),
    "next-value": Measure("next-value", "test_rmse", N_("held-out RMSE"), lower=True),
    "sequence-class": Measure("sequence-class", "accuracy", _ACCURACY),
    "discover-patterns": Measure("discover-patterns", "accuracy", N_("next sign right")),
    "gradient-flow": Measure("gradient-flow", "lstm_test_rmse", _ERROR, "LSTM", lower=True),
    "long-memory": Measure("long-memory", "lstm_validation", _ERROR, "LSTM", lower=True),
    "calculator": Measure("calculator", "exact_match", N_("exact match")),
    "number-words": Measure("number-words", "exact_match", N_("Right answers")),
    "linear-autoencoder": Measure("linear-autoencoder", "mse", _MSE, lower=True),
    "autoencoder": Measure("autoencoder", "mse", _MSE, lower=True),
    "denoising-autoencoder": Measure("denoising-autoencoder", "psnr_db", N_("PSNR (dB)")),
    "sparse-autoencoder": Measure("sparse-autoencoder", "mse", _MSE, lower=True),
    "variational-autoencoder": Measure("variational-autoencoder", "elbo_nats", N_("ELBO, nats")),
    "lstm-autoencoder": Measure("lstm-autoencoder", "auc", N_("Area under the ROC")),
    "voltaire": Measure("voltaire", "valid_bits", N_("bits per character"), lower=True),
    "word-embeddings": Measure(
        "word-embeddings", "neighbour_category_accuracy", N_("Neighbour’s category")
    ),
    "thought-vectors": Measure(
        "thought-vectors", "neighbour_auc", N_("the next passage is nearer")
    ),
    "text-class": Measure("text-class", "accuracy", _ACCURACY),
    "tagger": Measure("tagger", "score", N_("held-out score")),
    "translation": Measure("translation", "bleu", N_("BLEU")),
    "question-answering": Measure("question-answering", "accuracy", _ACCURACY),
    "spoken-digits": Measure("spoken-digits", "accuracy", _ACCURACY),
}


def measure_of(experiment: str, metrics: Mapping[str, object]) -> Measure | None:
    """The number by which runs are told that have these metrics; None where they lack it."""
    measure = _MEASURES.get(experiment)
    return measure if measure and measure.metric in metrics else None


def experiments_of(lesson: str) -> list[Experiment[Any]]:
    """The experiments that a lesson trains."""
    return [experiment(name) for name, one in _MEASURES.items() if one.lesson == lesson]


def lesson_of(experiment: str) -> Lesson | None:
    """The lesson that trains it."""
    measure = _MEASURES.get(experiment)
    return LESSONS[measure.lesson] if measure else None


def experiment_of(lesson: str) -> tuple[str, Measure] | None:
    """The experiment that a lesson trains, and the number that its runs are told by."""
    return next((pair for pair in _MEASURES.items() if pair[1].lesson == lesson), None)
