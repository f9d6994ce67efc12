"""A WAV file is heard as it is, or refused with a reason."""

import io

import numpy as np
import pytest
from scipy.io import wavfile

from core.data.sounds.wav import LONGEST_S, read_sound, write_sound
from core.messages import Problem
from core.numeric.sound.spectrogram import RATE_HZ


def tone(rate=RATE_HZ, seconds=0.4, silence=0.3, hz=440, level=0.5):
    """A tone between two silences, float (n,)."""
    times = np.arange(int(seconds * rate)) / rate
    quiet = np.zeros(int(silence * rate))
    return np.concatenate([quiet, level * np.sin(2 * np.pi * hz * times), quiet])


def wav(samples, rate=RATE_HZ):
    """The bytes of a WAV file."""
    out = io.BytesIO()
    wavfile.write(out, rate, samples)
    return out.getvalue()


def in_24_bits(samples, rate):
    """A WAV of three bytes a sample, which SciPy reads and does not write."""
    whole = wav((samples * (2**31 - 1)).astype(np.int32), rate)
    words = np.frombuffer(whole[44:], np.uint8).reshape(-1, 4)[:, 1:].tobytes()
    head = bytearray(whole[:44])
    head[4:8] = (36 + len(words)).to_bytes(4, "little")
    head[28:32] = (rate * 3).to_bytes(4, "little")
    head[32:34], head[34:36] = (3).to_bytes(2, "little"), (24).to_bytes(2, "little")
    head[40:44] = len(words).to_bytes(4, "little")
    return bytes(head) + words


def loudest_hz(samples):
    """Of which pitch there is most."""
    spectrum = np.abs(np.fft.rfft(samples))
    return np.fft.rfftfreq(len(samples), 1 / RATE_HZ)[spectrum.argmax()]


KINDS = {
    "8 bits": lambda: wav((128 + 127 * tone()).astype(np.uint8)),
    "16 bits": lambda: wav((32767 * tone()).astype(np.int16)),
    "24 bits, 48 kHz": lambda: in_24_bits(tone(48_000), 48_000),
    "32 bits": lambda: wav((2**31 * tone()).astype(np.int32)),
    "floats": lambda: wav(tone().astype(np.float32)),
    "doubles, 44.1 kHz": lambda: wav(tone(44_100), 44_100),
    "16 kHz": lambda: wav((32767 * tone(16_000)).astype(np.int16), 16_000),
    "stereo": lambda: wav(np.stack([tone(), tone()], 1).astype(np.float32)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_wav_is_the_same_tone(kind):
    sound = read_sound(KINDS[kind]())
    assert len(sound.samples) == pytest.approx(RATE_HZ, abs=4)
    assert np.abs(sound.samples).max() == pytest.approx(0.5, abs=0.02)
    assert loudest_hz(sound.word) == pytest.approx(440, abs=4)
    # The silence is cut off, to a frame.
    assert sound.start / RATE_HZ == pytest.approx(0.3, abs=0.03)
    assert sound.end / RATE_HZ == pytest.approx(0.7, abs=0.03)


def test_what_was_done_is_said():
    both = np.stack([tone(48_000), tone(48_000)], 1).astype(np.float32)
    assert list(map(str, read_sound(wav(both, 48_000)).notes)) == [
        "the mean of its 2 channels",
        "brought from 48,000 to 8,000 samples a second",
    ]
    assert list(map(str, read_sound(wav(np.clip(9 * tone(), -1, 1))).notes)) == [
        "overdriven: its loudest parts are cut off"
    ]


def test_of_half_a_minute_the_loudest_part_is_read():
    rng = np.random.default_rng(0)
    long = rng.normal(0, 0.003, 30 * RATE_HZ)
    long[20 * RATE_HZ :][: RATE_HZ // 2] += tone(silence=0.05)
    sound = read_sound(wav(long.astype(np.float32)))
    assert 20.0 <= sound.start / RATE_HZ <= 20.1
    assert 20.4 <= sound.end / RATE_HZ <= 20.6
    steady = read_sound(wav(tone(seconds=10).astype(np.float32)))
    assert len(steady.word) <= LONGEST_S * RATE_HZ
    assert list(map(str, steady.notes)) == ["the loudest 0.8 s of it are read"]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty: a sound in WAV is expected."),
        (wav(np.zeros(0, np.int16)), "The sound lasts 0 ms: say a word, 60 ms at least."),
        (wav(tone(seconds=0.02, silence=0)), "The sound lasts 20 ms: say a word, 60 ms at least."),
        (
            wav(np.zeros(8000, np.int16)),
            "Nothing is to be heard: the sound is silent from start to end.",
        ),
        (
            wav(np.full(8000, 700, np.int16)),
            "Nothing is to be heard: the sound is silent from start to end.",
        ),
        (
            wav(np.zeros(61 * 4000, np.int16), 4000),
            "The sound lasts 61 s, and at most 60 s are read: cut it.",
        ),
        (
            wav(np.zeros(800, np.int16), 800),
            "The sound has 800 samples a second; 4,000 to 384,000 are read.",
        ),
        *(
            (
                raw,
                "This is not a sound in WAV that can be read: MP3 and others have to be converted.",
            )
            for raw in (b"ID3\x04\x00", b"RIFF", b"hello " * 99, wav(tone())[:30], b"\x00" * 500)
        ),
    ],
)
def test_what_cannot_be_heard_is_said_in_a_sentence(raw, sentence):
    with pytest.raises(Problem) as problem:
        read_sound(raw)
    assert str(problem.value) == sentence


def test_a_file_cut_off_anywhere_raises_nothing_but_a_problem():
    whole = wav((32767 * tone()).astype(np.int16))
    for end in [*range(0, 60), 1001, 5000]:
        try:
            read_sound(whole[:end])
        except Problem:
            continue


def test_a_written_sound_is_read_again():
    samples = np.round(32768 * tone()) / 32768
    assert np.abs(read_sound(write_sound(samples)).samples - samples).max() < 1e-6
