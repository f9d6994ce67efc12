"""Source and filter: pulses counted, the filter against SciPy's, vowels against their formants."""

import numpy as np
import pytest
from scipy.signal import lfilter

from core.numeric.sound.source_filter import (
    FORMANTS_HZ,
    WIDTHS_HZ,
    held_spectrum_db,
    pulses,
    resonance,
    response_db,
    say_vowels,
)
from core.numeric.sound.spectrogram import RATE_HZ


def test_a_second_has_as_many_pulses_as_its_pitch():
    assert pulses(np.full(RATE_HZ, 110.5)).sum() == 110
    assert set(pulses(np.full(RATE_HZ, 110.5))) == {0, 1}


def test_a_resonance_that_stands_still_is_scipys():
    impulse = np.zeros((1, 400))
    impulse[0, 0] = 1
    radius = np.exp(-np.pi * 80 / RATE_HZ)
    turn = 2 * radius * np.cos(2 * np.pi * 730 / RATE_HZ)
    expected = lfilter([1 - turn + radius**2], [1, -turn, radius**2], impulse)
    np.testing.assert_allclose(resonance(impulse, np.full((1, 400), 730.0), 80), expected)


@pytest.mark.parametrize("vowel", FORMANTS_HZ)
def test_the_response_is_the_spectrum_of_the_filters_impulse(vowel):
    sound = np.zeros((1, 2048))
    sound[0, 0] = 1
    for formant, width in zip(FORMANTS_HZ[vowel], WIDTHS_HZ, strict=True):
        sound = resonance(sound, np.full(sound.shape, float(formant)), width)
    frequencies = np.fft.rfftfreq(2048, 1 / RATE_HZ)
    level = 20 * np.log10(np.abs(np.fft.rfft(sound[0])))
    np.testing.assert_allclose(response_db(vowel, frequencies), level, atol=1e-6)
    assert response_db(vowel, np.zeros(1)) == pytest.approx(0)


@pytest.mark.parametrize("vowel", FORMANTS_HZ)
def test_the_harmonics_of_a_vowel_reach_up_to_its_filter(vowel):
    frequencies, level = held_spectrum_db(vowel, 110.0)
    response = response_db(vowel, frequencies)
    near = [frequencies[(frequencies > f - 60) & (frequencies < f + 60)] for f in (500, 1500)]
    for some in near:
        inside = np.isin(frequencies, some)
        assert abs((level - response)[inside].max()) < 4


def test_vowels_one_after_the_other():
    assert len(say_vowels("aei", 110)) == 3 * len(say_vowels("a", 110))
    sound = say_vowels("a i", 110)
    count = len(sound) // 3
    loud = [np.abs(part).max() for part in np.split(sound, 3)]
    assert np.abs(sound).max() == pytest.approx(0.5)
    pause = sound[count + count // 3 : 2 * count - count // 3]
    assert np.abs(pause).max() < 0.05 * loud[0]
    assert np.isfinite(say_vowels("u", 110, shorter=2.0)).all()
