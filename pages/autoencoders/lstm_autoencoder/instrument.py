"""The instrument: two shipped networks on synthetic beats, cut out with care or without."""

from functools import partial

import numpy as np
import streamlit as st

from core import pretrained
from core.experiments.kit.config import Config
from core.experiments.lstm_autoencoder.config import NAME
from core.figures.autoencoders.anomaly import beat_and_copies
from core.messages import N_
from core.numeric.autoencoders.anomaly import threshold_for
from pages.autoencoders.lstm_autoencoder.alarm import Alarm, alarm_figures, areas, method_names
from pages.autoencoders.lstm_autoencoder.evaluation import BeatEvaluation, shipped
from ui.autoencoders.evaluation import shipped_is_missing
from ui.autoencoders.linked_planes import linked_planes
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.state.controls import controls
from ui.state.kept_choice import kept_choice
from ui.texts import _, number

_EVEN = 0.01  # of area: less is chance with so few beats
_CUT = {
    NAME: N_("All alike"),
    f"{NAME}-shifted": N_("Up to 10 samples off"),
}
_BEATS = {
    "picked": N_("Picked in a plane"),
    "normal": N_("Usual normal"),
    "abnormal": N_("Usual abnormal"),
    "false": N_("Highest normal"),
    "missed": N_("Lowest abnormal"),
}


@st.fragment
def instrument():
    """Planes, beat, scores and ROC of a shipped network."""
    here = [name for name in _CUT if name in pretrained.names()]
    if not here:
        shipped_is_missing()
        return
    name = kept_choice(
        _("Synthetic beats, cut out of the recording"),
        _CUT,
        here,
        key="lstm_autoencoder.cut",
        parameter="cut",
    )
    evaluation = shipped(name)
    if evaluation is None:
        return
    mse, pca = (
        significant(float(evaluation.scores[method][~evaluation.abnormal].mean()))
        for method in ("lstm", "pca")
    )
    alt = _(
        "{count} held-out synthetic beats: by the shipped LSTM autoencoder, and by PCA. "
        "Error of the normal ones {mse}, PCA's {pca}."
    ).format(count=len(evaluation.shown), mse=mse, pca=pca)
    beats_and_alarm(evaluation, alt, Alarm, key="lstm_autoencoder", prefix="", opens=True)


def beats_and_alarm(
    evaluation: BeatEvaluation,
    alt: str,
    alarm_class: type[Config],
    *,
    key: str,
    prefix: str,
    opens: bool = False,
):
    """The planes and the beat nearest to the hand, or chosen; a threshold, and what comes of it.

    alarm_class: with the fields of ``Alarm``, which may begin with ``prefix``, as the beat's
    parameter in the URL does. opens: as of ``linked_planes``.
    """
    top = st.container()
    chosen = controls(alarm_class, strip=tuple(alarm_class.specs()))
    if chosen is None:
        return
    alarm = Alarm(**{name.removeprefix(prefix): value for name, value in chosen.to_dict().items()})
    threshold = threshold_for(evaluation.validation_scores["lstm"], alarm.allowed / 100)

    def planes_and_beat():
        planes = f"lstm_autoencoder.{prefix}planes"
        picked = linked_planes(evaluation, key=planes, alt=alt, opens=opens)
        st.caption(verdict(evaluation))
        one_beat(evaluation, picked, threshold, key=key, parameter=f"{prefix}beat")

    with top:
        st.fragment(planes_and_beat)()
    alarm_figures(evaluation, alarm, key=key)


def verdict(evaluation: BeatEvaluation) -> str:
    """Which method finds the abnormal beats best, in a sentence."""
    names, by_method = method_names(evaluation), areas(evaluation)
    ranked = sorted(by_method, key=lambda method: -by_method[method])
    order = ", ".join(f"{names[method]} {number(by_method[method])}" for method in ranked)
    sentence = _("Area under the ROC on held-out beats: {order}.").format(order=order)
    if ranked[0] == "lstm":
        return f"{sentence} " + _("The network is ahead.")
    best = ranked[0]
    behind = by_method[best] - by_method["lstm"]
    why = (
        _("The network is {behind} behind {name}: almost nothing, but {name} needs no training.")
        if behind < _EVEN
        else _("The network is {behind} behind {name}, which needs no training.")
    )
    return f"{sentence} " + why.format(behind=number(behind), name=names[best])


def one_beat(
    evaluation: BeatEvaluation, picked: int | None, threshold: float, *, key: str, parameter: str
):
    """A choice of a beat, and the beat with what the network and PCA make of it.

    picked: the place of a beat among those in the planes, None before there is one.
    """
    if evaluation.model is None:
        st.caption(_("The weights of this epoch were not kept: no beat can be sent through."))
        return
    places = telling(evaluation)
    if picked is not None:
        places = {"picked": int(evaluation.shown[picked]), **places}
        if st.session_state.get(f"{key}.picked") != picked:
            st.session_state[f"{key}.picked"] = picked
            st.session_state[f"{key}.beat.kept"] = "picked"
    chosen = kept_choice(_("Beat"), _BEATS, places, key=f"{key}.beat", parameter=parameter)
    _beat_figure(evaluation, places[chosen], threshold, key)


def telling(evaluation: BeatEvaluation) -> dict[str, int]:
    """The places among the test beats of some that tell much: name -> place."""
    scores, abnormal = evaluation.scores["lstm"], evaluation.abnormal
    order = np.argsort(scores, kind="stable")
    normal, other = order[~abnormal[order]], order[abnormal[order]]
    return {
        "normal": int(normal[len(normal) // 2]),
        "abnormal": int(other[len(other) // 2]),
        "false": int(normal[-1]),
        "missed": int(other[0]),
    }


def _beat_figure(evaluation: BeatEvaluation, place: int, threshold: float, key: str):
    beat, score = evaluation.signals[place], float(evaluation.scores["lstm"][place])
    copy = evaluation.network.reconstruct(beat[None])[0]
    other = evaluation.pca.reconstruct(evaluation.pca.project(beat[None].astype(float)))[0]
    title = _("It is {kind}; error {score}: {said}").format(
        kind=evaluation.class_names[evaluation.kinds[place]],
        score=significant(score, 2),
        said=_("alarm") if score >= threshold else _("no alarm"),
    )
    alt = f"{title}. " + _("With PCA the error is {score}.").format(
        score=significant(float(evaluation.scores["pca"][place]), 2)
    )
    figure = partial(
        beat_and_copies,
        look(title, _("sample of the beat"), _("standardised voltage"), alt=alt),
        beat,
        copy,
        other,
        names=(_("beat"), _("its reconstruction"), _("PCA")),
    )
    live_plot(figure, key=f"{key}.beat_figure", height=320)
