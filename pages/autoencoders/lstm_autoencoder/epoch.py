"""What a run has come to at an epoch: its curves, its planes, a beat, and its alarm."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from core.data.sequences import ecg
from core.experiments.kit.config import Config, real, whole
from core.experiments.lstm_autoencoder.config import LSTMAutoencoderConfig
from core.figures.autoencoders.anomaly import auc_by_k, beat_gallery
from pages.autoencoders.lstm_autoencoder.alarm import Alarm
from pages.autoencoders.lstm_autoencoder.evaluation import BeatEvaluation, of_epoch
from pages.autoencoders.lstm_autoencoder.instrument import beats_and_alarm
from ui.autoencoders.evaluation import where_weights_are
from ui.components.charts import live_plot, look
from ui.layout import side_by_side
from ui.notices import significant
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.state.controls import choose
from ui.texts import _, number

_DRAWN = 6  # beats of each kind, before anything was trained
_LABELS = {name: (spec.label, spec.help) for name, spec in Alarm.specs().items()}


@dataclass(frozen=True)
class RunAlarm(Config):
    """The alarm of the run, with names of its own in the URL."""

    run_allowed: float = real(5.0, 0.0, 30.0, *_LABELS["allowed"], step=0.5)
    run_prevalence: int = whole(1, 1, 50, *_LABELS["prevalence"])


def usable(config: LSTMAutoencoderConfig | None) -> LSTMAutoencoderConfig | None:
    """``config`` if its beats are here; else what is needed to get them is shown."""
    missing = ecg.missing(config.data) if config else []
    if config is None or not missing:
        return config
    fetch_or_replace(
        missing,
        key="lstm_autoencoder.ecg5000",
        fetch_label=_("Fetch ECG5000"),
        instead_label=_("Take the synthetic beats"),
        take_instead=lambda: choose(LSTMAutoencoderConfig, data="synthetic"),
    )
    return None


def beats_before(config: LSTMAutoencoderConfig):
    """Some of the beats that a run with these settings would get."""
    known = ecg.beats(config.data).shifted(config.shift, config.seed)
    kinds = {
        _(name): known.signals[np.flatnonzero(known.kinds == kind)[:_DRAWN]]
        for kind, name in enumerate(known.class_names)
    }
    title = _("The first beats of each kind; it learns from the normal ones alone")
    figure = partial(
        beat_gallery, look(title, _("sample of the beat"), _("standardised voltage")), kinds
    )
    live_plot(figure, key="lstm_autoencoder.gallery", height=340)


def draw(run: Run):
    """Every figure of the run, as of the epoch that is looked at."""
    loss = _("The network has just begun")
    auc = _("The first test comes at the end of the first epoch.")
    if run.epochs:
        loss = _("After epoch {epoch}: error {mse} on normal beats").format(
            epoch=run.at.epoch, mse=significant(run.at.metrics["mse"])
        )
        auc = _("After epoch {epoch}: area {auc}").format(
            epoch=run.at.epoch, auc=number(run.at.metrics["auc"], 4)
        )
    side_by_side(
        lambda: _curve(run, "loss", loss, _("error (MSE)"), "mse", _("held out")),
        lambda: _curve(run, "auc", auc, _("area under the ROC"), "auc", _("LSTM")),
    )
    if run.epochs:
        inside(run)


def _curve(run: Run, key: str, title: str, y_title: str, metric: str, name: str):
    """A metric on held-out beats, epoch by epoch, beside PCA's and the mean beat's."""
    training_curve(
        run,
        key=f"lstm_autoencoder.{key}",
        title=title,
        y_title=y_title,
        step_metric="train_loss" if metric == "mse" else "",
        epoch_metrics={metric: name},
        colour="autoencoder",
        references={
            f"pca_{metric}": _("PCA (k = {k})").format(k=run.config.latent_dim),
            f"mean_beat_{metric}": _("mean beat"),
        },
    )


def inside(run: Run):
    """The planes, a beat, the alarm and PCA by k, of the epoch that is looked at."""
    run = where_weights_are(run)
    evaluation = of_epoch(run)
    if evaluation is None:
        return
    alt = _("Held-out beats after epoch {epoch}: by the LSTM autoencoder, and by PCA.").format(
        epoch=run.at.epoch
    )
    beats_and_alarm(evaluation, alt, RunAlarm, key="lstm_autoencoder.run", prefix="run_")
    _by_k(run, evaluation)


def _by_k(run: Run, evaluation: BeatEvaluation):
    areas = evaluation.pca_auc_by_k
    best = int(areas[1:].argmax()) + 1
    title = _("PCA finds most with k = {best}, and fewer with {most}").format(
        best=best, most=len(areas) - 1
    )
    if best == len(areas) - 1:
        title = _("The more PCA keeps, the more it finds")
    figure = partial(
        auc_by_k,
        look(title, _("numbers kept, k"), _("area under the ROC")),
        areas,
        (run.config.latent_dim, run.at.metrics["auc"]),
        names=(_("PCA"), _("this run"), _("mean beat")),
    )
    live_plot(figure, key="lstm_autoencoder.by_k", height=320)
