"""What a run has come to at an epoch: its bound, the parts, what is alive, and its figures."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from core.experiments.variational_autoencoder.config import VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.run import SAMPLES
from core.figures.autoencoders.variational_autoencoder import bound_curve, kl_bars
from core.figures.training import Line
from core.numeric.autoencoders.variational import active
from pages.autoencoders.variational_autoencoder.evaluation import of_epoch
from pages.autoencoders.variational_autoencoder.figures import VariationalLook, codes, made_up
from ui.autoencoders.evaluation import alt_after, where_weights_are
from ui.autoencoders.image_source import usable
from ui.components.charts import live_plot, look
from ui.layout import side_by_side
from ui.runs.results.curves import pinned_lines, run_curves
from ui.runs.run import Run
from ui.texts import _, number

_HEIGHT = 340
_BEGINNING = 0.15  # of the epochs: where all is so low that nothing later would be seen


def prepare(config: VariationalAutoencoderConfig | None) -> VariationalAutoencoderConfig | None:
    """``usable``, and what the likelihood of these settings is, where it is easily mistaken."""
    config = usable(config)
    if config is not None and config.likelihood == "bernoulli" and not config.binarised:
        st.caption(
            _(
                "Grey pixels are neither ink nor none: of them the Bernoulli nats are a "
                "cross-entropy, not the density of an image, and not to be compared with Gaussian "
                "nats. *Ink or none* (under More) makes them a likelihood."
            )
        )
    return config


def draw(run: Run, selection: VariationalLook):
    """Every figure of the run, as of the epoch that is looked at."""
    if not run.epochs:
        bound(run)
        return
    side_by_side(lambda: bound(run), lambda: parts(run))
    side_by_side(lambda: dimensions(run), lambda: bound_by_samples(run))
    run = where_weights_are(run)
    evaluation = of_epoch(run)
    if evaluation is None:
        return
    codes(evaluation, key="variational_autoencoder.run", alt=alt_after(run))
    made_up(evaluation, selection, key="variational_autoencoder.run")


def exact(run: Run) -> dict[str, float]:
    """What the held-out images are also explained by, in words, and its exact log p(x) in nats."""
    known = run.started.references
    if run.config.likelihood != "gaussian":
        return {_("independent pixels"): known["baseline_log_likelihood_nats"]}
    return {
        _("probabilistic PCA"): known["baseline_log_likelihood_nats"],
        _("one normal distribution"): known["normal_log_likelihood_nats"],
    }


def nats_in_words(nats: float) -> str:
    """Nats to two decimals, in the visitor's language."""
    return number(float(nats), 2).replace("-", "−")


def bound(run: Run):
    """The evidence lower bound on training and held-out images, over the epochs."""
    steps, lines = run.steps.thinned(), []
    if "train_loss" in steps.metrics:
        lines.append(
            Line(_("training"), steps.epoch, -steps["train_loss"], "autoencoder", faint=True)
        )
    lines += pinned_lines(
        run,
        lambda other: other.by_epoch("elbo_nats"),
        alike=lambda other: other.config.likelihood == run.config.likelihood,
    )
    lines.append(Line(_("held-out"), *run.by_epoch("elbo_nats"), "autoencoder"))
    title = _("Training has just begun")
    if run.epochs:
        title = _("Held-out ELBO: {nats} nats").format(
            nats=nats_in_words(run.at.metrics["elbo_nats"])
        )
    references = exact(run)
    run_curves(
        run,
        _from_where_it_counts(lines, references.values()),
        key="variational_autoencoder.bound",
        title=title,
        y_title=_("ELBO, nats"),
        alt=". ".join([title, *(f"{words}: {y:.2f}" for words, y in references.items())]),
        references=references,
    )


def parts(run: Run):
    """The two parts of the held-out bound, whose difference it is."""
    epochs, reconstruction = run.by_epoch("reconstruction_nats")
    lines = [
        Line(_("reconstruction"), epochs, -reconstruction, "autoencoder"),
        Line(_("KL"), *run.by_epoch("kl_nats"), "baseline", "dot"),
    ]
    run_curves(
        run,
        _from_where_it_counts(lines, []),
        key="variational_autoencoder.parts",
        title=_("ELBO = {reconstruction} − {kl} nats").format(
            reconstruction=nats_in_words(-run.at.metrics["reconstruction_nats"]),
            kl=nats_in_words(run.at.metrics["kl_nats"]),
        ),
        y_title=_("nats"),
    )


def _from_where_it_counts(lines: list[Line], heights: Iterable[float]) -> list[Line]:
    """The lines without what lies below everything that they show after the beginning."""
    late = [line.y[line.x >= _BEGINNING * line.x[-1]] for line in lines if len(line.x)]
    evaluation = np.concatenate([np.array([*heights], float), *late])
    if not len(evaluation):
        return lines
    low = float(evaluation.min())
    return [replace(line, y=np.where(line.y < low, np.nan, line.y)) for line in lines]


def dimensions(run: Run):
    """What each number of the code carries, and which are alive."""
    kl, alive = run.at.arrays["kl_by_dim"], active(run.at.arrays["latent"])
    title = _("{alive} of {k} numbers are alive").format(alive=int(alive.sum()), k=len(kl))
    figure = partial(
        kl_bars,
        look(title, _("number of the code, by its KL"), _("KL, nats")),
        np.asarray(kl, float),
        alive,
        names=(_("alive"), _("collapsed to the prior")),
    )
    live_plot(figure, key="variational_autoencoder.dimensions", height=_HEIGHT)


def bound_by_samples(run: Run):
    """How near the bound comes to log p(x) with more samples, where the run is at its end."""
    if not run.finished:
        return
    samples, nats = (run.result.arrays[f"bound_{name}"] for name in ("samples", "nats"))
    title = _("log p(x): at least {nats} nats").format(nats=nats_in_words(nats[-1]))
    alt = _(
        "The importance-weighted bound of the held-out images: {first} nats with one sample, "
        "{last} with {samples}."
    ).format(first=nats_in_words(nats[0]), last=nats_in_words(nats[-1]), samples=SAMPLES)
    figure = partial(
        bound_curve,
        look(title, _("samples (logarithmic)"), _("nats"), alt=alt),
        samples,
        nats,
        name=_("bound"),
        references=list(exact(run).items()),
    )
    live_plot(figure, key="variational_autoencoder.samples", height=_HEIGHT)
    _about_sigma(run)


def _about_sigma(run: Run):
    """The sigma that would suit the run's own error, where the likelihood is Gaussian."""
    if run.config.likelihood != "gaussian":
        return
    features = run.epochs[0].arrays["mean"].size
    likelihood = run.config.pixel_likelihood()
    nats = run.epochs[-1].metrics["reconstruction_nats"]
    error = (nats - likelihood.least(features)) / likelihood.unit(features)
    st.caption(
        _(
            "With codes that are drawn the held-out error is {mse}; its root, {sigma}, is the "
            "sigma that would give these reconstructions the highest likelihood. Yours is {given}."
        ).format(
            mse=number(error, 4),
            sigma=number(float(np.sqrt(error)), 3),
            given=number(run.config.sigma, 2),
        )
    )
