"""The instruments: the holes in a plain plane; the shipped network, its prior and its bounds."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import pretrained
from core.experiments.variational_autoencoder.config import NAME
from core.experiments.variational_autoencoder.run import SAMPLES
from pages.autoencoders.variational_autoencoder.evaluation import VariationalEvaluation, shipped
from pages.autoencoders.variational_autoencoder.figures import VariationalLook, codes, made_up
from pages.autoencoders.variational_autoencoder.holes import holes
from ui.autoencoders.evaluation import shipped_is_missing
from ui.components.table import markdown_table
from ui.layout import folded, text_beside
from ui.notices import significant
from ui.state.controls import controls
from ui.texts import _, lesson_text, number, percent


def opening_figure():
    """The plain autoencoder's plane with its holes, beside the variational one's."""
    evaluation = shipped()
    if evaluation is None:
        shipped_is_missing()
        return
    holes(evaluation)


def instrument() -> VariationalLook:
    """The bound, and beside it the shipped network; returns what is looked at of it."""
    st.header(_("Clouds, and the bound"), anchor=False)
    text, figures = text_beside("variational_autoencoder.bound_text")
    with text:
        st.markdown(lesson_text(NAME, "bound"))
        folded(_("The KL, and the likelihoods"), NAME, "closed_form")
        st.markdown(lesson_text(NAME, "walk"))
    with figures:
        return _figures(shipped())


def _figures(evaluation: VariationalEvaluation | None) -> VariationalLook:
    if evaluation is None:
        return VariationalLook()
    metrics = pretrained.card(NAME)["metrics"]
    alt = _(
        "{count} held-out digits as two numbers each: by the shipped variational autoencoder, and "
        "by PCA. Held-out error {mse}, PCA's {pca}."
    ).format(
        count=len(evaluation.codes),
        mse=significant(metrics["mse"], 3),
        pca=significant(metrics["pca_mse"], 3),
    )
    key = "variational_autoencoder.shipped"
    codes(evaluation, key=key, alt=alt)
    selection = controls(VariationalLook, strip=("first", "last")) or VariationalLook()
    made_up(evaluation, selection, key=key)
    st.markdown(_table(metrics))
    st.caption(
        _(
            "One normal distribution of all pixels, in no direction narrower than sigma, reaches "
            "{normal} nats on the same digits, exactly; this network {own}. Train with k = 8 and "
            "see which is higher then."
        ).format(
            normal=number(metrics["normal_log_likelihood_nats"], 1),
            own=number(metrics["log_likelihood_nats"], 1),
        )
    )
    return selection


def _table(metrics: Mapping[str, Any]) -> str:
    """What the shipped network reaches on the held-out digits, as its card has it."""
    rows = [
        (
            _("Error (MSE)"),
            significant(metrics["mse"], 3),
            significant(metrics["pca_mse"], 3),
        ),
        (
            _("Class by five neighbours in the code"),
            percent(metrics["knn_accuracy"], 1),
            percent(metrics["pca_knn_accuracy"], 1),
        ),
        (_("Reconstruction, nats"), number(-metrics["reconstruction_nats"], 2), ""),
        (_("less KL, nats"), number(metrics["kl_nats"], 2), ""),
        (_("ELBO, nats"), number(metrics["elbo_nats"], 2), ""),
        (
            _("log p(x), nats: estimate of {samples} samples; PCA's exact").format(samples=SAMPLES),
            number(metrics["log_likelihood_nats"], 2),
            number(metrics["baseline_log_likelihood_nats"], 2),
        ),
    ]
    return markdown_table(("", _("variational"), _("PCA")), rows, numbers=False)
