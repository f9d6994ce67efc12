"""The middle of a class's curves, and who is far from it, against values worked out by hand."""

import math

import numpy as np
import pytest

from core.classes.together import band, distances, latest, reached, spans_decades, standing
from core.store.classes.wall import ClassRun


def run(losses, pupil=1, state="finished", steps=None, **more):
    steps = range(1, len(losses) + 1) if steps is None else steps
    about = {"config": {}, "metrics": {}, "curve": "rmse", "train_s": 1.0, **more}
    name = f"run {pupil}"
    return ClassRun(
        pupil, "Zadig", name, "next-value", steps=steps, losses=losses, state=state, **about
    )


def test_the_median_and_the_quartiles_of_three_curves():
    found = band([run([4, 1]), run([6, 2]), run([8, 6])])
    assert found.steps.tolist() == [1, 2]
    assert (found.low.tolist(), found.median.tolist(), found.high.tolist()) == (
        [5, 1.5],
        [6, 2],
        [7, 4],
    )


def test_curves_of_other_steps_are_read_between_them_and_the_band_ends_where_half_have_ended():
    found = band([run([8, 0], steps=[0, 4]), run([2, 2], steps=[0, 2]), run([], steps=[])])
    assert found.steps.tolist() == [0, 2, 4]
    assert found.median.tolist() == [5, 3, 0]
    assert band([run([1, 1]), run([1]), run([1])]).steps.tolist() == [1]
    assert band([run([])]).median.tolist() == []
    assert band([]).median.tolist() == []


def test_the_distance_is_in_robust_standard_deviations():
    """Medians 3 and 3; deviations 2, 1, 0, 1, 7, whose median is 1, and none but the last's."""
    curves = [run([1, 3]), run([2, 3]), run([3, 3]), run([4, 3]), run([10, 9])]
    assert distances(curves) == pytest.approx([d / 1.4826 for d in (2, 1, 0, 1, 7)])


def test_the_strangest_is_named_among_five_curves_not_among_four():
    runs = [run([value], pupil) for pupil, value in enumerate((1, 2, 3, 4, 10), start=1)]
    found = standing(runs, lower_is_better=True)
    assert (found.finished, found.total, found.quartiles) == (5, 5, (2, 3, 4))
    assert (found.best, found.strangest) == (runs[0], runs[4])
    assert found.distance == pytest.approx(7 / 1.4826)
    assert standing(runs[1:], lower_is_better=True).strangest is None
    assert standing([run([1.0], p) for p in range(5)], lower_is_better=True).strangest is None


def test_the_best_has_ended_and_is_the_highest_where_more_is_better():
    runs = [
        run([0.5], 1),
        run([0.9], 2, "under way"),
        run([0.7], 3, "stopped"),
        run([], 4, "waiting"),
    ]
    found = standing(runs, lower_is_better=False)
    assert (found.best, found.finished, found.total) == (runs[2], 2, 4)
    assert found.quartiles == pytest.approx((0.6, 0.7, 0.8))
    nothing = standing([], lower_is_better=True)
    assert (nothing.quartiles, nothing.best, nothing.total) == (None, None, 0)


def test_what_is_no_number_is_left_out_of_a_curve():
    diverged = run([1.0, math.nan, math.inf])
    assert reached(diverged) == 1.0
    assert reached(run([math.nan])) is None
    assert np.isfinite(band([diverged, run([2, 2, 2])]).median).all()


def test_of_each_pupil_the_last_run_counts():
    first, second, other = run([1], 2), run([2], 2), run([3], 1)
    assert latest([first, other, second]) == [other, second]


def test_an_axis_counts_in_powers_of_ten_from_two_decades_on():
    assert spans_decades([0.001, 0.1])
    assert not spans_decades([0.01, 0.5])
    assert not spans_decades([0.0, 100.0])
    assert not spans_decades([])
