"""A voice as source and filter: pulses of the glottis, shaped by the resonances of the mouth."""

from collections.abc import Mapping

import numpy as np

from core.numeric.sound.spectrogram import RATE_HZ

# The first three formants in Hz, means of 33 men; Peterson & Barney (1952), "Control methods used
# in a study of the vowels", J. Acoust. Soc. Am. 24: the vowels of heed, head, hod, hawed and who'd.
FORMANTS_HZ: Mapping[str, tuple[int, int, int]] = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
WIDTHS_HZ = (80, 100, 140)
_VOWEL_S, _GLIDE_S = 0.18, 0.05
_HELD, _FRAME = 4, 1024  # times a vowel; samples, in which the pitch hardly falls
_HIGHEST = 0.45  # of the rate: where no resonance may pass


def pulses(pitch_hz: np.ndarray) -> np.ndarray:
    """A pulse wherever the glottis closes, 0 or 1, (n,). pitch_hz: at each sample, (n,)."""
    return np.diff(np.floor(np.cumsum(pitch_hz / RATE_HZ)), prepend=0)


def resonance(sounds: np.ndarray, path_hz: np.ndarray, width_hz: float) -> np.ndarray:
    """Sounds (sounds, n) through a resonance of two poles that moves along path_hz, (sounds, n).

    Its gain at 0 Hz is 1.
    Source: Klatt (1980), "Software for a cascade/parallel formant synthesizer".
    """
    radius = np.exp(-np.pi * width_hz / RATE_HZ)
    turn = (2 * radius * np.cos(2 * np.pi * path_hz / RATE_HZ)).T
    driven = sounds.T * (1 - turn + radius**2)
    out = np.zeros_like(driven)
    last = before = np.zeros(len(sounds))
    for t, drive in enumerate(driven):
        out[t] = drive + turn[t] * last - radius**2 * before
        last, before = out[t], last
    return out.T


def response_db(vowel: str, frequencies_hz: np.ndarray, shorter: float = 1.0) -> np.ndarray:
    """What the three resonances of a vowel let through at each frequency, dB (n,); 0 at 0 Hz.

    shorter: by which all formants are multiplied, as a shorter vocal tract does.
    """
    delay = np.exp(-2j * np.pi * frequencies_hz / RATE_HZ)
    level = np.zeros(len(frequencies_hz))
    for formant, width_hz in zip(FORMANTS_HZ[vowel], WIDTHS_HZ, strict=True):
        radius = np.exp(-np.pi * width_hz / RATE_HZ)
        turn = 2 * radius * np.cos(2 * np.pi * min(formant * shorter, _HIGHEST * RATE_HZ) / RATE_HZ)
        level += 20 * np.log10(
            (1 - turn + radius**2) / np.abs(1 - turn * delay + (radius * delay) ** 2)
        )
    return level


def say_vowels(vowels: str, pitch_hz: float, shorter: float = 1.0) -> np.ndarray:
    """Vowels one after the other, float32 (n,) at RATE_HZ, in [-0.5, 0.5].

    vowels: of a, e, i, o and u, at least one; a space is a pause. pitch_hz: at the beginning, from
    where it falls a little. shorter: as of ``response_db``.
    """
    count = round(_VOWEL_S * RATE_HZ)
    n = count * len(vowels)
    middles = count * (np.arange(len(vowels)) + 0.5)
    hold = (_VOWEL_S - _GLIDE_S) / 2 * RATE_HZ
    heard = [v for v in vowels if v != " "]
    near, at = [], heard[0]
    for vowel in vowels:  # a pause keeps the mouth as it was
        at = at if vowel == " " else vowel
        near.append(FORMANTS_HZ[at])
    places = np.stack([middles - hold, middles + hold], 1).ravel()
    loud = np.repeat([vowel != " " for vowel in vowels], 2).astype(float)
    ends = np.concatenate([[-1], places, [n]])
    level = np.interp(np.arange(n), ends, np.concatenate([[0], loud, [0]]))
    sound = (pulses(np.linspace(1.05, 0.9, n) * pitch_hz) * level)[None]
    for formant, width_hz in enumerate(WIDTHS_HZ):
        values = np.repeat([each[formant] * shorter for each in near], 2)
        path = np.minimum(np.interp(np.arange(n), places, values), _HIGHEST * RATE_HZ)
        sound = resonance(sound, path[None], width_hz)
    return (0.5 * sound[0] / max(float(np.abs(sound).max()), 1e-9)).astype(np.float32)


def held_spectrum_db(
    vowel: str, pitch_hz: float, shorter: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Frequencies in Hz, and the level of a vowel that is held at each, dB; (513,) both.

    Where it is loudest it is as loud as ``response_db``.
    """
    sound = say_vowels(vowel * _HELD, pitch_hz, shorter)
    middle = sound[len(sound) // 2 :][:_FRAME] * np.hanning(_FRAME)
    frequencies = np.fft.rfftfreq(_FRAME, 1 / RATE_HZ)
    level = 20 * np.log10(np.abs(np.fft.rfft(middle)) + 1e-6)
    loudest = int(level.argmax())
    return frequencies, level - level[loudest] + response_db(vowel, frequencies, shorter)[loudest]
