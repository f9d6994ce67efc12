"""Sequences that the project makes itself, each from a seed: shown as such, never as measured."""

import io
import wave
from dataclasses import dataclass

import numpy as np

SAMPLE_RATE = 16_000  # of sounds, per second
ACTIONS = ("visit", "search", "view", "basket", "buy", "leave")
CURRENCIES = ("A", "B", "C", "D")
SHAPES = ("disc", "square", "cross")
SOUNDS = ("chirps", "melody", "steps")
_WALK = np.array(  # P(next action | action), without the leaving
    [
        [0.05, 0.50, 0.45, 0.00, 0.00],
        [0.00, 0.25, 0.75, 0.00, 0.00],
        [0.00, 0.20, 0.50, 0.30, 0.00],
        [0.00, 0.10, 0.40, 0.15, 0.35],
        [0.10, 0.40, 0.50, 0.00, 0.00],
    ]
)
_SEMITONES = (0, 2, 4, 5, 7, 9, 11, 12)  # a major scale


def integer_series(seed: int, count: int = 5, longest: int = 8) -> list[np.ndarray]:
    """Series of digits of unequal length, as the course writes them: float32 (time_i, 1) each."""
    rng = np.random.default_rng([1, seed])
    lengths = rng.integers(2, longest + 1, count)
    return [rng.integers(0, 10, (n, 1)).astype(np.float32) for n in lengths]


def counting_series(seed: int, count: int = 8, longest: int = 12) -> list[np.ndarray]:
    """Series that count up or down by a step of their own: float32 (time_i, 1), in 1 to 30.

    The first has the greatest length, the others from 2 elements on.
    """
    rng = np.random.default_rng([2, seed])
    lengths = np.append(longest, rng.integers(2, longest, count - 1))
    rows = []
    for n in lengths:
        step = int(rng.choice([-2, -1, 1, 2]))
        low, high = (1, 30 - step * (n - 1)) if step > 0 else (1 - step * (n - 1), 30)
        rows.append(rng.integers(low, high + 1) + step * np.arange(n))
    return [row.astype(np.float32)[:, None] for row in rows]


def pen_strokes(seed: int, count: int = 5) -> list[np.ndarray]:
    """Paths of a pen, of unequal length: float32 (time_i, 2), x and y in [-1, 1]."""
    rng = np.random.default_rng([3, seed])
    rows = []
    for _ in range(count):
        t = np.linspace(0, 1, int(rng.integers(24, 61)))
        a, b = rng.integers(1, 4, 2)
        phase = rng.uniform(0, np.pi)
        fade = 1 - rng.uniform(0, 0.8) * t
        path = [np.sin(2 * np.pi * a * t + phase), np.sin(2 * np.pi * b * t)] * fade
        rows.append(path.T.astype(np.float32))
    return rows


def sound(name: str, seed: int = 0) -> np.ndarray:
    """A second and a half of sound, float32 (24000,) in [-1, 1], at SAMPLE_RATE.

    name: "chirps" (a bird's, or nearly), "melody" (eight notes of a major scale) or "steps"
    (knocks of noise). Raises KeyError for another.
    """
    rng = np.random.default_rng([4, SOUNDS.index(name) if name in SOUNDS else 0, seed])
    return {"chirps": _chirps, "melody": _melody, "steps": _steps}[name](rng)


def wav_bytes(samples: np.ndarray) -> bytes:
    """A sound, float (n,) in [-1, 1], as a mono WAV file of 16 bits."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((32767 * np.clip(samples, -1, 1)).astype("<i2").tobytes())
    return out.getvalue()


def spectrogram(samples: np.ndarray, frame: int = 512, hop: int = 256) -> np.ndarray:
    """Short-time power of a sound in dB below its loudest, float32 (frames, frame / 2 + 1).

    Frames of ``frame`` samples under a Hann window, every ``hop`` samples; -80 dB at least.
    """
    starts = np.arange(0, len(samples) - frame + 1, hop)
    frames = samples[starts[:, None] + np.arange(frame)] * np.hanning(frame)
    power = np.abs(np.fft.rfft(frames, axis=-1)) ** 2
    loudest = max(float(power.max()), 1e-12)
    return np.maximum(10 * np.log10(np.maximum(power, 1e-12) / loudest), -80).astype(np.float32)


def film(shape: str, seed: int = 0, frames: int = 12, size: int = 16) -> np.ndarray:
    """Frames of a shape that moves and bounces, float32 (frames, size, size) in [0, 1].

    shape: "disc", "square" or "cross". Raises KeyError for another.
    """
    rng = np.random.default_rng([5, seed])
    place, speed = rng.uniform(4, size - 5, 2), rng.uniform(0.8, 1.8, 2) * rng.choice([-1, 1], 2)
    grid = np.arange(size)
    pictures = np.empty((frames, size, size), np.float32)
    for picture in pictures:
        across, down = np.abs(grid - place[0])[None, :], np.abs(grid - place[1])[:, None]
        distance = {
            "disc": np.hypot(across, down) - 3,
            "square": np.maximum(across, down) - 2.5,
            "cross": np.maximum(np.minimum(across, down) - 0.7, np.maximum(across, down) - 3.2),
        }[shape]
        picture[:] = np.clip(0.5 - distance, 0, 1)
        place = place + speed
        speed = np.where((place < 3) | (place > size - 4), -speed, speed)
        place = np.clip(place, 3, size - 4)
    return pictures


def heartbeats(seed: int, count: int = 12, time: int = 140) -> np.ndarray:
    """Heartbeats as sums of bumps (P, Q, R, S, T) that vary a little, float32 (count, time)."""
    rng = np.random.default_rng([6, seed])
    t = np.linspace(0, 1, time)
    places = np.array([0.20, 0.36, 0.40, 0.44, 0.68])
    heights = np.array([0.18, -0.15, 1.0, -0.25, 0.32])
    widths = np.array([0.035, 0.012, 0.014, 0.014, 0.055])
    beats = []
    for _ in range(count):
        at = places + rng.normal(0, 0.008, 5)
        high = heights * rng.normal(1, 0.12, 5)
        bumps = high * np.exp(-(((t[:, None] - at) / widths) ** 2) / 2)
        beats.append(bumps.sum(1) + rng.normal(0, 0.015, time))
    return np.array(beats, np.float32)


def currencies(seed: int, days: int = 250) -> np.ndarray:
    """Prices of four invented currencies: geometric random walks, float64 (days, 4), from 100.

    The daily logarithmic returns are normal with standard deviations of 0.5 to 3%; a third of
    their variance is common to all.
    """
    rng = np.random.default_rng([7, seed])
    deviation = np.array([0.005, 0.008, 0.012, 0.03])
    own, common = rng.standard_normal((days - 1, 4)), rng.standard_normal((days - 1, 1))
    returns = deviation * (np.sqrt(2 / 3) * own + np.sqrt(1 / 3) * common)
    return 100 * np.exp(np.vstack([np.zeros(4), np.cumsum(returns, 0)]))


@dataclass(frozen=True)
class Visit:
    """What a customer did: seconds since the visit began, and the action, index into ACTIONS."""

    seconds: np.ndarray
    actions: np.ndarray

    def array(self) -> np.ndarray:
        """What a network sees: float32 (time, 7), minutes since the action before, one-hot."""
        waited = np.diff(self.seconds, prepend=0.0)[:, None] / 60
        return np.hstack([waited, np.eye(len(ACTIONS))[self.actions]]).astype(np.float32)


def visits(seed: int, count: int = 6) -> list[Visit]:
    """Customers' visits by a Markov chain, waiting times exponential: of 3 to 24 actions."""
    rng = np.random.default_rng([8, seed])
    customers = []
    for _ in range(count):
        actions = [0]
        while len(actions) < 23 and (len(actions) < 2 or rng.random() > 0.12):
            actions.append(int(rng.choice(5, p=_WALK[actions[-1]])))
        actions.append(len(ACTIONS) - 1)
        waits = np.append(0.0, rng.exponential(25, len(actions) - 1))
        customers.append(Visit(np.cumsum(waits).round(), np.array(actions)))
    return customers


def _time(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _chirps(rng: np.random.Generator) -> np.ndarray:
    """Whistles that sweep up or down, each over before the next."""
    whole = np.zeros(24_000)
    for k in range(6):
        t = _time(0.16)
        low, high = rng.uniform(1800, 2600), rng.uniform(3600, 5200)
        start, end = (low, high) if rng.random() < 0.5 else (high, low)
        phase = 2 * np.pi * (start * t + (end - start) * t**2 / (2 * t[-1]))
        at = int((0.05 + 0.24 * k) * SAMPLE_RATE)
        whole[at : at + len(t)] = np.sin(phase) * np.sin(np.pi * t / t[-1]) ** 2
    return (0.7 * whole).astype(np.float32)


def _melody(rng: np.random.Generator) -> np.ndarray:
    """Eight notes with two overtones that die away."""
    notes = []
    for _ in range(8):
        t = _time(24_000 / 8 / SAMPLE_RATE)
        pitch = 330 * 2 ** (_SEMITONES[rng.integers(8)] / 12)
        tone = sum(np.sin(2 * np.pi * k * pitch * t) / k**2 for k in (1, 2, 3))
        notes.append(tone * np.exp(-12 * t) * np.minimum(1, t / 0.005))
    return (0.6 * np.concatenate(notes)).astype(np.float32)


def _steps(rng: np.random.Generator) -> np.ndarray:
    """Knocks: short noise that dies away, twice in three quarters of a second."""
    whole = np.zeros(24_000)
    for k in range(4):
        t = _time(0.12)
        at = int((0.05 + 0.36 * k + rng.uniform(0, 0.03)) * SAMPLE_RATE)
        noise = np.convolve(rng.standard_normal(len(t)), np.ones(12) / 12, "same")
        whole[at : at + len(t)] = noise * np.exp(-45 * t)
    return (0.8 * whole / np.abs(whole).max()).astype(np.float32)
