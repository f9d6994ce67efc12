"""What a run has come to at an epoch: its error and angles over PCA's, the spectrum, its axes."""

from functools import lru_cache

import numpy as np
import streamlit as st

from core.data.images.known import images
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.figures.autoencoders.linear_autoencoder import angles_by_update, spectrum
from core.figures.training import Line, loss_curve
from core.numeric.autoencoders.linear_autoencoder import axis_angles_deg
from core.numeric.principal import components
from pages.autoencoders.linear_autoencoder.instrument import angles_in_words, axes_figure
from pages.autoencoders.linear_autoencoder.studied import of_epoch
from ui import server
from ui.autoencoders.linked_planes import linked_planes
from ui.autoencoders.studied import Studied
from ui.components.charts import live_plot
from ui.notices import significant
from ui.percent import percent
from ui.runs.bench import pinned, readable
from ui.runs.run import Run
from ui.texts import _, number

_LEAST = 1e-9  # of the distance from 1: rounding of what is kept in single precision
_MANY_DECADES = 5  # of an axis on which each would be labelled
_SPECTRUM = 24  # components shown, and more where k needs them


def excess_curve(run: Run):
    """By how much the training error is above PCA's, on a logarithmic axis."""
    lines = []
    behind = pinned("linear-autoencoder")
    if behind and behind.id != run.id:
        lines.append(Line(_("pinned run"), *_excess(behind), "baseline", "dash"))
    name = _("this run") if lines else ""  # alone, it needs none
    lines.append(Line(name, *_excess(run), "autoencoder"))
    title, specs = _excess_title(run), run.config.specs()
    figure = loss_curve(
        lines,
        theme=server.theme(),
        title=title,
        x_title=_("updates"),
        y_title=_("excess error"),
        changes=[
            (change.step, f"{_(spec.label)}: {readable(spec, change.value)}")
            for change in run.changes
            for spec in [specs[change.field]]
        ],
        at=None if run.at_last else run.at.step,
        log_y=_("logarithmic"),
        x_end=_end(run),
    )
    decades = np.diff(figure.layout.yaxis.range)[0]
    figure.update_yaxes(exponentformat="power", dtick=2 if decades > _MANY_DECADES else 1)
    live_plot(figure, key="linear_autoencoder.excess", alt=title, height=340)


def _excess(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """After so many updates, (n,), how far the error is above PCA's, (n,): by step and by epoch."""
    steps, best = run.steps.thinned(), run.started.references["pca_train_mse"]
    _epochs, ratios = run.by_epoch("mse_over_pca")
    told = steps.metrics.get("train_mse", np.empty(0)) / best
    done = steps.step[: len(told)] - (run.config.optimizer == "adam")  # which tells it before
    updates, first = np.unique(np.append(_updates(run), done), return_index=True)
    return updates, np.maximum(np.append(ratios, told)[first] - 1, _LEAST)


def _updates(run: Run) -> np.ndarray:
    return np.array([epoch.step for epoch in run.epochs])


def _end(run: Run) -> int:
    return run.last.step if run.ended and run.last else run.started.steps


def _excess_title(run: Run) -> str:
    if not run.epochs:
        return _("The network has just begun")
    said = _("After {updates} updates the error is {share} above PCA's")
    excess = max(0.0, run.at.metrics["mse_over_pca"] - 1)
    return said.format(updates=run.at.step, share=percent(excess, 4))


def angles(run: Run):
    """The principal angles between the decoder's space and PCA's, epoch by epoch."""
    by_epoch = np.stack([epoch.arrays["angles_deg"] for epoch in run.epochs])
    largest = float(run.at.arrays["angles_deg"].max())
    title = _("The spaces differ by {angle}° at most").format(angle=number(largest, 2))
    figure = angles_by_update(
        _updates(run),
        by_epoch,
        theme=server.theme(),
        title=title,
        alt=title,
        x_title=_("updates"),
        y_title=_("principal angle"),
        names=(_("largest"), _("smallest")),
        at=None if run.at_last else run.at.step,
        x_end=_end(run),
    )
    live_plot(figure, key="linear_autoencoder.angles", alt=title, height=340)


def spectrum_before(config: LinearAutoencoderConfig):
    """The spectrum of the images that a run with these settings would learn from."""
    found = _variances(config.data, config.upload, config.seed, config.centred)
    draw_spectrum(found, config.latent_dim, config.centred)


@lru_cache(maxsize=8)
def _variances(data: str, upload: str, seed: int, centred: bool) -> np.ndarray:
    known = images(data, upload)
    training, _test = known.split(seed)
    return components(known.pixels[training].astype(np.float64), 1, centred).variances


def draw_spectrum(variances: np.ndarray, k: int, centred: bool):
    """PCA's eigenvalues, (components,), and the gap behind the k-th."""
    kept, gap, title = _kept(variances, k), 0.0, _("All components are kept")
    if k < len(variances):
        gap = float(variances[k - 1] - variances[k])
        title = _("Eigenvalue {k} is {ratio} times the next").format(
            k=k, ratio=significant(float(variances[k - 1] / max(variances[k], 1e-12)))
        )
    figure = spectrum(
        variances[: max(_SPECTRUM, k + 6)],
        k,
        theme=server.theme(),
        title=title,
        alt=title,
        x_title=_("principal component"),
        y_title=_("eigenvalue (variance)") if centred else _("eigenvalue (mean square)"),
        kept_name=_("{share} kept").format(share=kept),
        gap_name=_("gap {gap}").format(gap=significant(gap, 2)),
    )
    live_plot(figure, key="linear_autoencoder.spectrum", alt=title, height=300)


def _kept(variances: np.ndarray, k: int) -> str:
    return percent(float(variances[:k].sum() / variances.sum()))


def inside(run: Run):
    """The axes as images and the planes of the run's network at the epoch that is looked at."""
    studied = of_epoch(run)
    if studied is None:
        st.caption(_("The images of this run are not on this machine."))
        return
    epoch = run.at.epoch
    title = _("Epoch {epoch}: axes").format(epoch=epoch)
    axes_figure(studied, key="linear_autoencoder.run_axes", height=380, title=title)
    st.caption(_about_axes(run, studied))
    alt = _("The held-out images after epoch {epoch}: by the autoencoder, and by PCA.").format(
        epoch=epoch
    )
    st.fragment(linked_planes)(studied, key="linear_autoencoder.run_planes", alt=alt)


def _about_axes(run: Run, studied: Studied) -> str:
    said = [angles_in_words(studied)]
    if run.config.tied:
        decoder = studied.model.decoder
        off = float(np.abs(decoder @ decoder.T - np.eye(studied.k)).max())
        said.append(
            _("Tied: the largest entry of WᵀW − I is {off}; 0 would be orthonormal.").format(
                off=significant(off, 2)
            )
        )
    if not run.config.centred:
        angle = _mean_angle_deg(run, studied)
        said.append(
            _(
                "Not centred: between the first component and the mean image there are {angle}°."
            ).format(angle=number(angle, 1))
        )
    return " ".join(said)


def _mean_angle_deg(run: Run, studied: Studied) -> float:
    """The angle between the first component and the mean of the images that were learned from."""
    known = images(run.config.data, run.config.upload)
    training, _test = known.split(run.config.seed)
    mean = known.pixels[training].mean(0, keepdims=True)
    return float(axis_angles_deg(mean, studied.pca.axes[:1])[0])
