"""The wall and the plane of a class: where values stand, and what visitors wrote stays text."""

import json
import math
from typing import Any

import numpy as np
import pytest

from core.figures.classes.plane import Points, Scale, plane
from core.figures.classes.wall import Middle, Panel, wall
from core.figures.style import Look

LOOK = Look("light", "How they learn", "updates", "loss")
NOTHING = Middle(*(np.zeros(0),) * 4, median_name="median", band_name="middle half")
EVIL = "<script>alert(1)</script>"


def panel(name, y, **more):
    return Panel(name, np.arange(1.0, len(y) + 1), np.array(y, float), "1", **more)


def drawn(panels, middle=NOTHING, *, log=False) -> Any:
    return wall(LOOK, panels, middle, log=log, form=lambda value: f"{value:g}")


def test_all_panels_have_the_same_axes():
    """Two panels side by side: heights 0 to 4, updates 0 to 4; a panel's curve has 0.92 x 0.68."""
    figure = drawn([panel("a", [0, 4, 2, 2]), panel("b", [4, 0])])
    [curves, *_ends] = figure.data
    assert curves.x[:4] == pytest.approx([0.03 + 0.92 * t / 4 for t in (1, 2, 3, 4)])
    assert curves.y[:4] == pytest.approx([0.06, 0.74, 0.4, 0.4])
    assert np.isnan([curves.x[4], curves.y[4]]).all()
    assert curves.x[5:7] == pytest.approx([1.03 + 0.92 * t / 4 for t in (1, 2)])
    assert curves.y[5:7] == pytest.approx([0.74, 0.06])
    assert figure.layout.annotations[-1].text == "updates 0 – 4 · loss 0 – 4"


def test_a_logarithmic_wall_has_a_decade_everywhere_as_high():
    [curves, *_ends] = drawn([panel("a", [100, 10, 1])], log=True).data
    assert curves.y[:3] == pytest.approx([0.74, 0.4, 0.06])


def test_the_middle_and_the_references_are_in_every_panel():
    low, median, high = (np.array([v, v]) for v in (1.0, 2.0, 3.0))
    middle = Middle(np.array([1.0, 2.0]), low, median, high, "m", "b")
    figure = drawn([panel("a", [4, 1], references={"guess": 3.0}), panel("b", [4, 1])], middle)
    by_name = {trace.name: trace for trace in figure.data if trace.name}
    assert list(by_name) == ["b", "m", "guess"]
    assert np.isnan(by_name["m"].x).sum() == 2
    assert np.isnan(by_name["b"].x).sum() == 2
    assert np.isnan(by_name["guess"].x).sum() == 1
    assert by_name["guess"].y[:2] == pytest.approx([0.06 + 0.68 * 2 / 3] * 2)


@pytest.mark.parametrize(("count", "columns", "height"), [(1, 1, 222), (6, 3, 372), (30, 6, 502)])
def test_thirty_panels_are_as_high_as_a_beamer_has_room(count, columns, height):
    figure = drawn([panel(f"{i}", [1, 2]) for i in range(count)])
    assert figure.layout.xaxis.range[1] == columns
    assert figure.layout.height == height


def test_what_visitors_wrote_is_text():
    figures = [
        drawn([panel(EVIL, [1.0], mark=EVIL)]),
        plane(LOOK, [Points(EVIL, [1.0], [2.0], [EVIL])], across=Scale(), up=Scale()),
        plane(
            LOOK, [Points("", [EVIL], [2.0], ["a"])], across=Scale(categories=[EVIL]), up=Scale()
        ),
    ]
    for figure in figures:
        assert "<script" not in json.dumps(figure.to_plotly_json(), default=list)
        assert "&lt;script&gt;" in json.dumps(figure.to_plotly_json(), default=list)


def test_points_of_a_category_stand_side_by_side_around_its_place():
    group = Points("gru", ["b", "b", "b", "a"], [1.0, 2.0, 3.0, 4.0], list("wxyz"), "gru")
    figure: Any = plane(LOOK, [group], across=Scale(categories=["a", "b"]), up=Scale(log=True))
    [points] = figure.data
    assert points.x == pytest.approx([1, 1.12, 0.88, 0])
    assert (points.marker.symbol, points.marker.color) == ("square", "#00897B")
    assert figure.layout.xaxis.ticktext == ("a", "b")
    assert figure.layout.yaxis.type == "log"


def test_kinds_differ_in_colour_or_marker_and_references_stand_at_their_height():
    groups = [Points(f"{i}", [1.0], [1.0], ["a"]) for i in range(8)]
    figure: Any = plane(
        LOOK, groups, across=Scale(), up=Scale(log=True), references={"guess": 10.0}
    )
    looks = {(t.marker.color, t.marker.symbol) for t in figure.data}
    assert len(looks) == len({t.marker.symbol for t in figure.data}) == 8
    assert figure.layout.shapes[0].y0 == 10.0
    [note] = figure.layout.annotations
    assert (note.text, note.y) == ("guess", math.log10(10.0))
