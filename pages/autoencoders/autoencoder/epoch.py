"""What a run has come to at an epoch: curves over PCA's, the comparison, images and planes."""

import streamlit as st

from core.experiments.autoencoder.config import AutoencoderConfig
from pages.autoencoders.autoencoder.instrument import (
    comparison,
    layers,
    planes_and_images,
    title_of,
)
from ui.autoencoders.evaluation import alt_after, evaluate_run, where_weights_are
from ui.layout import side_by_side
from ui.runs.curves import training_curve
from ui.runs.run import Run
from ui.texts import _, percent


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
        st.caption(_("Without labels nothing can be said of classes."))
        return
    training_curve(
        run,
        key="autoencoder.accuracy",
        title=_("Neighbours in the code tell the class of {share}").format(
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
    if evaluation.model is not None:
        st.caption(layers(evaluation.network.architecture))
    planes_and_images(
        evaluation,
        alt_after(run),
        planes="autoencoder.run_planes",
        images="autoencoder.run_digits",
    )
