"""A drawing is the figure that Plotly would have made, and becomes it."""

import copy
import pickle
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.subplots import make_subplots

from core.figures.style import Look

LOOK = Look("light", "A title", "time", "height")
told = go.Figure.to_dict  # without the checks that tests put before a drawing's own


def drawn(figure):
    """One of each thing that figures add and change."""
    figure.add_scatter(x=[1, 2], y=np.array([3.0, 4.0]), marker_color="#123456", line={"width": 2})
    figure.add_bar(x=["a"], y=[1], error_y={"type": "data", "array": [0.1]}, name=None)
    figure.add_heatmap(z=np.eye(2), colorbar_title_text="z", showscale=True)
    figure.add_annotation(text="here", x=1, y=2, font={"size": 9}, font_color="#000000")
    figure.add_annotation({"text": "there", "x": 2}, y=3)
    figure.add_shape(type="line", x0=0, x1=1, y0=2, y1=2)
    figure.update_xaxes(title="words", range=[0, 3]).update_xaxes(range=None, title_standoff=3)
    figure.update_yaxes(title={"text": "up"}, tickfont_size=9)
    figure.update_layout({"margin": {"l": 1}}, margin_r=2, plot_bgcolor="#ffffff")
    return figure.update_layout(yaxis_type="log", legend={"x": 1})


def plotlys(of):
    """What Plotly makes of the same start, with all its checks."""
    return go.Figure(layout=of.to_dict()["layout"])


def test_what_is_drawn_is_what_plotly_makes_of_it():
    assert told(drawn(LOOK.figure())) == told(drawn(plotlys(LOOK.figure())))


def test_it_becomes_plotly_s_own_in_the_midst_and_goes_on():
    figure: Any = LOOK.figure()
    figure.layout.xaxis.showgrid = True
    expected = plotlys(LOOK.figure())
    expected.layout.xaxis.showgrid = True
    assert told(drawn(figure)) == told(drawn(expected))
    assert len(figure.data) == 3 and isinstance(figure.data[0], go.Scatter)


def test_panels_are_those_of_plotly():
    def filled(figure):
        figure.add_scatter(y=[1, 2], row=2, col=1).add_scatter(y=[2, 1], row=1, col=2)
        figure.update_xaxes(title_text="below", row=2, col=1).update_yaxes(showgrid=False, row=1)
        figure.add_annotation(text="beside", x=1, y=1, row=1, col=2)
        return figure.update_xaxes(ticks="outside", col=2).update_yaxes(nticks=3)

    places = {"rows": 2, "cols": 2, "specs": [[{}, {}], [{}, None]], "subplot_titles": ["a", "b"]}
    start = LOOK.figure()
    start.update_xaxes(title=None).update_yaxes(title=None)
    expected = told(filled(make_subplots(figure=plotlys(start), **places)))
    found = told(filled(LOOK.panels(**places)))
    assert found["data"] == expected["data"]
    assert {k: v for k, v in found["layout"].items() if v} == {
        k: v for k, v in expected["layout"].items() if v
    }


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_is_plotly_s_and_changes_nothing_here(copied):
    figure = drawn(LOOK.figure())
    before, other = told(figure), copied(figure)
    other.update_layout(title_text="another")
    assert type(other) is go.Figure and told(figure) == before
    assert before["layout"]["title"]["text"] == "A title"


def test_what_was_given_is_not_changed():
    line, margin = {"color": "#000000"}, {"l": 5}
    figure = LOOK.figure().add_scatter(y=[1], line=line, line_width=3)
    figure.update_layout(margin=margin).update_layout(margin_l=9)
    assert line == {"color": "#000000"} and margin == {"l": 5}
    assert told(figure)["data"][0]["line"] == {"color": "#000000", "width": 3}


def test_an_attribute_that_no_figure_has_is_none_of_a_drawing_s():
    assert not hasattr(LOOK.figure(), "nothing_of_that_kind")
    with pytest.raises(AttributeError):
        LOOK.figure().nothing = 3
