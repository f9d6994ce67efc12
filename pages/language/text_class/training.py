"""Networks that put texts into classes: trained, and held against what only counts."""

import streamlit as st

from core.data.language.labelled import sets
from core.experiments.text_class.config import TextClassConfig
from pages.language.text_class.evaluation import calibration, class_names, examples
from pages.language.text_class.networks import CHOICE
from pages.language.text_class.quiz import QUESTIONS
from pages.language.text_class.source import usable
from ui.components.confusion import confusion_chart
from ui.layout import side_by_side
from ui.runs.inputs.fetching import begin_with_what_is_here
from ui.runs.results.curves import training_curve
from ui.runs.results.scores import (
    bars,
    curve_title,
    known_scores,
    loss_curve,
    scores_beside,
    verdict,
)
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _

NAME = "text-class"


def training() -> Run[TextClassConfig] | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(TextClassConfig, "data", sets.missing, "invented")
    return training_section(
        NAME,
        TextClassConfig,
        _draw,
        strip=("data", "network", "start", "epochs"),
        metrics={"accuracy": _("held-out accuracy")},
        questions=QUESTIONS,
        prepare=usable,
        choice=CHOICE,
    )


def takeaway(run: Run[TextClassConfig] | None):
    """The bench, and what can be taken away from the run."""
    metrics = {"accuracy": _("Held-out accuracy"), **baseline_names()}
    takeaway_section(NAME, run, metrics=metrics)


def baseline_names() -> dict[str, str]:
    """What each baseline is called."""
    return {
        "baseline_naive_bayes": _("Naive Bayes"),
        "baseline_naive_bayes_letters": _("Naive Bayes, letters too"),
        "baseline_logistic_words": _("Logistic, words"),
        "baseline_logistic_letters": _("Logistic, letters"),
        "baseline_majority": _("Most frequent class"),
    }


def _draw(run: Run[TextClassConfig]):
    training_curve(
        run,
        key="text_class.accuracy",
        title=curve_title(run),
        y_title=_("held-out accuracy"),
        epoch_metrics={"accuracy": _("network")},
        colour=_colour(run.config),
        references={
            "baseline_naive_bayes": _("naive Bayes"),
            "baseline_majority": _("most frequent class"),
        },
        height=320,
    )
    if not run.epochs:
        return
    _verdict(run)
    classes, drawn = class_names(run)
    side_by_side(
        lambda: loss_curve(run, key="text_class.loss", colour=_colour(run.config)),
        lambda: _beside(run),
    )
    side_by_side(
        lambda: confusion_chart(
            run.at.arrays["confusion"], drawn, key="text_class.confusion", height=360
        ),
        lambda: calibration(run),
    )
    examples(run, classes)


def _colour(config: TextClassConfig) -> str:
    return config.network if config.network in ("rnn", "lstm", "gru") else "autoencoder"


def _verdict(run: Run[TextClassConfig]):
    """Who is better, in a sentence, once the run is over."""
    if not (run.ended and run.at_last):
        return
    verdict(
        float(run.at.metrics["accuracy"]),
        known_scores(run, baseline_names()),
        int(run.at.arrays["confusion"].sum()),
        _(
            "Of {tested} held-out texts the network gets {network} right; the best that needs "
            "none, {name}, {simple}."
        ),
        _(
            "A difference of less than {points} points is chance with so many texts: other seeds "
            "tell more."
        ),
    )


def _beside(run: Run[TextClassConfig]):
    """The scores of network and baselines, side by side."""
    others = known_scores(run, baseline_names())
    scores_beside(
        bars(run.at.metrics["accuracy"], _colour(run.config), others),
        title=_("Best on held-out texts: {name}"),
        axis=_("held-out texts that are right"),
        key="text_class.scores",
    )
    if not run.ended:
        st.caption(_("Logistic regression is fitted at the end of the run."))
