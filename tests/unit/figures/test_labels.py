"""Where labels stand by themselves, before a browser knows the size of the chart."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from core.figures.labels import End, apart, end_labels, reference, spread
from core.figures.style import Look


@pytest.mark.parametrize("seed", range(20))
def test_crowded_heights_are_moved_apart_in_their_order_and_around_where_they_were(seed):
    heights = sorted(np.random.default_rng(seed).uniform(0, 100, 12))
    places = apart(heights, 20.0)
    assert np.diff(places).min() >= 20 - 1e-9
    assert np.mean(places) == pytest.approx(np.mean(heights))


def test_what_is_far_apart_stays():
    assert apart([0.0, 30.0, 60.0], 20.0) == [0.0, 30.0, 60.0]


def test_two_that_meet_go_half_the_way_each():
    assert apart([10.0, 14.0, 100.0], 20.0) == [2.0, 22.0, 100.0]


def test_a_label_keeps_the_place_in_the_data_that_it_names():
    figure: Any = go.Figure()
    end_labels(figure, [End("b", 3, 5.0, "#000000"), End("a", 3, 5.0, "#ffffff")], 0, 10)
    assert [(note.text, note.x, note.y) for note in figure.layout.annotations] == [
        ("b", 3, 5.0),
        ("a", 3, 5.0),
    ]
    assert [note.yshift for note in figure.layout.annotations] == [-10, 10]


def test_a_reference_on_a_logarithmic_axis_is_named_where_it_is():
    figure: Any = Look("light", "").figure()
    reference(Look("light", ""), figure, 100.0, "guess", {"color": "#123456"}, log=True)
    (note,) = figure.layout.annotations
    assert (note.name, note.text, note.y, note.font.color) == ("horizontal", "guess", 2, "#123456")
    assert figure.layout.shapes[0].y0 == 100.0


@pytest.mark.parametrize("seed", range(5))
def test_crowded_marks_are_spread_and_the_others_stay(seed):
    crowd = np.random.default_rng(seed).uniform(0, 0.5, (5, 2))
    marks = spread(np.vstack([crowd, [9.0, 9.0]]), 0.5)
    apart_by = np.linalg.norm(marks[:, None] - marks, axis=-1) + np.eye(6)
    assert apart_by.min() > 0.45
    np.testing.assert_allclose(marks[:5].mean(0), crowd.mean(0))
    assert tuple(marks[5]) == (9, 9)
