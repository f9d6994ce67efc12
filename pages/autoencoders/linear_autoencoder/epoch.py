"""What a run has come to at an epoch: its error and angles over PCA's, the spectrum, its axes."""

from functools import partial

import numpy as np
import streamlit as st

from core.experiments.kit.image_task import image_task
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.figures.autoencoders.linear_autoencoder import angles_by_update, spectrum
from core.figures.training import Line
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder, axis_angles_deg
from pages.autoencoders.linear_autoencoder.instrument import angles_in_words, axes_figure
from ui.autoencoders.evaluation import Evaluation, alt_after, evaluate_run
from ui.autoencoders.linked_planes import linked_planes
from ui.components.charts import live_plot, look
from ui.layout import side_by_side
from ui.notices import significant
from ui.runs.results.curves import looked_at, pinned_lines, run_curves, x_end
from ui.runs.run import Run
from ui.texts import _, number, percent

_LEAST = 1e-9  # of the distance from 1: rounding of what is kept in single precision
_MANY_TIMES = 1e5  # decades of an axis on which not each can be labelled
_SPECTRUM = 24  # components shown, and more where k needs them


def draw(run: Run):
    """Every figure of the run, as of the epoch that is looked at."""
    if not run.epochs:
        excess_curve(run)
        return
    side_by_side(lambda: excess_curve(run), lambda: angles(run))
    first = run.epochs[0].arrays
    draw_spectrum(first["variances"], run.config.latent_dim, run.config.centred)
    inside(run)


def excess_curve(run: Run):
    """By how much the training error is above PCA's, on a logarithmic axis."""
    lines = pinned_lines(run, _excess)
    name = _("this run") if lines else ""  # alone, it needs none
    lines.append(Line(name, *_excess(run), "autoencoder"))
    heights = np.concatenate([line.y for line in lines])
    far_apart = len(heights) > 0 and heights.max() > _MANY_TIMES * heights.min()
    title = _("The network has just begun")
    if run.epochs:
        excess = max(0.0, run.at.metrics["mse_over_pca"] - 1)
        title = _("After {updates} updates the error is {share} above PCA's").format(
            updates=run.at.step, share=percent(excess, 4)
        )
    run_curves(
        run,
        lines,
        key="linear_autoencoder.excess",
        title=title,
        y_title=_("excess error"),
        x="step",
        log_y=True,
        y_axis={"exponentformat": "power", "dtick": 2 if far_apart else 1},
    )


def _excess(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """After so many updates, (n,), how far the error is above PCA's, (n,): by step and by epoch."""
    steps, best = run.steps.thinned(), run.started.references["pca_train_mse"]
    by_epoch, ratios = run.by_epoch("mse_over_pca", "step")
    by_step = steps.metrics.get("train_mse", np.empty(0)) / best
    done = steps.step[: len(by_step)] - (run.config.optimizer == "adam")  # which tells it before
    updates, first = np.unique(np.append(by_epoch, done), return_index=True)
    return updates, np.maximum(np.append(ratios, by_step)[first] - 1, _LEAST)


def angles(run: Run):
    """The principal angles between the decoder's space and PCA's, epoch by epoch."""
    by_epoch = np.stack([epoch.arrays["angles_deg"] for epoch in run.epochs])
    largest = float(run.at.arrays["angles_deg"].max())
    title = _("The spaces differ by {angle}° at most").format(angle=number(largest, 2))
    figure = partial(
        angles_by_update,
        look(title, _("updates"), _("principal angle")),
        np.array([epoch.step for epoch in run.epochs]),
        by_epoch,
        names=(_("largest"), _("smallest")),
        at=looked_at(run, "step"),
        x_end=x_end(run, "step"),
    )
    live_plot(figure, key="linear_autoencoder.angles", height=340)


def spectrum_before(config: LinearAutoencoderConfig):
    """The spectrum of the digits that a run would learn from; of MNIST it would take seconds."""
    if config.data == "digits":
        variances = image_task(config, config.centred).pca.variances
        draw_spectrum(variances, config.latent_dim, config.centred)


def draw_spectrum(variances: np.ndarray, k: int, centred: bool):
    """PCA's eigenvalues, (components,), and the gap behind the k-th."""
    gap, title = 0.0, _("All components are kept")
    if k < len(variances):
        gap = float(variances[k - 1] - variances[k])
        title = _("Eigenvalue {k} is {ratio} times the next").format(
            k=k, ratio=significant(float(variances[k - 1] / max(variances[k], 1e-12)))
        )
    figure = partial(
        spectrum,
        look(
            title,
            _("principal component"),
            _("eigenvalue (variance)") if centred else _("eigenvalue (mean square)"),
        ),
        variances[: max(_SPECTRUM, k + 6)],
        k,
        kept_name=_("{share} kept").format(
            share=percent(float(variances[:k].sum() / variances.sum()))
        ),
        gap_name=_("gap {gap}").format(gap=significant(gap, 2)),
    )
    live_plot(figure, key="linear_autoencoder.spectrum", height=300)


def inside(run: Run):
    """The axes as images and the planes of the run's network at the epoch that is looked at."""

    def build(weights: dict[str, np.ndarray]) -> LinearAutoencoder:
        return LinearAutoencoder.of({}, {**weights, "mean": run.epochs[0].arrays["mean"]})

    evaluation = evaluate_run(run, build)
    if evaluation is None:
        return
    title = _("Epoch {epoch}: axes").format(epoch=run.at.epoch)
    axes_figure(evaluation, key="linear_autoencoder.run_axes", height=380, title=title)
    st.caption(_about_axes(run, evaluation))
    key = "linear_autoencoder.run_planes"
    st.fragment(linked_planes)(evaluation, key=key, alt=alt_after(run))


def _about_axes(run: Run, evaluation: Evaluation) -> str:
    sentences = [angles_in_words(evaluation)]
    if run.config.tied:
        decoder = evaluation.network.decoder
        off = float(np.abs(decoder @ decoder.T - np.eye(evaluation.k)).max())
        sentences.append(
            _("Tied: the largest entry of WᵀW − I is {off}; 0 would be orthonormal.").format(
                off=significant(off, 2)
            )
        )
    if not run.config.centred:
        mean = image_task(run.config).learned.mean(0, keepdims=True)
        angle = float(axis_angles_deg(mean, evaluation.pca.axes[:1])[0])
        sentences.append(
            _(
                "Not centred: between the first component and the mean image there are {angle}°."
            ).format(angle=number(angle, 1))
        )
    return " ".join(sentences)
