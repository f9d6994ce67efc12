"""One beat over its reconstruction: the one picked in a plane, or a telling one of the test."""

import numpy as np
import streamlit as st

from core.figures.autoencoders.anomaly import beat_and_copies
from core.messages import N_
from pages.autoencoders.lstm_autoencoder.evaluation import BeatEvaluation
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.state.kept_choice import kept_choice
from ui.texts import _

_NAMES = {
    "picked": N_("Picked in a plane"),
    "normal": N_("Usual normal"),
    "abnormal": N_("Usual abnormal"),
    "false": N_("Highest normal"),
    "missed": N_("Lowest abnormal"),
}


def one_beat(
    evaluation: BeatEvaluation, picked: int | None, threshold: float, *, key: str, parameter: str
):
    """A choice of a beat, and the beat with what the network and PCA make of it.

    picked: the place of a beat among those in the planes, None before there is one.
    """
    if evaluation.base.model is None:
        st.caption(_("Of this epoch the weights were not kept: no beat can be sent through."))
        return
    places = telling(evaluation)
    if picked is not None:
        places = {"picked": int(evaluation.shown[picked]), **places}
        _show_what_was_just_picked(picked, key)
    chosen = kept_choice(_("Beat"), _NAMES, places, key=f"{key}.beat", parameter=parameter)
    _draw(evaluation, places[chosen], threshold, key)


def _show_what_was_just_picked(picked: int, key: str):
    if st.session_state.get(f"{key}.picked") != picked:
        st.session_state[f"{key}.picked"] = picked
        st.session_state[f"{key}.beat.kept"] = "picked"


def telling(evaluation: BeatEvaluation) -> dict[str, int]:
    """The places among the test beats of some that tell much: name -> place."""
    scores, abnormal = evaluation.scores["lstm"], evaluation.abnormal
    normal, other = (np.flatnonzero(which) for which in (~abnormal, abnormal))
    by_score = {
        kind: which[np.argsort(scores[which], kind="stable")]
        for kind, which in (("normal", normal), ("abnormal", other))
    }
    return {
        "normal": int(by_score["normal"][len(normal) // 2]),
        "abnormal": int(by_score["abnormal"][len(other) // 2]),
        "false": int(by_score["normal"][-1]),
        "missed": int(by_score["abnormal"][0]),
    }


def _draw(evaluation: BeatEvaluation, place: int, threshold: float, key: str):
    beat, score = evaluation.signals[place], float(evaluation.scores["lstm"][place])
    base = evaluation.base
    copy = base.network.decode(base.network.encode(beat[None]))[0]
    other = base.pca.reconstruct(base.pca.project(beat[None].astype(float)))[0]
    title = _("It is {kind}; error {score}: {said}").format(
        kind=evaluation.class_names[evaluation.kinds[place]],
        score=significant(score, 2),
        said=_("alarm") if score >= threshold else _("no alarm"),
    )
    alt = f"{title}. " + _("By PCA the error is {score}.").format(
        score=significant(float(evaluation.scores["pca"][place]), 2)
    )
    figure = beat_and_copies(
        look(title, _("sample of the beat"), _("standardised voltage"), alt=alt),
        beat,
        copy,
        other,
        names=(_("beat"), _("its reconstruction"), _("PCA")),
    )
    live_plot(figure, key=f"{key}.beat_figure", height=320)
