"""The instrument: waveform, spectrogram, and what the network believes step by step."""

from functools import lru_cache, partial
from html import escape

import numpy as np
import streamlit as st

from core.data.sounds.spoken import spoken
from core.figures.language.spoken import BELIEF_BARS, HEARD_UNTIL, belief_texts, heard_word
from core.numeric.sound.hearing import STEP_MS, steps_of
from core.numeric.sound.spectrogram import RATE_HZ, band_centres_hz, log_mel
from core.numeric.sound.warping import warped_distances
from pages.language.spoken_digits.listeners import Hearer
from pages.language.spoken_digits.sounds import Heard, play
from ui.components.charts import Choices, live_plot, look
from ui.layout import the_figure
from ui.notices import plain
from ui.texts import _, percent


def hearing(heard: Heard, hearer: Hearer):
    """The figure, its sound, and what the nearest recording says."""
    beliefs = hearer.model.beliefs(heard.samples)
    names = [escape(_(name)) for name in hearer.model.classes]
    answer = int(beliefs[-1].argmax())
    settled = _settled(beliefs)
    title = _("It hears {answer}, {share} sure; from {ms} ms on it stays with that").format(
        answer=names[answer],
        share=percent(float(beliefs[-1, answer])),
        ms=STEP_MS * (settled + 1),
    )
    seconds = len(heard.samples) / RATE_HZ
    ends = np.minimum(seconds, 1e-3 * STEP_MS * np.arange(1, len(beliefs) + 1))
    said = [_moment(row, end, names) for row, end in zip(beliefs, ends, strict=True)]
    figure = partial(
        heard_word,
        look(title, alt=f"{title}. " + " ".join(said[:: max(1, len(said) // 6)])),
        heard.samples,
        RATE_HZ,
        log_mel(heard.samples / (np.abs(heard.samples).max() + 1e-6)),
        band_centres_hz(),
        beliefs,
        1e-3 * STEP_MS,
        names,
        names={
            "level": _("level"),
            "pitch": "kHz",
            "belief": _("belief"),
        },
    )
    updates = [
        {
            "x": [row.tolist(), [float(end)] * 2],
            "y": [names, [-0.03, 1.03]],
            "text": [belief_texts(row), None],
        }
        for row, end in zip(beliefs, ends, strict=True)
    ]
    choices = Choices(ends.tolist(), said, [BELIEF_BARS, HEARD_UNTIL], updates, first=len(ends) - 1)
    with the_figure():
        live_plot(figure, key="spoken_digits.heard", height=560, room=1, choices=choices)
    st.caption(
        _(
            "Move over the waveform or tap it, or use the arrow keys: the bars show what it "
            "would answer if the word ended there."
        )
    )
    play(heard)
    told = _nearest(heard, hearer)
    if heard.truth:
        told = _("It is {truth}.").format(truth=heard.truth) + " " + told
    st.caption(plain(told))


def _settled(beliefs: np.ndarray) -> int:
    """The step from which on the answer is the last one. beliefs: (steps, classes)."""
    answers = beliefs.argmax(1)
    others = np.flatnonzero(answers != answers[-1])
    return int(others[-1]) + 1 if len(others) else 0


def _moment(row: np.ndarray, end: float, names: list[str]) -> str:
    first, second = np.argsort(-row, kind="stable")[:2]
    return _("After {ms} ms: {first} {share}, {second} {other}.").format(
        ms=round(1e3 * float(end)),
        first=names[first],
        share=percent(float(row[first])),
        second=names[second],
        other=percent(float(row[second])),
    )


def _nearest(heard: Heard, hearer: Hearer) -> str:
    """What needs no network says: the recording that is nearest by dynamic time warping."""
    data = hearer.config.data
    try:
        words = spoken(data)
    except ValueError:
        return ""
    nearest = (
        _nearest_to_recording(data, heard.place)
        if heard.data == data
        else int(_distances(data, heard.samples).argmin())
    )
    return _("Nearest other recording, by dynamic time warping: “{word}” by {speaker}.").format(
        word=words.word_names[words.words[nearest]],
        speaker=words.speaker_names[words.speakers[nearest]],
    )


@lru_cache(maxsize=64)  # of recordings alone: a visitor's voice is kept nowhere
def _nearest_to_recording(data: str, place: int) -> int:
    apart = _distances(data, spoken(data).sounds[place])
    apart[place] = np.inf
    return int(apart.argmin())


def _distances(data: str, samples: np.ndarray) -> np.ndarray:
    known, spread = _known(data)
    return warped_distances([steps_of(samples) / spread], known)[0]


@lru_cache(maxsize=2)
def _known(data: str) -> tuple[list[np.ndarray], np.ndarray]:
    """All words of a set in steps, each feature scaled to spread 1, and the spreads."""
    words = [steps_of(sound) for sound in spoken(data).sounds]
    spread = np.concatenate(words).std(0)
    return [word / spread for word in words], spread
