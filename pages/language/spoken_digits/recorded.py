"""Recorded runs: a speaker who was never heard, the official test part, who speaks."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from core.data.sounds.spoken import SPEAKERS
from core.experiments.spoken_digits.recorded import BASELINES, load
from core.figures.language.text_class import turned_round
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.notices import made_by, plain
from ui.texts import _, lesson_text, percent

Rows = Sequence[Mapping[str, float]]  # of each run what it reached


def comparisons():
    """The section: a text, each speaker held out in turn, and a table of what was recorded."""
    runs, card = load()
    st.header(_("Someone who was never heard"), anchor=False)
    text, right = text_beside("spoken_digits.unheard_text")
    text.markdown(lesson_text("spoken-digits", "unheard"))
    with right:
        _by_speaker(runs["unheard"])
        st.markdown(_table(runs))
        st.caption(plain(made_by(card)))


def _by_speaker(rows: Rows):
    def mean_of_seeds(method: str) -> np.ndarray:
        return np.array([row[method] for row in rows]).reshape(-1, len(SPEAKERS)).mean(0)

    shares = {
        _("network"): mean_of_seeds("network"),
        _("nearest by warping"): mean_of_seeds("warping"),
    }
    means = {name: float(values.mean()) for name, values in shares.items()}
    title = _("Never heard: the network {network}, warping {warping} on average").format(
        network=percent(means[_("network")], 1), warping=percent(means[_("nearest by warping")], 1)
    )
    figure = partial(
        turned_round,
        look(title, _("share of this speaker's digits that are right")),
        SPEAKERS,
        shares,
        None,
    )
    low = min(float(values.min()) for values in shares.values())
    layout = {"xaxis": {"range": [max(0.0, low - 0.08), 1.01]}}
    live_plot(figure, key="spoken_digits.unheard", height=330, layout=layout)


def _table(runs: Mapping[str, Rows]) -> str:
    names = {
        "official": _("Which digit, other recordings"),
        "official_as_it_is": _("The same, nothing varied in training"),
        "unheard": _("Which digit, a speaker never heard"),
        "unheard_as_it_is": _("The same, nothing varied in training"),
        "speaker": _("Who speaks, other recordings"),
        "speaker_unheard": _("Who speaks, on digits nobody was heard to say"),
    }
    heads = [
        _("mean accuracy"),
        _("runs"),
        _("network"),
        _("nearest by warping"),
        _("logistic, 16 steps"),
        _("logistic, mean and spread"),
    ]
    lines = ["| " + " | ".join(heads) + " |", "|:--" + "|--:" * (len(heads) - 1) + "|"]
    for name, label in names.items():
        if name in runs:
            means = [
                percent(float(np.mean([row[method] for row in runs[name]])), 1)
                for method in ("network", *BASELINES)
            ]
            lines.append("| " + " | ".join([label, str(len(runs[name])), *means]) + " |")
    return "\n".join(lines)
