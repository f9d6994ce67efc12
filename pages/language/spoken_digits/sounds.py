"""The sound that is heard: a recording, the visitor's own voice, or a file."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.data.sounds.spoken import TAKES, TEST_TAKES, Spoken, missing, spoken
from core.data.sounds.wav import read_sound, write_sound
from core.messages import Problem
from core.numeric.sound.spectrogram import RATE_HZ
from ui.notices import plain
from ui.state import address
from ui.state.kept_choice import kept_choice
from ui.state.widgets import in_new_words
from ui.texts import _, say

SOURCE = "spoken_digits.source"
_WORD, _SPEAKER, _TAKE = (f"spoken_digits.{name}" for name in ("word", "speaker", "take"))
_DEFAULT = {_WORD: 2, _SPEAKER: 4, _TAKE: 0}
_IN_THE_URL = {_WORD: "say", _SPEAKER: "by", _TAKE: "take"}


@dataclass(frozen=True)
class Heard:
    """A word to be heard. samples: float (n,) at 8 kHz.

    data: the set that it is from, "" of a visitor's; place: where in it it stands; truth: what is
    said and by whom, "" if nobody knows.
    """

    samples: np.ndarray
    data: str = ""
    place: int = -1
    truth: str = ""


def choose_sound(data: str) -> Heard | None:
    """Asks which sound is to be heard; data: of which set recordings are. None if there is none."""
    labels = {"recording": _("Recorded"), "voice": _("Your voice"), "file": _("A file")}
    if data == "synthetic":
        labels["recording"] = _("Synthetic")
    known = [name for name in labels if name != "recording" or data == "synthetic" or not missing()]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        source = kept_choice(_("What is heard"), labels, known, key=SOURCE, parameter="sound")
        if source == "recording":
            return _recording(data, spoken(data))
        return _own(source)


def play(heard: Heard):
    """The browser's own player, of what is not the visitor's."""
    if heard.data:
        st.audio(write_sound(heard.samples), format="audio/wav")


def _recording(data: str, words: Spoken) -> Heard:
    word = _choose(_WORD, _("Word"), words.word_names)
    speaker = _choose(_SPEAKER, _("Speaker"), words.speaker_names)
    take = _choose(_TAKE, _("Recording"), [str(take + 1) for take in range(TAKES)])
    place = words.place(word, speaker, take)
    part = _("of the test part") if take < TEST_TAKES else _("of the training part")
    truth = _("“{word}” by {speaker}, {part}").format(
        word=words.word_names[word], speaker=words.speaker_names[speaker], part=part
    )
    return Heard(words.sounds[place], data, place, truth)


def _choose(key: str, label: str, names: tuple[str, ...] | list[str]) -> int:
    """The place of one of several names, which the URL holds."""
    options = list(range(len(names)))
    parameter = _IN_THE_URL[key]
    if address.decides(key):
        given = st.query_params.get(parameter, "")
        st.session_state[key] = int(given) if given in map(str, options) else _DEFAULT[key]
    chosen = st.selectbox(
        label,
        options,
        in_new_words(key, options, _DEFAULT[key]),
        format_func=names.__getitem__,
        key=key,
        width=110 if key == _WORD else 140,  # three in a row, in French, on a low screen
    )
    place = _DEFAULT[key] if chosen is None else chosen
    address.write({parameter: str(place) if place != _DEFAULT[key] else None})
    return place


def _own(source: str) -> Heard | None:
    """What the visitor says or brings: heard in memory, written nowhere."""
    with st.container():
        if source == "voice":
            given = st.audio_input(
                _("Say a digit in English"),
                key="spoken_digits.voice",
                sample_rate=16_000,
                help=_("It is heard in this server's memory, written nowhere and shown to nobody."),
            )
        else:
            given = st.file_uploader(
                _("A word in WAV"), type=["wav"], key="spoken_digits.file", max_upload_size=30
            )
    if given is None:
        return None
    try:
        sound = read_sound(given.getvalue())
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None
    notes = [plain(say(note)) for note in sound.notes]
    length = _("{ms} ms of a word").format(ms=round(1e3 * len(sound.word) / RATE_HZ))
    st.caption("; ".join([length, *notes]))
    return Heard(sound.word)
