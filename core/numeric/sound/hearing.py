"""From a word's samples to the steps that a network reads, and how they are varied in training."""

import numpy as np

from core.numeric.sound.spectrogram import HOP, cepstra, log_mel

COEFFICIENTS = 13
FRAMES_A_STEP = 2
STEP_MS = 20
STEPS = 40  # 0.8 s: longer words are cut
FEATURES = COEFFICIENTS * FRAMES_A_STEP
_WARPS = (0.75, 1.35)


def steps_of(samples: np.ndarray, hop: int = HOP, warp: float = 1.0) -> np.ndarray:
    """A word as a network reads it: cepstra of two frames a step, float64 (steps, FEATURES).

    samples: (n,) at 8 kHz; the loudest is made 1, so that how near the microphone is does not
    matter. hop, warp: as of ``log_mel``; a larger hop makes the word quicker.
    """
    level = np.abs(samples).max() + 1e-6
    coefficients = cepstra(log_mel(samples / level, hop, warp), COEFFICIENTS)
    odd = len(coefficients) % FRAMES_A_STEP
    coefficients = np.pad(coefficients, ((0, odd), (0, 0)), mode="edge")
    return coefficients.reshape(-1, FEATURES)[:STEPS]


def varied(
    samples: np.ndarray,
    rng: np.random.Generator,
    spread: np.ndarray,
    speed: float,
    tract: float,
    timbre: float,
    noisy: bool,
) -> np.ndarray:
    """The steps of a word as it might have been said elsewhere, by another: drawn anew each time.

    speed: it is up to so much (as a logarithm) slower or quicker. tract: spread (as a logarithm) of
    the factor by which all resonances are moved, as in a shorter or longer vocal tract. timbre:
    spread of what is added to each coefficient for the whole word, in units of the feature's own
    ``spread`` (FEATURES,), as another voice or microphone would. noisy: hiss 10 to 50 dB below its
    loudest sample is laid over it, and its ends are up to 25 ms earlier or later.
    """
    hop = round(HOP * float(np.exp(rng.uniform(-speed, speed))))
    warp = float(np.clip(np.exp(rng.normal(0, tract)), *_WARPS))
    if noisy:
        loudest = np.abs(samples).max()
        samples = shifted(samples, rng)
        hiss = loudest * 10 ** (-rng.uniform(10, 50) / 20)
        samples = samples + rng.normal(0, hiss, len(samples))
    colour = np.tile(rng.normal(0, timbre, COEFFICIENTS), FRAMES_A_STEP)
    return steps_of(samples, hop, round(warp, 2)) + colour * spread


def shifted(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Samples whose begin and end are cut off or put off by up to 200 each."""
    begin, end = rng.integers(-200, 201, 2)
    samples = samples[max(0, begin) : len(samples) - max(0, end)]
    return np.pad(samples, (max(0, -begin), max(0, -end)))


def packed(words: list[np.ndarray], mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Words in steps, scaled, zeros after their ends: float32 (words, STEPS, FEATURES).

    words: (steps, FEATURES) each. mean, spread: (FEATURES,), of the steps that are learned from.
    """
    inputs = np.zeros((len(words), STEPS, FEATURES), np.float32)
    for row, word in zip(inputs, words, strict=True):
        row[: len(word)] = (word - mean) / spread
    return inputs
