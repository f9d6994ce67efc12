"""Voices that nobody has: the vowels of a sentence, said; and a word that a network hears."""

from functools import lru_cache, partial

import numpy as np
import streamlit as st

from core import pretrained
from core.data.sounds.spoken import TAKES, spoken
from core.data.sounds.synthetic import VOICES
from core.data.sounds.wav import write_sound
from core.figures.language.applications import vowel_spectrum
from core.figures.recurrent.classification import score_bars
from core.numeric.sound.listener import Listener
from core.numeric.sound.source_filter import (
    FORMANTS_HZ,
    held_spectrum_db,
    response_db,
    say_vowels,
)
from pages.language.applications.answers import vowels_of
from ui.components.charts import live_plot, look
from ui.state.kept_choice import kept_choice
from ui.texts import _, number, percent

_VOICES = {"low": (110.0, 1.0), "high": (220.0, 1.17)}  # pitch in Hz, formants by those of men
_MOST_VOWELS = 24  # that are said
_LISTENER, _HEARD = "spoken-digits-synthetic", 4


def synthesis(sentence: str):
    """The vowels of the sentence, to be heard, and the spectrum of one of them."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        vowel = kept_choice(
            _("Vowel"),
            {vowel: vowel for vowel in FORMANTS_HZ},
            FORMANTS_HZ,
            key="applications.vowel",
            parameter="vowel",
        )
        voice = kept_choice(
            _("Voice"),
            {"low": _("low"), "high": _("high, a shorter throat")},
            _VOICES,
            key="applications.voice",
            parameter="voice",
        )
    pitch_hz, shorter = _VOICES[voice]
    if said := vowels_of(sentence)[:_MOST_VOWELS].strip():
        st.audio(_wav(said, pitch_hz, shorter), format="audio/wav")
    formants = [formant * shorter for formant in FORMANTS_HZ[vowel]]
    frequencies, level = held_spectrum_db(vowel, pitch_hz, shorter)
    told = ", ".join(f"{number(formant, 0)} Hz" for formant in formants)
    live_plot(
        partial(
            vowel_spectrum,
            look(
                _("The throat shapes the buzz: “{vowel}” at {formants}").format(
                    vowel=vowel, formants=told
                ),
                _("frequency, Hz"),
                "dB",
            ),
            frequencies,
            level,
            response_db(vowel, frequencies, shorter),
            formants,
            names=(_("the sound"), _("the filter alone")),
        ),
        key="applications.spectrum",
        height=380,
    )
    st.caption(
        _(
            "Synthetic: pulses at {pitch} Hz through three resonances, no network and no recorded "
            "voice. It knows five vowels and says nothing else. Formants: means of men of Peterson "
            "& Barney (1952); for the high voice {percent} higher."
        ).format(pitch=number(pitch_hz, 0), percent=percent(_VOICES["high"][1] - 1))
    )


def transcription(_sentence: str):
    """A synthetic word, to be heard, and what the shipped network makes of it."""
    if _LISTENER not in pretrained.names():
        st.info(_("Its network is missing from this copy of Pangloss."))
        return
    model, card = pretrained.load(_LISTENER, Listener)
    words = spoken("synthetic")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        word = kept_choice(
            _("Word"),
            {name: name for name in words.word_names},
            words.word_names,
            key="applications.word",
            parameter="word",
            widget=st.pills,
        )
        speaker = kept_choice(
            _("Voice"),
            {name: name for name in VOICES},
            VOICES,
            key="applications.speaker",
            parameter="by",
        )
    place = words.place(words.word_names.index(word), VOICES.index(speaker), TAKES // 2 - 1)
    sound = words.sounds[place]
    st.audio(write_sound(sound), format="audio/wav")
    beliefs = model.beliefs(sound)[-1]
    order = np.argsort(-beliefs, kind="stable")[:_HEARD].tolist()
    rows = [
        (model.classes[i], float(beliefs[i]), "gru", percent(float(beliefs[i]), 1)) for i in order
    ]
    title = _("It hears “{answer}”, {share} sure").format(answer=rows[0][0], share=rows[0][3])
    live_plot(
        partial(score_bars, look(title, _("probability")), rows),
        key="applications.heard",
        height=240,
    )
    st.caption(
        _(
            "Synthetic, and held out: a GRU of {params} weights that knows these ten words, and "
            "hears {share} of {count} held-out ones right. Ten recorded digits are harder: see the "
            "lesson."
        ).format(
            params=number(model.params, 0),
            share=percent(card["metrics"]["accuracy"], 1),
            count=number(card["metrics"]["test_words"], 0),
        )
    )


@lru_cache(maxsize=32)
def _wav(vowels: str, pitch_hz: float, shorter: float) -> bytes:
    return write_sound(say_vowels(vowels, pitch_hz, shorter))
