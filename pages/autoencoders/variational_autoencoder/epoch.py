"""What a run has come to at an epoch, and what is to be said of its likelihood."""

import numpy as np
import streamlit as st

from core.experiments.variational_autoencoder.config import VariationalAutoencoderConfig
from pages.autoencoders.variational_autoencoder.curves import (
    bound,
    bound_by_samples,
    dimensions,
    parts,
)
from pages.autoencoders.variational_autoencoder.evaluation import of_epoch
from pages.autoencoders.variational_autoencoder.figures import VariationalLook, codes, made_up
from ui.autoencoders.evaluation import alt_after, where_weights_are
from ui.autoencoders.image_source import usable
from ui.runs.run import Run
from ui.texts import _, number


def prepare(config: VariationalAutoencoderConfig | None) -> VariationalAutoencoderConfig | None:
    """``usable``, and what the likelihood of these settings is, where it is easily mistaken."""
    config = usable(config)
    if config is not None and config.likelihood == "bernoulli" and not config.binarised:
        st.caption(
            _(
                "Grey pixels are neither ink nor none: of them the Bernoulli nats are a "
                "cross-entropy, not the density of an image, and not to be held against Gaussian "
                "nats. *Ink or none* (under More) makes them a likelihood."
            )
        )
    return config


def draw(run: Run, selection: VariationalLook):
    """Every figure of the run, as of the epoch that is looked at."""
    if not run.epochs:
        bound(run)
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
    evaluation = of_epoch(run)
    if evaluation is None:
        return
    codes(evaluation, key="variational_autoencoder.run", alt=alt_after(run))
    made_up(evaluation, selection, key="variational_autoencoder.run")


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
