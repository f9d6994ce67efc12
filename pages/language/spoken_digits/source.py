"""The words to learn from: recordings that may have to be fetched, or synthetic words."""

import streamlit as st

from core.data.sounds.spoken import missing, spoken
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from ui.notices import plain
from ui.runs.inputs.fetching import fetch_or_replace
from ui.state.controls import choose
from ui.texts import _


def usable(config: SpokenDigitsConfig | None) -> SpokenDigitsConfig | None:
    """``config`` if its words are here; else what is needed to get them is shown, and it is None.

    What the words are is said beneath.
    """
    if config is None:
        return None
    if config.data == "recordings" and (files := missing()):
        fetch_or_replace(
            files,
            key="spoken_digits.recordings",
            fetch_label=_("Fetch the recordings"),
            instead_label=_("Take synthetic words"),
            take_instead=lambda: choose(SpokenDigitsConfig, data="synthetic"),
        )
        return None
    st.caption(plain(_about(config)))
    return config


def _about(config: SpokenDigitsConfig) -> str:
    data = spoken(config.data)
    training, test = data.split(config.task, config.heldout, config.group)
    about = {
        "recordings": _(
            "Free Spoken Digit Dataset: six people say the English digits, ten recordings of each "
            "are used here."
        ),
        "synthetic": _(
            "Synthetic: ten words of two vowels in six voices, made by this program from a buzz "
            "and three resonances. Nobody said them."
        ),
    }[config.data]
    heldout = _("The first five recordings of each word by each speaker are held out.")
    if config.heldout == "unheard" and config.task == "word":
        name = data.speaker_names[config.group - 1]
        heldout = _("All recordings of {name} are held out.").format(name=name)
    elif config.heldout == "unheard":
        names = sorted({data.word_names[i] for i in data.words[test]})
        heldout = _("All recordings of {names} are held out.").format(names=", ".join(names))
    counts = _("{training} words to learn from, {test} to be tested on.").format(
        training=len(training), test=len(test)
    )
    return f"{about} {heldout} {counts}"
