"""Charts as a class sees them."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from core.figures.style import LETTERS, Look
from core.figures.training import Line, loss_curve
from ui.components import charts
from ui.components.charts import enlarged


def test_for_a_class_letters_and_margins_grow_and_data_do_not():
    line = Line("training", np.array([0.0, 1.0]), np.array([0.3, 0.2]), "lstm")
    figure: Any = loss_curve(Look("light", "Loss", "epochs", "loss"), [line])
    figure.update_layout(height=300)
    before = figure.to_dict()
    larger = enlarged(before, 4 / 3)
    small, large = (one["layout"]["template"]["layout"] for one in (before, larger))
    assert large["font"]["size"] == small["font"]["size"] * 4 / 3 == 20
    assert large["title"]["font"]["size"] == 24 and large["margin"]["t"] == 64
    assert large["font"]["family"] == small["font"]["family"]
    assert larger["data"] == before["data"]
    assert larger["layout"]["height"] == 400 and before["layout"]["height"] == 300
    go.Figure(larger)  # it is a figure


def test_fonts_of_traces_grow_where_they_have_a_size():
    figure = go.Figure(go.Scatter(x=[1], y=[2], text=["a"], textfont={"size": 9}))
    figure.add_annotation(text="b", font={"color": "#000000"})
    larger = enlarged(figure.to_dict(), 2)
    assert larger["data"][0]["textfont"]["size"] == 18
    assert larger["layout"]["annotations"][0]["font"] == {"color": "#000000"}


def test_an_axis_without_a_name_keeps_no_room_for_one():
    assert (
        Look("light", "Images").figure().to_dict()["layout"].keys().isdisjoint({"xaxis", "yaxis"})
    )
    named: Any = Look("dark", "Loss", y="loss").figure()
    assert named.layout.yaxis.title.text == "loss"


def test_french_has_a_space_before_each_percent_sign(monkeypatch):
    monkeypatch.setattr(charts, "language", lambda: "fr")
    monkeypatch.setattr(charts, "class_view", lambda: False)
    figure = go.Figure(go.Scatter(x=[1], y=[2], hovertemplate="%{x:.1%}: %{y:.0f}%, %{x}"))
    figure.update_xaxes(ticksuffix="%").update_yaxes(ticktext=["0", "50%"], tickformat=".0%")
    french: Any = go.Figure(charts.for_this_visitor(figure))
    assert french.data[0].hovertemplate == "%{x:.1%}: %{y:.0f}\u202f%, %{x}"
    assert french.layout.xaxis.ticksuffix == "\u202f%"
    assert french.layout.yaxis.ticktext == ("0", "50\u202f%")
    assert french.layout.yaxis.tickformat == ".0%" and french.layout.separators == ", "
    assert charts._spaced("50% of 3 %") == "50\u202f% of 3 %"


@pytest.mark.parametrize("letter", ["#C05A00", "#20242E"])
def test_letters_in_a_pale_curve_s_colour_are_darker(monkeypatch, letter):
    monkeypatch.setattr(charts, "language", lambda: "en")
    monkeypatch.setattr(charts, "class_view", lambda: False)
    figure = go.Figure(go.Scatter(x=[1], y=[2], text=["a"], textfont={"color": letter}))
    figure.add_annotation(text="b", font={"color": letter}).add_annotation(text="c")
    drawn = charts.for_this_visitor(figure)
    fonts = [drawn["data"][0]["textfont"], drawn["layout"]["annotations"][0]["font"]]
    assert [font["color"] for font in fonts] == [LETTERS.get(letter, letter)] * 2
