"""Networks that learn to hear: trained, and held against warping and logistic regression."""

import numpy as np
import streamlit as st

from core.data.sounds.spoken import missing, spoken
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from pages.language.spoken_digits.listeners import CHOICE
from pages.language.spoken_digits.quiz import QUESTIONS, right_answers
from pages.language.spoken_digits.source import usable
from ui.components.confusion import confusion_chart
from ui.layout import side_by_side
from ui.notices import plain
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
from ui.texts import _, percent

NAME = "spoken-digits"
_MOST_NAMED = 8  # mistakes that are told one by one


def training() -> Run[SpokenDigitsConfig] | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(
        SpokenDigitsConfig,
        "data",
        lambda data: data == "recordings" and missing(),
        "synthetic",
    )
    return training_section(
        NAME,
        SpokenDigitsConfig,
        _draw,
        strip=("data", "task", "heldout", "epochs"),
        metrics={"accuracy": _("held-out accuracy")},
        questions=QUESTIONS,
        prepare=usable,
        choice=CHOICE,
    )


def takeaway(run: Run[SpokenDigitsConfig] | None):
    """The bench, and what can be taken away from the run."""
    metrics = {"accuracy": _("Held-out accuracy"), **baseline_names()}
    takeaway_section(NAME, run, metrics=metrics)


def baseline_names() -> dict[str, str]:
    """What each baseline is called."""
    return {
        "baseline_warping": _("Nearest by warping"),
        "baseline_logistic_steps": _("Logistic, 16 steps"),
        "baseline_logistic_mean": _("Logistic, mean and spread"),
        "baseline_majority": _("Most frequent class"),
    }


def _draw(run: Run[SpokenDigitsConfig]):
    training_curve(
        run,
        key="spoken_digits.accuracy",
        title=curve_title(run),
        y_title=_("held-out accuracy"),
        epoch_metrics={"accuracy": _("network")},
        colour=run.config.cell,
        references={
            "baseline_warping": _("nearest by warping"),
            "baseline_logistic_mean": _("logistic, mean and spread"),
        },
        height=320,
    )
    if not run.epochs:
        return
    _verdict(run)
    names = [_(name) for name in run.at.texts["classes"].split("\n")]
    side_by_side(
        lambda: loss_curve(run, key="spoken_digits.loss", colour=run.config.cell),
        lambda: _beside(run),
    )
    confusion_chart(run.at.arrays["confusion"], names, key="spoken_digits.confusion", height=440)
    _mistakes(run, names)


def _verdict(run: Run[SpokenDigitsConfig]):
    """Who is better, in a sentence, once the run is over."""
    if not (run.ended and run.at_last):
        return
    verdict(
        float(run.at.metrics["accuracy"]),
        known_scores(run, baseline_names()),
        int(run.at.arrays["confusion"].sum()),
        _(
            "Of {tested} held-out words the network gets {network} right; the best that needs "
            "none, {name}, {simple}."
        ),
        _(
            "A difference of less than {points} points is chance with so many words: other seeds "
            "tell more."
        ),
    )


def _beside(run: Run[SpokenDigitsConfig]):
    """The scores of network and baselines, side by side."""
    others = known_scores(run, baseline_names())
    scores_beside(
        bars(run.at.metrics["accuracy"], run.config.cell, others),
        title=_("Best on held-out words: {name}"),
        axis=_("held-out words that are right"),
        key="spoken_digits.scores",
    )


def _mistakes(run: Run[SpokenDigitsConfig], names: list[str]):
    """Which held-out words were misheard, the surest first."""
    arrays, words = run.at.arrays, spoken(run.config.data)
    wrong = np.flatnonzero(~right_answers(run))
    wrong = wrong[np.argsort(-arrays["sure"][wrong].astype(float), kind="stable")]
    if not len(wrong):
        st.caption(_("It misheard none of the held-out words."))
        return
    told = [
        _("“{word}” by {speaker}, recording {take}: {answer}, {share} sure").format(
            word=words.word_names[words.words[place]],
            speaker=words.speaker_names[words.speakers[place]],
            take=int(words.takes[place]) + 1,
            answer=names[arrays["answers"][i]],
            share=percent(float(arrays["sure"][i])),
        )
        for i in wrong[:_MOST_NAMED]
        for place in [int(arrays["heldout"][i])]
    ]
    st.markdown("**" + _("Misheard, the surest first") + "**")
    st.caption(plain("; ".join(told)) + ".")
