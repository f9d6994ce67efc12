"""Synthetic heartbeats: the equations, the five waves, and what is wrong with the ectopic."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from core.data.sequences.heartbeats import (
    ANGLES,
    HEIGHTS,
    KINDS,
    SAMPLES,
    WIDTHS,
    Waves,
    at_rate,
    heartbeats,
    revolution,
    rr_intervals,
    slopes,
    standardised,
)


@pytest.fixture(scope="module")
def some():
    return heartbeats(200, 80, 80, seed=3)


def paper(count):
    return Waves(*(np.tile(values, (count, 1)) for values in (ANGLES, HEIGHTS, WIDTHS)))


def where(angle):
    """The sample at which a beat passes an angle."""
    return round((angle + np.pi) / (2 * np.pi) * SAMPLES)


def test_a_revolution_is_what_scipy_integrates():
    rr, phase, height = np.array([0.8, 1.1]), np.array([0.3, 2.0]), np.array([0.01, -0.02])
    waves = paper(2)
    signals, end = revolution(waves, rr, phase, height)
    for i in range(2):
        one = Waves(waves.angles[i : i + 1], waves.heights[i : i + 1], waves.widths[i : i + 1])

        def field(time, state, i=i, one=one):
            breath = phase[i : i + 1] + 2 * np.pi * 0.25 * time
            return slopes(state[:, None], one, rr[i : i + 1], breath)[:, 0]

        times = np.arange(SAMPLES + 1) * rr[i] / SAMPLES
        start = (-1.0, 0.0, height[i])
        theirs = solve_ivp(field, (0, rr[i]), start, t_eval=times, rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(signals[i], theirs.y[2, :-1], atol=2e-4)  # of a height of 0.05
        assert end[i] == pytest.approx(theirs.y[2, -1], abs=2e-4)
        np.testing.assert_allclose(np.hypot(*theirs.y[:2]), 1, atol=1e-6)


def test_the_equations_by_hand():
    """At angle 0 on the circle: the R wave itself pushes nothing, its neighbours do."""
    state = np.array([[1.0], [0.0], [0.5]])
    dx, dy, dz = slopes(state, paper(1), np.array([2.0]), np.array([np.pi / 2]))
    apart = -ANGLES
    pushes = HEIGHTS * apart * np.exp(-(apart**2) / (2 * WIDTHS**2))
    assert (dx[0], dy[0]) == pytest.approx((0.0, np.pi))
    assert dz[0] == pytest.approx(-pushes.sum() - (0.5 - 0.005))


def test_beats_are_standardised_labelled_and_seeded(some):
    signals, kinds = some
    assert signals.shape == (360, SAMPLES) and signals.dtype == np.float32
    assert np.bincount(kinds).tolist() == [200, 80, 80]
    np.testing.assert_allclose(signals.mean(1), 0, atol=1e-5)
    np.testing.assert_allclose(signals.std(1), 1, atol=1e-5)
    again, _ = heartbeats(200, 80, 80, seed=3)
    np.testing.assert_array_equal(again, signals)
    other, _ = heartbeats(200, 80, 80, seed=4)
    assert np.abs(other - signals).max() > 0.5
    assert len(np.unique(signals, axis=0)) == len(signals)


def test_each_kind_looks_as_it_should(some):
    signals, kinds = some
    usual, ventricular, atrial = (signals[kinds == i].mean(0) for i in range(len(KINDS)))
    before, p, r, t = (where(angle) for angle in (-2.5, ANGLES[0], ANGLES[2], ANGLES[4]))
    assert usual[p] - usual[before] > 0.5 and usual[t] - usual[before] > 1
    assert ventricular[t] - ventricular[before] < -0.5  # upside down
    assert abs(ventricular[p] - ventricular[before]) < 0.2  # none
    assert abs(atrial[p] - atrial[before]) < 0.5 < atrial[t] - atrial[before]

    def width(beat):
        return int((beat[r - 20 : r + 20] > beat[r] / 2).sum())

    assert width(ventricular) > 1.6 * width(usual)
    assert usual.argmax() == pytest.approx(r, abs=1)


def test_rr_intervals_breathe():
    series = rr_intervals(2000, np.random.default_rng(0))
    assert series.mean() == pytest.approx(1) and series.std() == pytest.approx(0.05)
    power = np.abs(np.fft.rfft(series - 1)) ** 2
    frequency = np.fft.rfftfreq(2000, 1.0)
    share = {f: power[np.abs(frequency - f) < 0.03].sum() / power.sum() for f in (0.1, 0.25)}
    assert share[0.1] == pytest.approx(1 / 3, abs=0.02)
    assert share[0.25] == pytest.approx(2 / 3, abs=0.02)


def test_a_faster_beat_gives_its_waves_more_of_the_turn():
    faster = at_rate(paper(1), np.array([0.64]))
    np.testing.assert_allclose(faster.widths[0], WIDTHS * 1.25)
    assert faster.angles[0, 3] == pytest.approx(ANGLES[3] * 1.25)
    assert faster.angles[0, 4] == pytest.approx(ANGLES[4] * 1.25**0.5)
    np.testing.assert_array_equal(at_rate(paper(1), np.ones(1)).angles[0], ANGLES)


def test_standardised_leaves_a_flat_line_flat():
    np.testing.assert_array_equal(standardised(np.full((1, 5), 3.0)), np.zeros((1, 5)))
