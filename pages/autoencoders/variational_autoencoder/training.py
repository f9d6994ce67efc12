"""A variational autoencoder of one's own: its settings, its run, and what is left of it."""

import numpy as np
import streamlit as st

from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from pages.autoencoders.variational_autoencoder.curves import (
    bound,
    bound_by_samples,
    dimensions,
    parts,
)
from pages.autoencoders.variational_autoencoder.look import codes, made_up
from pages.autoencoders.variational_autoencoder.looking import VariationalLook
from pages.autoencoders.variational_autoencoder.quiz import QUESTIONS
from pages.autoencoders.variational_autoencoder.studied import of_epoch
from ui.autoencoders.image_source import usable
from ui.autoencoders.laboratory import laboratory
from ui.autoencoders.studied import where_weights_are
from ui.layout import text_beside
from ui.runs.ending import ending
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import choose, controls
from ui.texts import _, lesson_text, number

_STRIP = ("latent_dim", "beta", "likelihood", "sigma", "data")
_MORE = tuple(
    name for name in VariationalAutoencoderConfig.specs() if name not in (*_STRIP, "upload")
)
_COLLAPSING = {"likelihood": "bernoulli", "beta": 4.0, "latent_dim": 8}


def training(now: VariationalLook) -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside("variational_autoencoder.training_text")
    text.markdown(lesson_text(NAME, "train"))
    questions = text.container()
    with instruments:
        config = usable(
            controls(VariationalAutoencoderConfig, strip=_STRIP, more=_MORE),
            key="variational_autoencoder",
        )
        _about(config)
        run = follow(
            NAME,
            config,
            lambda run: _draw(run, now),
            metrics={"elbo_nats": _("ELBO, nats"), "mse": _("Held-out error (MSE)")},
            before=_before,
        )
    text.markdown(lesson_text(NAME, "collapse"))
    text.button(
        _("See it collapse"),
        key="variational_autoencoder.collapse",
        help=_("Sets the likelihood to Bernoulli, beta to 4 and k to 8; then press Train."),
        on_click=lambda: choose(VariationalAutoencoderConfig, **_COLLAPSING),
    )
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The bench, and what can be taken away from the run."""
    ending(
        NAME,
        run,
        metrics={
            "mse": _("Held-out error (MSE)"),
            "elbo_nats": _("ELBO, nats"),
            "kl_nats": _("KL, nats"),
            "log_likelihood_nats": _("log p(x), nats"),
            "active_dims": _("Alive"),
        },
        text=lesson_text(NAME, "take"),
    )
    laboratory()


def _about(config: VariationalAutoencoderConfig | None):
    """What the likelihood of these settings is, where it is easily mistaken."""
    if config is None or config.likelihood != "bernoulli" or config.binarised:
        return
    st.caption(
        _(
            "Grey pixels are neither ink nor none: of them the Bernoulli nats are a cross-entropy, "
            "not the density of an image, and not to be held against Gaussian nats. *Ink or none* "
            "(under More) makes them a likelihood."
        )
    )


def _before():
    st.info(
        _(
            "Nothing has been trained yet. Press Train: it takes a few seconds, and you see the "
            "codes gather where the prior is."
        )
    )


def _draw(run: Run, now: VariationalLook):
    if not run.epochs:
        bound(run)
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        bound(run)
    with right:
        parts(run)
    left, right = st.columns(2, gap="medium")
    with left:
        dimensions(run)
    if run.finished:
        with right:
            bound_by_samples(run)
            _about_sigma(run)
    run = where_weights_are(run)
    seen = of_epoch(run)
    if seen is None:
        st.caption(_("The images of this run are not on this machine."))
        return
    alt = _("The held-out images after epoch {epoch}: by the autoencoder, and by PCA.").format(
        epoch=run.at.epoch
    )
    codes(seen, key="variational_autoencoder.run", alt=alt)
    made_up(seen, now, key="variational_autoencoder.run")


def _about_sigma(run: Run):
    """The sigma that would suit the run's own error, where the likelihood is Gaussian."""
    if run.config.likelihood != "gaussian":
        return
    features = run.epochs[0].arrays["mean"].size
    likelihood = run.config.pixel_likelihood()
    nats = run.last.metrics["reconstruction_nats"]
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
