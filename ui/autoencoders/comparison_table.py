"""The bench of the autoencoders: every run of the visit, whatever its lesson, beside PCA."""

from collections.abc import Mapping

import streamlit as st

from core.messages import N_
from ui.components.table import csv_button, table
from ui.runs.readable import readable
from ui.runs.results.bench import ended_runs
from ui.runs.run import Run
from ui.texts import _

_LESSONS = {
    "linear-autoencoder": N_("linear"),
    "autoencoder": N_("simple or stacked"),
    "denoising-autoencoder": N_("denoising"),
    "sparse-autoencoder": N_("sparse"),
    "variational-autoencoder": N_("variational"),
    "lstm-autoencoder": N_("LSTM"),
}
# Name of a final metric -> what people call it, and its decimals.
_METRICS: Mapping[str, tuple[str, int]] = {
    "mse": (N_("Error (MSE)"), 4),
    "pca_mse": (N_("PCA's error"), 4),
    "knn_accuracy": (N_("5-NN"), 3),
    "pca_knn_accuracy": (N_("5-NN of PCA"), 3),
}


def comparison_table():
    """The table of all ended runs of the six lessons, sortable, and as CSV."""
    runs = [run for experiment in _LESSONS for run in ended_runs(experiment)]
    st.subheader(_("All your autoencoders"), anchor=False)
    if not runs:
        st.caption(
            _(
                "Every run of the lessons on autoencoders comes here, to be compared with "
                "PCA and with the others on the same images."
            )
        )
        return
    st.caption(
        _(
            "Held-out error and accuracy of five nearest neighbours in the latent space. "
            "PCA has as many components as the code has numbers; next to a sparse code, as "
            "many as the units that fire; next to a denoiser, for the error, the number "
            "that works best. Runs of the same data and seed have the same images held out."
        )
    )
    rows = [_row(run) for run in runs]
    table(
        rows,
        key="laboratory.table",
        alt=_("A table of all your autoencoders: their settings and what they reached."),
        decimals={_(name): digits for name, digits in _METRICS.values()},
    )
    csv_button(rows, key="laboratory.csv", file="autoencoders.csv")


def _row(run: Run) -> dict[str, object]:
    """Its lesson, data, k and seed, what it reached and what it took."""
    specs, config = run.config.specs(), run.config
    final = run.finished.metrics if run.finished else {}
    return {
        _("Model"): _(_LESSONS[run.experiment]),
        _("Data"): readable(specs["data"], config.data),
        _("k"): config.latent_dim,
        _("Seed"): config.seed,
        **{_(label): final.get(name) for name, (label, _digits) in _METRICS.items()},
        _("Training (s)"): round(run.train_s, 1),
        _("Weights"): run.started.params,
    }
