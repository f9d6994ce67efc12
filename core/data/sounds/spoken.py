"""Spoken words with who said them: recorded digits, or a synthesiser's words; and their parting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.data import fetch
from core.data.sounds.synthetic import VOICES, WORDS, synthetic_words
from core.data.sounds.wav import FULL_SCALE, as_int16, read_sound
from core.messages import N_, Problem

GROUP = "fsdd"
SPEAKERS = ("george", "jackson", "lucas", "nicolas", "theo", "yweweler")
DIGITS = tuple("0123456789")
TAKES = 10  # recordings of a word by a speaker; of the first five the official test part consists
TEST_TAKES = 5
GROUPS = len(SPEAKERS)  # that can be held out: a speaker, or of who speaks two words


@dataclass(frozen=True)
class Spoken:
    """Words of a set, silence around them cut off.

    sounds: float32 (n,) each, at 8 kHz. words, speakers, takes: int64 (sounds,), the first two
    index into the names.
    """

    sounds: tuple[np.ndarray, ...]
    words: np.ndarray
    speakers: np.ndarray
    takes: np.ndarray
    word_names: tuple[str, ...]
    speaker_names: tuple[str, ...]

    def labels(self, task: str) -> np.ndarray:
        """What is to be heard: the word of each ("word"), or who says it ("speaker")."""
        return self.words if task == "word" else self.speakers

    def classes(self, task: str) -> tuple[str, ...]:
        """The names of the labels."""
        return self.word_names if task == "word" else self.speaker_names

    def split(self, task: str, heldout: str, group: int = 1) -> tuple[np.ndarray, np.ndarray]:
        """Which sounds to learn from, and which are held out.

        heldout: "recordings", the first five of each word by each speaker, which for the digits are
        the official test part; or "unheard", all of one speaker, and for the task "speaker" of two
        words, which nobody is heard to say. group: which of them, from 1 to GROUPS.
        """
        if heldout == "recordings":
            test = self.takes < TEST_TAKES
        elif task == "word":
            test = self.speakers == group - 1
        else:
            half = len(self.word_names) // 2
            test = self.words % half == (group - 1) % half
        return np.flatnonzero(~test), np.flatnonzero(test)

    def place(self, word: int, speaker: int, take: int) -> int:
        """Where a recording stands."""
        return int(
            np.flatnonzero(
                (self.words == word) & (self.speakers == speaker) & (self.takes == take)
            )[0]
        )


def missing() -> list[str]:
    """The files of the recordings that are not on this machine."""
    return list(_missing(fetch.changed(GROUP)))


@lru_cache(maxsize=4)
def _missing(_changed: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(fetch.absent(fetch.members(GROUP)))


@lru_cache(maxsize=2)
def spoken(name: str) -> Spoken:
    """The set "recordings", of six people's English digits, or "synthetic".

    Raises Problem if there is no such set, or its files are not on this machine.
    """
    if name == "recordings":
        return _read()
    if name == "synthetic":
        return _made()
    raise Problem(
        N_("There are no spoken words called {name}; there are: {names}."),
        name=name,
        names="recordings, synthetic",
    )


def file_of(digit: int, speaker: int, take: int) -> str:
    """The name of a recording's file."""
    return f"{GROUP}_{digit}_{SPEAKERS[speaker]}_{take}.wav"


def _read() -> Spoken:
    of = _all(DIGITS, SPEAKERS)
    sounds = [read_sound(fetch.path(file_of(*each)).read_bytes()).word for each in of]
    return _spoken(sounds, of, DIGITS, SPEAKERS)


def _made() -> Spoken:
    of = _all(WORDS, VOICES)
    sounds = [as_int16(word) / np.float32(FULL_SCALE) for word in synthetic_words(of)]
    return _spoken(sounds, of, WORDS, VOICES)


def _all(words: tuple[str, ...], speakers: tuple[str, ...]) -> list[tuple[int, int, int]]:
    return [
        (word, speaker, take)
        for word in range(len(words))
        for speaker in range(len(speakers))
        for take in range(TAKES)
    ]


def _spoken(
    sounds: list[np.ndarray],
    of: list[tuple[int, int, int]],
    words: tuple[str, ...],
    speakers: tuple[str, ...],
) -> Spoken:
    for sound in sounds:  # shared by all who ask
        sound.flags.writeable = False
    word, speaker, take = np.array(of, np.int64).T
    return Spoken(tuple(sounds), word, speaker, take, words, speakers)
