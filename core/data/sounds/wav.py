"""A WAV file as this project hears it: one channel at 8 kHz, silence at the ends cut off."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from math import gcd

import numpy as np
from scipy.io import wavfile

from core.messages import N_, Note, Problem
from core.numeric.sound.spectrogram import RATE_HZ, WINDOW, power_frames, sounding

MAX_BYTES = 30_000_000
FULL_SCALE = 32768  # of 16 bits
MAX_S = 60.0
LONGEST_S = 0.8  # of a word; of more, the loudest part is taken
_SHORTEST_S = 0.06
_RATES_HZ = (4_000, 384_000)
_RATE_STEP_HZ = 25  # to which a rate is rounded, so that no filter gets endless
_SILENCE = 10 ** (-70 / 20)  # of full scale
_CLIPPED = 0.005  # share of the samples at full scale from which a sound is called overdriven


@dataclass(frozen=True)
class Sound:
    """What was read of a file.

    samples: float32 (n,) at RATE_HZ, the whole of it, in [-1, 1]. start, end: of the word in it, in
    samples. notes: what was done with it.
    """

    samples: np.ndarray
    start: int
    end: int
    notes: tuple[Note, ...] = ()

    @property
    def word(self) -> np.ndarray:
        """The samples of the word alone."""
        return self.samples[self.start : self.end]


def read_sound(raw: bytes) -> Sound:
    """The sound in a WAV file of 8, 16, 24 or 32 bits or floats, of any usual rate and channels.

    Raises Problem if it is empty, no WAV, too short or long, or nothing is to be heard in it.
    """
    rate, samples = _unpacked(raw)
    notes = []
    if samples.ndim > 1:
        channels = samples.shape[1]
        samples = samples.mean(1)
        if channels > 1:
            notes.append(Note(N_("the mean of its {channels} channels"), {"channels": channels}))
    seconds = len(samples) / rate
    if seconds < _SHORTEST_S:
        raise Problem(
            N_("The sound lasts {given} ms: say a word, {least} ms at least."),
            given=round(1e3 * seconds),
            least=round(1e3 * _SHORTEST_S),
        )
    if seconds > MAX_S:
        raise Problem(
            N_("The sound lasts {given:.0f} s, and at most {most:.0f} s are read: cut it."),
            given=seconds,
            most=MAX_S,
        )
    if np.mean(np.abs(samples) >= 0.999) > _CLIPPED:
        notes.append(Note(N_("overdriven: its loudest parts are cut off")))
    samples = at_rate(samples, rate)
    if rate != RATE_HZ:
        notes.append(Note(N_("brought from {rate:,} to 8,000 samples a second"), {"rate": rate}))
    if np.abs(samples).max() < _SILENCE:
        raise Problem(N_("Nothing is to be heard: the sound is silent from start to end."))
    start, end, notes_of_part = _word(samples)
    return Sound(samples.astype(np.float32), start, end, (*notes, *notes_of_part))


def at_rate(samples: np.ndarray, rate: int) -> np.ndarray:
    """Samples taken ``rate`` times a second, as they would be at RATE_HZ, the mean taken off.

    The mean is rounded to 16 bits, so that a recording of 16 bits still is one.
    """
    samples = samples - np.round(FULL_SCALE * samples.mean()) / FULL_SCALE
    rounded = max(1, round(rate / _RATE_STEP_HZ)) * _RATE_STEP_HZ
    if rounded == RATE_HZ:
        return samples
    from scipy.signal import resample_poly  # takes a while to import

    common = gcd(RATE_HZ, rounded)
    return np.clip(resample_poly(samples, RATE_HZ // common, rounded // common), -1, 1)


def write_sound(samples: np.ndarray) -> bytes:
    """Samples (n,) at RATE_HZ as a WAV file of 16 bits, which browsers play."""
    out = io.BytesIO()
    wavfile.write(out, RATE_HZ, as_int16(samples))
    return out.getvalue()


def as_int16(samples: np.ndarray) -> np.ndarray:
    """Samples in [-1, 1] as integers of 16 bits."""
    return np.clip(np.round(FULL_SCALE * samples), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


def _unpacked(raw: bytes) -> tuple[int, np.ndarray]:
    """Rate and samples in [-1, 1], (n,) or (n, channels)."""
    if not raw:
        raise Problem(N_("The file is empty: a sound in WAV is expected."))
    if len(raw) > MAX_BYTES:
        raise Problem(
            N_("The sound has {given:,} bytes; at most {most:,} are read."),
            given=len(raw),
            most=MAX_BYTES,
        )
    try:
        with warnings.catch_warnings():  # of parts that it does not know, as a title
            warnings.simplefilter("ignore", wavfile.WavFileWarning)
            rate, samples = wavfile.read(io.BytesIO(raw))
    except Exception:  # SciPy's reader raises what the bytes make it stumble over
        raise Problem(
            N_("This is not a sound in WAV that can be read: MP3 and others have to be converted.")
        ) from None
    if not _RATES_HZ[0] <= rate <= _RATES_HZ[1]:
        raise Problem(
            N_("The sound has {given:,} samples a second; {least:,} to {most:,} are read."),
            given=rate,
            least=_RATES_HZ[0],
            most=_RATES_HZ[1],
        )
    if samples.dtype.kind == "f":
        return rate, np.clip(np.nan_to_num(samples.astype(float)), -1, 1)
    if samples.dtype == np.uint8:  # 8 bits are stored without a sign
        return rate, (samples.astype(float) - 128) / 128
    return rate, samples / -float(np.iinfo(samples.dtype).min)


def _word(samples: np.ndarray) -> tuple[int, int, list[Note]]:
    start, end = sounding(samples)
    longest = round(LONGEST_S * RATE_HZ)
    if end - start <= longest:
        return start, end, []
    loudness = np.sqrt(power_frames(samples[start:end], WINDOW).sum(1))
    width = longest // WINDOW
    best = int(np.convolve(loudness, np.ones(width), "valid").argmax())
    first = min(start + best * WINDOW, end - longest)
    inside, after = sounding(samples[first : first + longest])
    note = Note(N_("the loudest {seconds} s of it are read"), {"seconds": LONGEST_S})
    return first + inside, first + after, [note]
