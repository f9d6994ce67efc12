"""Synthetic heartbeats with labels, by the dynamical model of McSharry et al.

A point runs round a circle, one revolution a beat; where it passes the angles of the waves P, Q, R,
S and T, it is pushed up or down. Its height is the signal:

    dx/dt = a x - w y,   dy/dt = a y + w x,   a = 1 - sqrt(x^2 + y^2),   w = 2 pi / RR
    dz/dt = - sum_i a_i d_i exp(-d_i^2 / (2 b_i^2)) - (z - z_0),   d_i = (angle - angle_i) mod 2 pi

Source: McSharry, Clifford, Tarassenko & Smith (2003), IEEE Trans. Biomed. Eng. 50(3), eq. 1 and
table I; angles and widths follow the heart rate as in the authors' ECGSYN.
"""

from dataclasses import dataclass

import numpy as np

SAMPLES = 140  # of a beat, as in ECG5000
KINDS = ("normal", "ventricular", "atrial")

ANGLES = np.array([-np.pi / 3, -np.pi / 12, 0.0, np.pi / 12, np.pi / 2])  # of P, Q, R, S, T
HEIGHTS = np.array([1.2, -5.0, 30.0, -7.5, 0.75])
WIDTHS = np.array([0.25, 0.1, 0.1, 0.1, 0.4])
_RESPIRATION_HZ, _RESPIRATION = 0.25, 0.005  # of the baseline z_0; its height is ECGSYN's
_STREAM = 11
_P, _Q, _R, _S, _T = range(5)


@dataclass(frozen=True, eq=False)
class Waves:
    """The five waves of n beats: angles (rad), heights and widths (rad), float (n, 5) each."""

    angles: np.ndarray
    heights: np.ndarray
    widths: np.ndarray


def heartbeats(
    normal: int, ventricular: int, atrial: int, seed: int, noise: float = 0.03
) -> tuple[np.ndarray, np.ndarray]:
    """Beats of each kind, each one revolution in 140 samples and standardised.

    Every beat has waves and a heart rate of its own. ventricular: premature, without P, with a
    wide and high QRS and a T upside down. atrial: premature, its P early and small, or upside down.
    noise: standard deviation of what is added, of the signal's 1.
    Returns float32 (n, 140), mean 0 and standard deviation 1 each, and int (n,), a place in KINDS.
    """
    rng = np.random.default_rng([_STREAM, seed])
    kinds = np.repeat(np.arange(len(KINDS)), (normal, ventricular, atrial))
    before, own = rr_intervals(len(kinds), rng), rr_intervals(len(kinds), rng)
    usual = at_rate(_varied(len(kinds), rng), before)
    premature = kinds > 0
    own[premature] *= rng.uniform(0.6, 0.8, premature.sum())
    waves = at_rate(_ectopic(_varied(len(kinds), rng), kinds, rng), own)
    phase = rng.uniform(0, 2 * np.pi, len(kinds))
    _, height = revolution(usual, before, phase, np.zeros(len(kinds)))
    phase = phase + 2 * np.pi * _RESPIRATION_HZ * before
    signals, _ = revolution(waves, own, phase, height)
    signals = standardised(signals) + noise * rng.standard_normal(signals.shape)
    return standardised(signals).astype(np.float32), kinds


def rr_intervals(count: int, rng: np.random.Generator) -> np.ndarray:
    """Seconds from beat to beat, (count,): 60 a minute on average, with the variability of rest.

    A series whose spectrum has one peak at 0.1 Hz (Mayer waves) and one at 0.25 Hz (respiration),
    twice as high as the first, and phases drawn by ``rng``; its standard deviation is 0.05 s.
    """
    frequency = np.fft.rfftfreq(max(count, 2), 1.0)
    peaks = ((0.1, 1.0), (0.25, 2.0))
    power = sum(p * np.exp(-0.5 * ((frequency - f) / 0.01) ** 2) for f, p in peaks)
    spectrum = np.sqrt(power + 1e-12) * np.exp(2j * np.pi * rng.random(len(frequency)))
    series = np.fft.irfft(spectrum, max(count, 2))[:count]
    return 1.0 + 0.05 * (series - series.mean()) / max(float(series.std()), 1e-12)


def at_rate(waves: Waves, rr_s: np.ndarray) -> Waves:
    """The waves of beats that last ``rr_s`` seconds, (n,), from those of a second.

    In a shorter beat each wave takes a larger part of the revolution.
    """
    faster = np.sqrt(1 / rr_s)[:, None]
    apart = np.concatenate([np.sqrt(faster), faster, faster, faster, np.sqrt(faster)], 1)
    return Waves(waves.angles * apart, waves.heights, waves.widths * faster)


def revolution(
    waves: Waves, rr_s: np.ndarray, phase: np.ndarray, height: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The signals of n beats, one turn from angle -pi to pi, (n, 140), and the heights at its end.

    rr_s: seconds of a turn; phase: of the respiration at its begin, rad; height: z at its begin;
    (n,) each. By Runge and Kutta's classical method, a step a sample.
    """
    step = rr_s / SAMPLES
    state = np.stack([-np.ones_like(rr_s), np.zeros_like(rr_s), height])
    signals = np.empty((len(rr_s), SAMPLES))
    for t in range(SAMPLES):
        signals[:, t] = state[2]
        time = t * step

        def slope(at: np.ndarray | float, state: np.ndarray, time: np.ndarray = time) -> np.ndarray:
            return slopes(state, waves, rr_s, phase + 2 * np.pi * _RESPIRATION_HZ * (time + at))

        first = slope(0.0, state)
        second = slope(step / 2, state + step / 2 * first)
        third = slope(step / 2, state + step / 2 * second)
        fourth = slope(step, state + step * third)
        state = state + step / 6 * (first + 2 * second + 2 * third + fourth)
    return signals, state[2]


def slopes(state: np.ndarray, waves: Waves, rr_s: np.ndarray, breath: np.ndarray) -> np.ndarray:
    """The model's three equations: d(x, y, z)/dt, (3, n), of states (3, n).

    breath: the respiration's phase, rad, (n,).
    """
    x, y, z = state
    attraction, turning = 1 - np.hypot(x, y), 2 * np.pi / rr_s
    apart = np.arctan2(y, x)[:, None] - waves.angles
    apart = (apart + np.pi) % (2 * np.pi) - np.pi
    pushes = waves.heights * apart * np.exp(-(apart**2) / (2 * waves.widths**2))
    baseline = _RESPIRATION * np.sin(breath)
    return np.stack(
        [
            attraction * x - turning * y,
            attraction * y + turning * x,
            -pushes.sum(1) - (z - baseline),
        ]
    )


def standardised(signals: np.ndarray) -> np.ndarray:
    """Each signal, (n, samples), with mean 0 and standard deviation 1."""
    centred = signals - signals.mean(1, keepdims=True)
    return centred / np.maximum(centred.std(1, keepdims=True), 1e-12)


def _varied(count: int, rng: np.random.Generator) -> Waves:
    """The waves of the paper, a little different in each beat."""
    shape = (count, len(ANGLES))
    return Waves(
        ANGLES + 0.03 * rng.standard_normal(shape) * (np.arange(5) != _R),
        HEIGHTS * np.exp(0.2 * rng.standard_normal(shape)),
        WIDTHS * np.exp(0.1 * rng.standard_normal(shape)),
    )


def _ectopic(waves: Waves, kinds: np.ndarray, rng: np.random.Generator) -> Waves:
    """The waves with those of the ectopic beats as their kinds have them."""
    angles, heights, widths = (a.copy() for a in (waves.angles, waves.heights, waves.widths))
    here = kinds == KINDS.index("ventricular")
    some = int(here.sum())
    heights[here, _P] = 0
    heights[here, _R] *= rng.uniform(0.5, 0.9, some)  # what pushes longer lifts higher
    heights[here, _T] *= -rng.uniform(1.0, 2.5, some)
    widths[here, _Q : _S + 1] *= rng.uniform(1.5, 2.5, some)[:, None]
    angles[here, _S] += 0.2
    here = kinds == KINDS.index("atrial")
    some = int(here.sum())
    angles[here, _P] -= rng.uniform(0.0, 0.4, some)
    heights[here, _P] *= rng.uniform(-0.8, 0.5, some)
    return Waves(angles, heights, widths)
