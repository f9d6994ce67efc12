"""Words that nobody said: a buzz sent through formants, as a source-filter synthesiser does it."""

from collections.abc import Sequence

import numpy as np

from core.numeric.sound.source_filter import FORMANTS_HZ, WIDTHS_HZ, pulses, resonance
from core.numeric.sound.spectrogram import RATE_HZ

WORDS = ("ai", "au", "ea", "eo", "ia", "io", "oa", "oi", "ua", "ue")
# What each voice is: its pitch in Hz, and by how much its vocal tract is shorter than that man's.
_VOICES = {
    "A": (95, 0.92),
    "B": (110, 1.0),
    "C": (130, 1.04),
    "D": (165, 1.1),
    "E": (195, 1.16),
    "F": (225, 1.22),
}
VOICES = tuple(_VOICES)


def synthetic_words(of: Sequence[tuple[int, int, int]]) -> list[np.ndarray]:
    """Words of two vowels, float32 (n,) each at RATE_HZ.

    of: word, voice and take of each, the first two index into WORDS and VOICES; each take says it a
    bit otherwise. A train of pulses and a little breath go through three resonances, which move
    from the first vowel's formants to the second's.
    Source: Klatt (1980), "Software for a cascade/parallel formant synthesizer".
    """
    sources, paths = zip(*(_drawn(*each) for each in of), strict=True)
    sounds = _padded(sources)
    for formant, width_hz in enumerate(WIDTHS_HZ):
        sounds = resonance(sounds, _padded([path[:, formant] for path in paths]), width_hz)
    words = []
    for each, source, sound in zip(of, sources, sounds, strict=True):
        rng = np.random.default_rng([*each, 1])
        word = sound[: len(source)]
        rise = np.minimum(1, np.arange(len(word)) / 240)
        word = word * rise * rise[::-1]
        word *= rng.uniform(0.1, 0.5) / np.abs(word).max()
        words.append((word + rng.normal(0, 2e-4, len(word))).astype(np.float32))
    return words


def _drawn(word: int, voice: int, take: int) -> tuple[np.ndarray, np.ndarray]:
    """The buzz of a word (n,), and the path of its formants in Hz, (n, 3)."""
    rng = np.random.default_rng([word, voice, take])
    pitch_hz, shorter = _VOICES[VOICES[voice]]
    pitch_hz *= np.exp(rng.normal(0, 0.06))
    shorter *= np.exp(rng.normal(0, 0.02))
    count = int(rng.integers(2240, 3680))
    source = pulses(pitch_hz * np.linspace(1.05, 0.9, count)) + rng.normal(0, 0.03, count)
    turn = np.clip((np.linspace(0, 1, count) - rng.uniform(0.35, 0.55)) / 0.25 + 0.5, 0, 1)
    first, second = (
        np.array(FORMANTS_HZ[vowel]) * shorter * np.exp(rng.normal(0, 0.03, 3))
        for vowel in WORDS[word]
    )
    return source, np.minimum(first + turn[:, None] * (second - first), 0.45 * RATE_HZ)


def _padded(sequences: Sequence[np.ndarray]) -> np.ndarray:
    padded = np.zeros((len(sequences), max(map(len, sequences))))
    for row, sequence in zip(padded, sequences, strict=True):
        row[: len(sequence)] = sequence
    return padded
