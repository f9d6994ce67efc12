"""The variational autoencoder: a code that is a distribution, and a prior to draw from."""

from functools import partial

from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from pages.autoencoders.variational_autoencoder.epoch import draw, prepare
from pages.autoencoders.variational_autoencoder.instrument import instrument, opening_figure
from pages.autoencoders.variational_autoencoder.quiz import QUESTIONS
from ui.autoencoders.comparison_table import comparison_table
from ui.layout import opening
from ui.runs.sections import Preset, takeaway_section, training_section
from ui.texts import _

opening(NAME, opening_figure)
selection = instrument()
run = training_section(
    NAME,
    VariationalAutoencoderConfig,
    partial(draw, selection=selection),
    strip=("latent_dim", "beta", "likelihood", "sigma", "data"),
    metrics={"elbo_nats": _("ELBO, nats"), "mse": _("Held-out error (MSE)")},
    questions=QUESTIONS,
    prepare=prepare,
    below="collapse",
    preset=Preset(
        "variational_autoencoder.collapse",
        _("See it collapse"),
        _("Sets the likelihood to Bernoulli, beta to 4 and k to 8; then press Train."),
        {"likelihood": "bernoulli", "beta": 4.0, "latent_dim": 8},
    ),
)
takeaway_section(
    NAME,
    run,
    metrics={
        "mse": _("Held-out error (MSE)"),
        "elbo_nats": _("ELBO, nats"),
        "kl_nats": _("KL, nats"),
        "log_likelihood_nats": _("log p(x), nats"),
        "active_dims": _("Alive"),
    },
)
comparison_table()
