"""The alarm: a threshold on the score, chosen on normal validation beats, and what comes of it."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.experiments.kit.config import Config, real, whole
from core.figures.autoencoders.anomaly import RocCurve, roc_curves, score_histogram
from core.messages import N_
from core.numeric.autoencoders.anomaly import (
    Alarms,
    alarms,
    auc,
    precision_at,
    roc_curve,
    threshold_for,
)
from pages.autoencoders.lstm_autoencoder.evaluation import METHODS, BeatEvaluation
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import side_by_side
from ui.notices import significant
from ui.texts import _, number, percent

_LOOKS = {"lstm": "autoencoder", "pca": "pca", "mean": "baseline"}


@dataclass(frozen=True)
class Alarm(Config):
    """Where the threshold is, and how many beats are abnormal where it will be used."""

    allowed: float = real(
        5.0,
        0.0,
        30.0,
        N_("False alarms allowed (%)"),
        N_("The threshold is the score that this share of the normal validation beats reaches."),
        step=0.5,
    )
    prevalence: int = whole(
        1,
        1,
        50,
        N_("Abnormal in use (%)"),
        N_(
            "The share of a patient's beats that are abnormal. The test beats are a "
            "different mixture."
        ),
    )


def method_names(evaluation: BeatEvaluation) -> dict[str, str]:
    """What each method is called."""
    return {
        "lstm": _("LSTM autoencoder"),
        "pca": _("PCA (k = {k})").format(k=evaluation.config.latent_dim),
        "mean": _("mean beat"),
    }


def areas(evaluation: BeatEvaluation) -> dict[str, float]:
    """The area under each method's ROC on the test beats."""
    return {method: auc(evaluation.scores[method], evaluation.abnormal) for method in METHODS}


def alarm_figures(evaluation: BeatEvaluation, alarm: Alarm, *, key: str):
    """Histogram, ROC curves, and the table of what the thresholds come to."""
    outcomes = {
        method: alarms(
            evaluation.scores[method],
            evaluation.abnormal,
            threshold_for(evaluation.validation_scores[method], alarm.allowed / 100),
        )
        for method in METHODS
    }
    side_by_side(
        lambda: _histogram(evaluation, outcomes["lstm"], key),
        lambda: _curves(evaluation, outcomes, key),
    )
    st.markdown(_table(evaluation, outcomes, alarm))


def _histogram(evaluation: BeatEvaluation, outcome: Alarms, key: str):
    title = _("{recall} of the abnormal reach {threshold}").format(
        threshold=significant(outcome.threshold, 2), recall=percent(outcome.recall, 1)
    )
    names = evaluation.class_names
    scores = {
        name: evaluation.scores["lstm"][evaluation.kinds == i] for i, name in enumerate(names)
    }
    figure = partial(
        score_histogram,
        look(title, _("error of a beat (logarithmic)"), _("test beats")),
        scores,
        outcome.threshold,
        threshold_name=_("alarm from here on"),
    )
    live_plot(figure, key=f"{key}.scores", height=340)


def _curves(evaluation: BeatEvaluation, outcomes: dict[str, Alarms], key: str):
    names, by_method = method_names(evaluation), areas(evaluation)
    best = max(by_method, key=lambda method: by_method[method])
    title = _("Largest area under the curve: {name}").format(name=names[best])
    curves = []
    for method in METHODS:
        curve = roc_curve(evaluation.scores[method], evaluation.abnormal)
        point = outcomes[method].false_alarms, outcomes[method].recall
        name = f"{names[method]} {number(by_method[method])}"
        curves.append(RocCurve(name, curve.false_alarms, curve.recall, point, _LOOKS[method]))
    alt = f"{title}. " + ", ".join(curve.name for curve in curves)
    figure = partial(
        roc_curves, look(title, _("false alarms (up to 25%)"), _("recall"), alt), curves
    )
    live_plot(figure, key=f"{key}.roc", height=340)


def _table(evaluation: BeatEvaluation, outcomes: dict[str, Alarms], alarm: Alarm) -> str:
    names, by_method, rows = method_names(evaluation), areas(evaluation), []
    head = (
        "",
        _("area under ROC"),
        _("recall"),
        _("false alarms"),
        _("precision, here"),
        _("precision, {share} abnormal").format(share=percent(alarm.prevalence / 100)),
    )
    for method in METHODS:
        t = outcomes[method]
        elsewhere = precision_at(t.recall, t.false_alarms, alarm.prevalence / 100)
        shares = (t.recall, t.false_alarms, t.precision, elsewhere)
        rows.append((names[method], number(by_method[method]), *(percent(s, 1) for s in shares)))
    return markdown_table(head, rows)
