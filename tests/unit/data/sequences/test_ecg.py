"""Beats and who learns from which: normal ones alone before the test."""

import numpy as np
import pytest

from core.data import fetch
from core.data.sequences import ecg
from core.data.sequences.ecg import Beats, beats
from core.data.sequences.heartbeats import KINDS
from core.messages import Problem


@pytest.fixture(scope="module")
def made():
    return beats("synthetic")


def test_the_synthetic_set(made):
    assert made.synthetic and made.class_names == KINDS
    assert np.bincount(made.kinds).tolist() == [2000, 400, 400]
    assert made.abnormal.sum() == 800
    assert beats("synthetic") is made


def test_who_learns_from_which(made):
    split = made.split(0)
    assert [len(p) for p in (split.training, split.validation, split.test)] == [1200, 300, 700]
    assert not made.abnormal[split.training].any()
    assert not made.abnormal[split.validation].any()
    assert np.bincount(made.kinds[split.test]).tolist() == [500, 100, 100]
    assert np.bincount(made.kinds[split.development]).tolist() == [300, 100, 100]
    assert set(split.validation) < set(split.development)
    parts = np.concatenate([split.training, split.development, split.test])
    assert len(np.unique(parts)) == len(parts)


def test_another_seed_holds_out_others(made):
    one, again, other = (made.split(seed).test for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert len(np.intersect1d(one, other)) < 300


def test_shifted_beats_are_turned_and_lose_nothing():
    signals = np.arange(60, dtype=np.float32).reshape(6, 10)
    known = Beats(signals, np.zeros(6, int), ("normal",), True)
    turned = known.shifted(3, 5).signals
    by = [
        int(np.flatnonzero(row == before[0])[0])
        for row, before in zip(turned, signals, strict=True)
    ]
    for row, before, places in zip(turned, signals, by, strict=True):
        np.testing.assert_array_equal(row, np.roll(before, places))
    assert {place if place < 5 else place - 10 for place in by} <= set(range(-3, 4))
    assert len(set(by)) > 1
    np.testing.assert_array_equal(known.shifted(3, 5).signals, turned)
    assert known.shifted(0, 5) is known


def test_beats_that_are_missing_are_told(monkeypatch):
    beats.cache_clear()
    monkeypatch.setattr(fetch, "_path", lambda name, where: None)
    assert ecg.missing("ecg5000") == list(ecg.FILES)
    assert ecg.missing("synthetic") == []
    with pytest.raises(Problem, match=r"^ecg5000_signals\.npy is not on this machine: "):
        beats("ecg5000")


@pytest.mark.skipif(bool(ecg.missing("ecg5000")), reason="ECG5000 is not on this machine")
def test_ecg5000():
    known = beats("ecg5000")
    assert known.signals.shape == (5000, 140) and not known.synthetic
    assert np.bincount(known.kinds).tolist() == [2919, 2081]
    np.testing.assert_allclose(known.signals.mean(1), 0, atol=1e-5)
    split = known.split(0)
    assert [len(p) for p in (split.training, split.validation, split.test)] == [1751, 438, 1250]
