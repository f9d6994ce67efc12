"""The instrument: two shipped networks on synthetic beats, cut out with care or without."""

import streamlit as st

from core import pretrained
from core.experiments.lstm_autoencoder.recipe import NAME
from core.messages import N_
from core.numeric.autoencoders.anomaly import threshold_for
from pages.autoencoders.lstm_autoencoder.alarm import Alarm, alarm_figures, areas, method_names
from pages.autoencoders.lstm_autoencoder.beat import one_beat
from pages.autoencoders.lstm_autoencoder.studied import Seen, shipped
from ui.autoencoders.linked_planes import linked_planes
from ui.notices import significant
from ui.state.controls import controls
from ui.state.kept_choice import kept_choice
from ui.texts import _, number

_EVEN = 0.01  # of area: less is chance with so few beats
_CUT = {
    NAME: N_("All alike"),
    f"{NAME}-shifted": N_("Up to 10 samples off"),
}


def instrument():
    """Planes, beat, scores and ROC of a shipped network."""
    st.fragment(_instrument)()


def _instrument():
    here = [name for name in _CUT if name in pretrained.names()]
    if not here:
        st.info(
            _("The shipped autoencoder is missing from this copy of Pangloss. Train one below.")
        )
        return
    name = kept_choice(
        _("Synthetic beats, cut out of the recording"),
        _CUT,
        here,
        key="lstm_autoencoder.cut",
        parameter="cut",
    )
    seen = shipped(name)
    if seen is None:
        return
    st.caption(verdict(seen))
    alt = _(
        "{count} held-out synthetic beats: by the shipped LSTM autoencoder, and by PCA. "
        "Error of the normal ones {mse}, PCA's {pca}."
    ).format(count=len(seen.shown), **_errors(seen))
    top = st.container()
    alarm = controls(Alarm, strip=tuple(Alarm.specs()))
    if alarm is None:
        return
    threshold = threshold_for(seen.validation_scores["lstm"], alarm.allowed / 100)
    with top:
        st.fragment(planes_and_beat)(
            seen,
            alt,
            threshold,
            planes="lstm_autoencoder.planes",
            beat="lstm_autoencoder",
            parameter="beat",
        )
    alarm_figures(seen, alarm, key="lstm_autoencoder")


def planes_and_beat(
    seen: Seen, alt: str, threshold: float, *, planes: str, beat: str, parameter: str
):
    """The planes, and the beat that is nearest to the hand, or chosen, against the threshold.

    planes, beat: the keys of both. parameter: of the URL, for the beat.
    """
    picked = linked_planes(seen.studied, key=planes, alt=alt)
    one_beat(seen, picked, threshold, key=beat, parameter=parameter)


def verdict(seen: Seen) -> str:
    """Which method finds the abnormal beats best, in a sentence."""
    names, found = method_names(seen), areas(seen)
    ranked = sorted(found, key=lambda method: -found[method])
    order = ", ".join(f"{names[method]} {number(found[method])}" for method in ranked)
    said = _("Area under the ROC on held-out beats: {order}.").format(order=order)
    if ranked[0] == "lstm":
        return f"{said} " + _("The network is ahead.")
    best = ranked[0]
    behind = found[best] - found["lstm"]
    why = (
        _("The network is {behind} behind {name}: next to nothing, but {name} needs no training.")
        if behind < _EVEN
        else _("The network is {behind} behind {name}, which needs no training.")
    )
    return f"{said} " + why.format(behind=number(behind), name=names[best])


def _errors(seen: Seen) -> dict[str, str]:
    normal = ~seen.abnormal
    found = {"mse": seen.scores["lstm"], "pca": seen.scores["pca"]}
    return {name: significant(float(s[normal].mean())) for name, s in found.items()}
