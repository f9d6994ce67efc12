"""Spectrograms, cepstra, silence and warping, against SciPy and what is known by hand."""

from typing import Any

import numpy as np
import pytest
from scipy.fft import dct
from scipy.signal import stft

from core.numeric.sound import spectrogram, warping
from core.numeric.sound.hearing import FEATURES, STEPS, packed, shifted, steps_of, varied
from core.numeric.sound.spectrogram import BANDS, HOP, RATE_HZ, WINDOW

ONES = np.ones(FEATURES)


def tone(hz, seconds=0.5):
    return np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)


def test_the_frames_are_scipys():
    samples = np.random.default_rng(0).normal(size=1000)
    window: Any = np.hanning(WINDOW)  # SciPy's types know windows by their names alone
    no_boundary: Any = None
    *_axes, theirs = stft(
        samples, RATE_HZ, window, WINDOW, WINDOW - HOP, 256, boundary=no_boundary, padded=False
    )
    power = np.abs(theirs * window.sum()) ** 2
    ours = spectrogram.power_frames(samples)
    assert ours.shape == (11, 129)
    assert ours == pytest.approx(power.T, rel=1e-9, abs=1e-9)


def test_a_tone_is_in_its_band():
    centres = spectrogram.band_centres_hz()
    assert centres.shape == (BANDS,) and (np.diff(centres) > 0).all()
    for hz in (300, 1000, 2500):
        band = spectrogram.log_mel(tone(hz)).mean(0).argmax()
        assert abs(centres[band] - hz) <= np.diff(centres)[min(band, BANDS - 2)]
        higher = spectrogram.log_mel(tone(hz), warp=1.2).mean(0).argmax()
        assert higher > band


def test_the_filters_lie_side_by_side():
    filters = spectrogram.mel_filters()
    assert filters.shape == (129, BANDS) and filters.min() == 0 and filters.max() <= 1
    # Between the first and the last centre two neighbours share each frequency.
    centres = spectrogram.band_centres_hz()
    bins = np.fft.rfftfreq(256, 1 / RATE_HZ)
    inside = (bins > centres[0]) & (bins < centres[-1])
    assert filters[inside].sum(1) == pytest.approx(np.ones(inside.sum()))


def test_cepstra_are_a_cosine_transform():
    mel = np.random.default_rng(1).normal(size=(7, BANDS))
    assert spectrogram.cepstra(mel, 13) == pytest.approx(np.asarray(dct(mel, norm="ortho"))[:, :13])


def test_silence_around_a_sound_is_found():
    samples = np.concatenate([np.zeros(1600), tone(500), np.zeros(2400)])
    start, end = spectrogram.sounding(samples)
    assert 1600 - WINDOW <= start <= 1600 and 5600 <= end <= 5600 + WINDOW
    assert spectrogram.sounding(tone(500)) == (0, 4000)


def test_a_word_in_steps_does_not_know_how_loud_it_was():
    word = np.random.default_rng(2).normal(size=3000)
    assert steps_of(word) == pytest.approx(steps_of(0.01 * word), abs=1e-3)
    assert steps_of(word).shape == (18, FEATURES)
    assert len(steps_of(np.concatenate([word] * 9))) == STEPS
    assert len(steps_of(word, hop=40)) == 36


def test_variations_are_drawn_and_repeatable():
    word = np.random.default_rng(3).normal(size=3000)
    once, again, other = (
        varied(word, np.random.default_rng(seed), ONES, 0.2, 0.1, 0.4, True) for seed in (0, 0, 1)
    )
    assert np.array_equal(once, again)
    assert once.shape != other.shape or not np.allclose(once, other)
    as_it_is = varied(word, np.random.default_rng(0), ONES, 0, 0, 0, False)
    assert as_it_is == pytest.approx(steps_of(word))
    coloured = varied(word, np.random.default_rng(0), ONES, 0, 0, 2, False) - steps_of(word)
    assert coloured == pytest.approx(np.tile(coloured[0], (18, 1))) and coloured[0].std() > 1
    assert coloured[0, :13] == pytest.approx(coloured[0, 13:])  # of both frames alike
    for seed in range(20):
        moved = shifted(word, np.random.default_rng(seed))
        assert 2600 <= len(moved) <= 3400


def test_packed_words_end_in_zeros():
    words = [np.ones((3, FEATURES)), 3 * np.ones((5, FEATURES))]
    inputs = packed(words, np.ones(FEATURES), 2 * np.ones(FEATURES))
    assert inputs.shape == (2, STEPS, FEATURES) and inputs.dtype == np.float32
    assert not inputs[0].any() and (inputs[1, :5] == 1).all() and not inputs[1, 5:].any()


def column(*numbers):
    return np.array(numbers, float)[:, None]


def test_warping_by_hand():
    some = [column(0, 1, 2), column(0, 0, 5)]
    others = [column(0, 1, 1, 2), column(2), column(0, 4)]
    # A step may be repeated for nothing; three steps against one cost 2 + 1 + 0; from 0, 0, 5 to
    # 0, 4 one step of 1 is left. Each is shared out over the steps of both.
    assert warping.warped_distances(some, others) == pytest.approx(
        np.array([[0, 3 / 4, (1 + 2) / 5], [(0 + 1 + 1 + 3) / 7, (2 + 2 + 3) / 4, 1 / 5]])
    )
    assert warping.warped_distances(some, others[:1])[0] == pytest.approx(0)


def slow(one, other):
    """The definition, cell by cell."""
    total = np.full((len(one) + 1, len(other) + 1), np.inf)
    total[0, 0] = 0
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            before = min(total[i - 1, j], total[i, j - 1], total[i - 1, j - 1])
            total[i, j] = np.linalg.norm(a - b) + before
    return total[-1, -1] / (len(one) + len(other))


def test_warping_is_its_definition_for_many_at_once():
    rng = np.random.default_rng(4)
    words = [rng.normal(size=(length, 3)) for length in (1, 2, 4, 7, 5)]
    apart = warping.warped_distances(words, words)
    expected = [[slow(a, b) for b in words] for a in words]
    assert apart == pytest.approx(np.array(expected), abs=1e-6)
    assert apart == pytest.approx(apart.T)
    assert list(warping.nearest(words, words, size=2)) == [0, 1, 2, 3, 4]
