"""Spoken words: who is held out, and what a synthesiser says."""

import numpy as np
import pytest

from core.data import fetch
from core.data.sounds.spoken import DIGITS, GROUPS, SPEAKERS, file_of, missing, spoken
from core.messages import Problem
from core.numeric.sound.spectrogram import RATE_HZ, log_mel

here = pytest.mark.skipif(bool(missing()), reason="the recordings are not on this machine")
SETS = ("synthetic", pytest.param("recordings", marks=here))


@pytest.mark.parametrize("name", SETS)
def test_each_word_is_said_ten_times_by_each(name):
    data = spoken(name)
    assert (
        len(data.sounds) == 600 == len({*zip(data.words, data.speakers, data.takes, strict=True)})
    )
    for sound in data.sounds:
        assert sound.dtype == np.float32 and not sound.flags.writeable
        assert 0.05 < len(sound) / RATE_HZ < 0.8
        # Whole numbers of 16 bits, as which a script gets them.
        assert np.array_equal(np.round(32768 * sound), 32768 * sound)
    assert data.place(3, 2, 1) == 3 * 60 + 2 * 10 + 1


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("task", ["word", "speaker"])
@pytest.mark.parametrize("heldout", ["recordings", "unheard"])
def test_what_is_tested_was_not_learned_from(name, task, heldout):
    data = spoken(name)
    for group in range(1, GROUPS + 1):
        training, test = data.split(task, heldout, group)
        assert not set(training) & set(test) and len(training) + len(test) == 600
        if heldout == "recordings":
            assert set(data.takes[test]) == {0, 1, 2, 3, 4} and len(test) == 300
        else:
            unheard = data.speakers if task == "word" else data.words
            assert not set(unheard[training]) & set(unheard[test])
            assert len(set(unheard[test])) == (1 if task == "word" else 2)
        # Each class is learned and tested.
        for some in (training, test):
            assert set(data.labels(task)[some]) == set(range(len(data.classes(task))))


def test_each_speaker_is_held_out_once():
    data = spoken("synthetic")
    tested = [data.split("word", "unheard", group)[1] for group in range(1, GROUPS + 1)]
    assert sorted(np.concatenate(tested)) == list(range(600))


def test_the_files_are_those_of_the_manifest():
    names = {file_of(d, s, t) for d in range(10) for s in range(len(SPEAKERS)) for t in range(10)}
    assert names == set(fetch.members("fsdd")) and len(DIGITS) == 10
    assert all(fetch.entry(name)["url"].endswith("/" + name[5:]) for name in names)


def test_a_vowel_has_the_formants_that_it_was_given():
    data = spoken("synthetic")
    a_to_i = np.mean(
        [
            log_mel(data.sounds[data.place(data.word_names.index("ai"), 1, take)])[[8, -8]]
            for take in range(10)
        ],
        axis=0,
    )
    low, high = slice(6, 12), slice(20, 26)  # bands around 700 Hz, and around 2,300 Hz
    of_a, of_i = a_to_i
    assert of_a[low].mean() - of_a[high].mean() > of_i[low].mean() - of_i[high].mean() + 1


def test_a_set_that_there_is_not():
    with pytest.raises(Problem, match=r"^There are no spoken words called x; there are: record"):
        spoken("x")
