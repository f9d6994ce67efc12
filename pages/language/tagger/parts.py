"""Recorded runs: what each part of a tagger brings, one after the other."""

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

import numpy as np
import streamlit as st

from core import pretrained
from core.experiments.tagger.recorded import FILE, Recorded, load
from core.figures.recurrent.classification import seeds_by_setting
from pages.language.tagger.networks import NAMES
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.notices import made_by, plain
from ui.state.kept_choice import kept_choice
from ui.texts import _, lesson_text, percent


def names() -> dict[str, str]:
    """What each network is called, in the order in which they grow."""
    return {
        "words_left": _("words, from the left"),
        "words_both": _("+ from the right, too"),
        "letters": _("+ letters"),
        "features": _("+ hand-made features"),
        "transitions": _("+ transition layer"),
        "whole_left": _("all that, from the left"),
        "whole_right": _("all that, from the right"),
    }


def parts():
    """The section; nothing where nothing was recorded."""
    if not FILE.is_file() or NAMES["words"] not in pretrained.names():
        return
    recorded = load()
    st.header(_("What each part brings"), anchor=False)
    text, right = text_beside("tagger.parts_text")
    text.markdown(lesson_text("tagger", "parts"))
    with right:
        chosen = kept_choice(
            _("Held-out words"),
            {"all": _("All words"), "unknown": _("Never met in training")},
            ("all", "unknown"),
            key="tagger.parts_of",
            parameter="words",
        )
        _chart(recorded, chosen)
        st.caption(plain(made_by(recorded.card)))


def _chart(recorded: Recorded, chosen: str):
    known: Mapping[str, tuple[float, ...]] = {
        "all": recorded.accuracy,
        "unknown": recorded.unknown,
    }[chosen]
    shares = {name: known[name] for name in names() if name in known}
    means = {name: float(np.mean(some)) for name, some in shares.items()}
    grown = list(means)[:5]
    gains = {b: means[b] - means[a] for a, b in pairwise(grown)}
    most = max(gains, key=gains.__getitem__)
    title = _("From {first} to {last}; most of it by: {part}").format(
        first=percent(means[grown[0]], 1),
        last=percent(means[grown[-1]], 1),
        part=names()[most].removeprefix("+ "),
    )
    metric = {"all": "accuracy", "unknown": "unknown"}[chosen]
    linear = float(pretrained.card(NAMES["words"])["metrics"][f"baseline_linear_{metric}"])
    summary = ", ".join(f"{names()[name]}: {percent(mean, 1)}" for name, mean in means.items())
    figure = partial(
        seeds_by_setting,
        look(title, "", _("held-out words right"), f"{title}. {summary}"),
        {names()[name].replace(" ", "<br>"): some for name, some in shares.items()},
        reference=(_("linear tagger: {share}").format(share=percent(linear, 1)), linear),
    )
    live_plot(figure, key="tagger.parts", height=440)
