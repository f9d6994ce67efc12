"""The shipped autoencoders beside PCA, one of them to be looked into; and a run's figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core import pretrained
from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from core.experiments.kit.config import Config, choice
from core.messages import N_
from core.numeric.autoencoders.autoencoder import Architecture
from ui.autoencoders.evaluation import (
    Evaluation,
    alt_after,
    alt_of_shipped,
    evaluate_run,
    evaluate_shipped,
    shipped_is_missing,
    where_weights_are,
)
from ui.autoencoders.linked_planes import linked_planes
from ui.autoencoders.reconstructions import reconstructions
from ui.components.table import markdown_table
from ui.layout import side_by_side
from ui.notices import significant
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, number, percent

# What the page calls a shipped network -> its name and its words.
SHIPPED: Mapping[str, tuple[str, str]] = {
    "deep": (NAME, N_("Deep")),
    "simple": (f"{NAME}-simple", N_("One hidden layer")),
    "greedy": (f"{NAME}-greedy", N_("Deep, greedy")),
    "convolutional": (f"{NAME}-convolutional", N_("Convolutional")),
}

# Metric -> how it is written.
_CELLS: Mapping[str, Callable[[Any], str]] = {
    "mse": lambda x: significant(x, 3),
    "knn_accuracy": lambda x: percent(x, 1, tabular=True),
    "trustworthiness": lambda x: number(x, 3, tabular=True),
    "train_s": lambda seconds: significant(seconds, 2) if seconds else "–",
    "params": lambda x: number(x, 0),
}


@dataclass(frozen=True)
class AutoencoderLook(Config):
    """Which of the shipped networks is looked into."""

    network: str = choice(
        "deep",
        {which: words for which, (_name, words) in SHIPPED.items()},
        N_("Shipped network"),
        N_("All learned the same digits with k = 2; they differ in layers and training alone."),
    )


@st.fragment
def instrument():
    """The planes and the reconstructions of a shipped network, and the table of them all."""
    config = controls(AutoencoderLook, strip=("network",))
    if config is None:
        return
    evaluation = evaluate_shipped(SHIPPED[config.network][0], AutoencoderConfig)
    if evaluation is None:
        shipped_is_missing()
        return
    planes_and_images(
        evaluation,
        alt_of_shipped(evaluation),
        planes="autoencoder.planes",
        images="autoencoder.digits",
        opens=True,
    )
    st.markdown(_table(config.network))
    st.caption(_("The shipped networks, each trained once; times as on the day they were made."))


@st.fragment
def planes_and_images(
    evaluation: Evaluation, alt: str, *, planes: str, images: str, opens: bool = False
):
    """The planes, and beneath them images there and back, that under the hand the last of them.

    planes, images: the keys of both. opens: as of ``linked_planes``.
    """
    picked = linked_planes(evaluation, key=planes, alt=alt, opens=opens)
    if evaluation.model is not None:
        st.caption(layers(evaluation.network.architecture))
        errors = evaluation.mse(evaluation.reconstructions), evaluation.mse(evaluation.of_pca)
        title = title_of(*errors, evaluation.k)
        reconstructions(evaluation, key=images, title=title, picked=picked)


def layers(architecture: Architecture) -> str:
    """Its layers from the image over the code, in bold, and back: units, or maps of a size."""
    a = architecture
    ends = f"{a.shape[0]} × {a.shape[1]}" if a.convolutional else str(a.features)
    hidden = [str(units) for units in a.hidden]
    if a.convolutional:
        sizes = a.sizes()[1:]
        hidden = [f"{h} × {w} × {n}" for (h, w), n in zip(sizes, a.hidden, strict=True)]
    way = [ends, *hidden, f"**{a.latent_dim}**", *reversed(hidden), ends]
    return " → ".join(way)


def title_of(error: float, pca_error: float, k: int) -> str:
    """Which of the two has the smaller error, in a sentence."""
    ratio = significant(error / pca_error, 2)
    if error < pca_error:
        return _("Through k = {k} and back: {ratio} times PCA's error").format(k=k, ratio=ratio)
    return _("Through k = {k} and back: PCA is better; {ratio} times PCA's error").format(
        k=k, ratio=ratio
    )


def _table(chosen: str) -> str:
    """What all of them reach on the held-out digits by their cards, and PCA."""
    here = pretrained.names()
    metrics = {
        which: pretrained.card(name)["metrics"]
        for which, (name, _words) in SHIPPED.items()
        if name in here
    }
    quickest = min(each["pca_train_s"] for each in metrics.values())
    rows = [(_("PCA"), of_pca(metrics[chosen]) | {"train_s": quickest})]
    for which, each in metrics.items():
        words = _(SHIPPED[which][1])
        rows.append((f"**{words}**" if which == chosen else words, each))
    rows.append(_of_pixels(metrics[chosen]))
    return table(_("Held-out digits"), rows)


def comparison(run: Run) -> str:
    """The run beside PCA at the epoch that is looked at; at its end, with what only that tells."""
    metrics = {**run.at.metrics, "train_s": run.at.train_s, "params": run.started.params}
    if run.end:
        metrics |= run.end.metrics
    rows = [(_("PCA"), of_pca(metrics)), (_("autoencoder"), metrics)]
    if "pixel_knn_accuracy" in metrics:
        rows.append(_of_pixels(metrics))
    return table(_("Epoch {epoch}").format(epoch=run.at.epoch), rows)


def of_pca(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """What ``metrics`` say of PCA, by the names of what they say of the network."""
    return {n.removeprefix("pca_"): value for n, value in metrics.items() if n.startswith("pca_")}


def _of_pixels(metrics: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The row of the images as they are."""
    return _("the pixels themselves"), {"knn_accuracy": metrics["pixel_knn_accuracy"]}


def table(title: str, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A table in Markdown: a row for each name and its metrics, a dash where one is not known."""
    columns = _("Error (MSE)"), _("5-NN"), _("Trustworthiness"), _("Training (s)"), _("Weights")
    cells = [
        (name, *(words(each[n]) if n in each else "–" for n, words in _CELLS.items()))
        for name, each in rows
    ]
    return markdown_table((title, *columns), cells)


def draw(run: Run):
    """Every figure of the run, as of the epoch that is looked at."""
    if not run.epochs:
        error_curve(run)
        return
    side_by_side(lambda: error_curve(run), lambda: accuracy_curve(run))
    st.markdown(comparison(run))
    inside(run)


def stages(config: AutoencoderConfig) -> list[tuple[float, str]]:
    """Where each stage of a greedy pre-training ends, in epochs, and what learned in it."""
    if config.pretraining != "greedy":
        return []
    return [
        (pair * config.pretraining_epochs, _("pair {number}").format(number=pair))
        for pair in range(1, config.depth + 2)
    ]


def error_curve(run: Run):
    """The error on training and held-out images, over PCA's."""
    title = _("Held-out error: the line is PCA's")
    if run.epochs:
        title = title_of(run.at.metrics["mse"], run.at.metrics["pca_mse"], run.config.latent_dim)
    training_curve(
        run,
        key="autoencoder.error",
        title=title,
        y_title=_("Error (MSE)"),
        step_metric="train_loss",
        epoch_metrics={"mse": _("held out")},
        references={"pca_mse": _("PCA, held out")},
        colour="autoencoder",
        log_y=True,
        marks=stages(run.config),
    )


def accuracy_curve(run: Run):
    """How many held-out images have the class of most of their neighbours in the code."""
    if "knn_accuracy" not in run.at.metrics:
        st.caption(_("Without labels nothing can be said about classes."))
        return
    training_curve(
        run,
        key="autoencoder.accuracy",
        title=_("Neighbours in the code give the class of {share}").format(
            share=percent(run.at.metrics["knn_accuracy"])
        ),
        y_title=_("5-NN accuracy"),
        epoch_metrics={"knn_accuracy": _("held out")},
        references={"pca_knn_accuracy": _("PCA, held out")},
        colour="autoencoder",
        marks=stages(run.config),
    )


def inside(run: Run):
    """Images there and back and the planes, by the network of the epoch that is looked at."""
    run = where_weights_are(run)
    evaluation = evaluate_run(run)
    if evaluation is None:
        return
    planes_and_images(
        evaluation,
        alt_after(run),
        planes="autoencoder.run_planes",
        images="autoencoder.run_digits",
    )
