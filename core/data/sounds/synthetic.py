"""Words that nobody said: a buzz sent through formants, as a source-filter synthesiser does it."""

import numpy as np
from scipy.signal import sosfilt

from core.numeric.sound.spectrogram import RATE_HZ

# The first three formants in Hz, of a man's voice; Peterson & Barney (1952), rounded.
_FORMANTS_HZ = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
_WIDTHS_HZ = (80, 100, 140)
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
_BLOCK = 80  # samples between two settings of the filters: 10 ms


def synthetic_word(word: str, voice: str, seed: list[int]) -> np.ndarray:
    """A word of two vowels by a voice, float64 (n,) at RATE_HZ; each seed says it a bit otherwise.

    A train of pulses and a little breath go through three resonances, which move from the first
    vowel's formants to the second's.
    Source: Klatt (1980), "Software for a cascade/parallel formant synthesizer".
    """
    rng = np.random.default_rng(seed)
    pitch_hz, shorter = _VOICES[voice]
    pitch_hz *= np.exp(rng.normal(0, 0.06))
    shorter *= np.exp(rng.normal(0, 0.02))
    blocks = int(rng.integers(28, 46))
    count = blocks * _BLOCK
    falling = np.linspace(1.05, 0.9, count)
    phase = np.cumsum(pitch_hz * falling / RATE_HZ)
    source = np.diff(np.floor(phase), prepend=0) + rng.normal(0, 0.03, count)
    turn = np.clip((np.linspace(0, 1, blocks) - rng.uniform(0.35, 0.55)) / 0.25 + 0.5, 0, 1)
    first, second = (
        np.array(_FORMANTS_HZ[vowel]) * shorter * np.exp(rng.normal(0, 0.03, 3)) for vowel in word
    )
    path_hz = np.minimum(first + turn[:, None] * (second - first), 0.45 * RATE_HZ)
    sound = _through_formants(source, path_hz)
    rise = np.minimum(1, np.arange(count) / 240)
    sound *= rise * rise[::-1]
    sound *= rng.uniform(0.1, 0.5) / np.abs(sound).max()
    silence = np.zeros(int(rng.integers(0, 800)))
    whole = np.concatenate([silence, sound, silence])
    return whole + rng.normal(0, 2e-4, len(whole))


def _through_formants(source: np.ndarray, path_hz: np.ndarray) -> np.ndarray:
    """A source through resonances of two poles each, set anew for each block.

    path_hz: (blocks, formants).
    """
    radius = np.exp(-np.pi * np.array(_WIDTHS_HZ) / RATE_HZ)
    turn = -2 * radius * np.cos(2 * np.pi * path_hz / RATE_HZ)
    ones, zeros = np.ones_like(turn), np.zeros_like(turn)
    poles = np.stack([ones, turn, ones * radius**2], -1)
    sections = np.concatenate([np.stack([poles.sum(-1), zeros, zeros], -1), poles], -1)
    state, parts = np.zeros((len(_WIDTHS_HZ), 2)), []
    for block, section in zip(source.reshape(-1, _BLOCK), sections, strict=True):
        part, state = sosfilt(section, block, zi=state)
        parts.append(part)
    return np.concatenate(parts)
