"""What a network reads of a sound: the log-mel spectrogram, its cepstra, and silence cut off."""

from functools import cache

import numpy as np

RATE_HZ = 8000
WINDOW, HOP = 200, 80  # samples: 25 ms every 10 ms
BANDS = 32
_FFT = 256
_LOWEST_HZ = 60.0
_FLOOR = 1e-6  # of a band's power, so that silence has a logarithm
_QUIET_DB = 30.0  # below the loudest frame: what is quieter at the ends is silence
_LONG_S, _ABOVE_NOISE_DB = 1.5, 8.0  # a sound that has pauses, and what stands out from them


def power_frames(samples: np.ndarray, hop: int = HOP) -> np.ndarray:
    """The power spectrum of each frame, float64 (frames, 129).

    samples: float (n,) at RATE_HZ, in [-1, 1]. hop: samples from a frame to the next. A frame is
    WINDOW samples under a Hann window; the last ones are filled up with silence.
    """
    count = 1 + max(0, -(-(len(samples) - WINDOW) // hop))
    padded = np.zeros((count - 1) * hop + WINDOW)
    padded[: len(samples)] = samples[: len(padded)]
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::hop]
    return np.abs(np.fft.rfft(frames * np.hanning(WINDOW), _FFT)) ** 2


def log_mel(samples: np.ndarray, hop: int = HOP, warp: float = 1.0) -> np.ndarray:
    """The log-mel spectrogram, float64 (frames, BANDS), natural logarithm of power.

    warp: by which all frequencies are multiplied first, as a shorter vocal tract does (Jaitly &
    Hinton 2013, "Vocal tract length perturbation"). Otherwise as ``power_frames``.
    """
    return np.log(power_frames(samples, hop) @ mel_filters(round(warp, 3)) + _FLOOR)


def cepstra(mel: np.ndarray, count: int = 13) -> np.ndarray:
    """The first cepstral coefficients of a log-mel spectrogram, (frames, count).

    They are the coefficients of an orthonormal cosine transform (DCT-II) over the bands.
    Source: Davis & Mermelstein (1980), "Comparison of parametric representations".
    """
    place = np.pi / mel.shape[-1] * (np.arange(mel.shape[-1]) + 0.5)[:, None]
    cosines = np.cos(place * np.arange(count)) * np.sqrt(2 / mel.shape[-1])
    cosines[:, 0] /= np.sqrt(2)
    return mel @ cosines


@cache
def mel_filters(warp: float = 1.0) -> np.ndarray:
    """Triangular filters, evenly spaced in mel from 60 Hz to 4 kHz, (129, BANDS).

    mel = 2595 log10(1 + Hz / 700). warp: as in ``log_mel``.
    """
    lowest, highest = _mel(_LOWEST_HZ), _mel(RATE_HZ / 2)
    edges = 700 * (10 ** (np.linspace(lowest, highest, BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(_FFT, 1 / RATE_HZ)[:, None] * warp
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.maximum(0, np.minimum(rising, falling))


def band_centres_hz() -> np.ndarray:
    """Where each filter is highest, (BANDS,)."""
    mels = np.linspace(_mel(_LOWEST_HZ), _mel(RATE_HZ / 2), BANDS + 2)[1:-1]
    return 700 * (10 ** (mels / 2595) - 1)


def sounding(samples: np.ndarray) -> tuple[int, int]:
    """From which sample to which there is sound.

    Ends 30 dB below the loudest frame are silence; in a long sound also what is near its quietest
    frames, which are the noise of the room.
    """
    level_db = 10 * np.log10(power_frames(samples).sum(1) + 1e-12)
    silence_db = level_db.max() - _QUIET_DB
    if len(samples) > _LONG_S * RATE_HZ:
        noise_db = np.percentile(level_db, 10) + _ABOVE_NOISE_DB
        silence_db = max(silence_db, min(noise_db, level_db.max() - _QUIET_DB / 2))
    loud = np.flatnonzero(level_db > silence_db)
    return int(loud[0]) * HOP, min(len(samples), int(loud[-1]) * HOP + WINDOW)


def _mel(hz: float) -> float:
    return 2595 * np.log10(1 + hz / 700)
