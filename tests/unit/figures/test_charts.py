"""Charts as a class sees them."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from core.figures.style import LETTERS, Look
from core.figures.training import Line, loss_curve
from ui.components import charts
from ui.components.charts import as_seen
from ui.components.charts.by_value import digest


def test_for_a_class_letters_and_margins_grow_and_data_do_not():
    line = Line("training", np.array([0.0, 1.0]), np.array([0.3, 0.2]), "lstm")
    figure: Any = loss_curve(Look("light", "Loss", "epochs", "loss"), [line])
    before, larger = (
        as_seen(figure.to_dict(), french=False, large=large) for large in (False, True)
    )
    small, large = (one["layout"]["template"]["layout"] for one in (before, larger))
    assert large["font"]["size"] == small["font"]["size"] * 4 / 3 == 20
    assert large["title"]["font"]["size"] == 24 and large["margin"]["t"] == 64
    assert large["font"]["family"] == small["font"]["family"]
    assert larger["data"] == before["data"]
    go.Figure(larger)  # it is a figure


def test_fonts_of_traces_grow_where_they_have_a_size():
    figure = go.Figure(go.Scatter(x=[1], y=[2], text=["a"], textfont={"size": 9}))
    figure.add_annotation(text="b", font={"color": "#000000"})
    larger = as_seen(figure.to_dict(), french=False, large=True)
    assert larger["data"][0]["textfont"]["size"] == 12
    assert larger["layout"]["annotations"][0]["font"] == {"color": "#000000"}


def test_an_axis_without_a_name_keeps_no_room_for_one():
    assert (
        Look("light", "Images").figure().to_dict()["layout"].keys().isdisjoint({"xaxis", "yaxis"})
    )
    named: Any = Look("dark", "Loss", y="loss").figure()
    assert named.layout.yaxis.title.text == "loss"


def test_french_has_a_space_before_each_percent_sign():
    figure = go.Figure(go.Scatter(x=[1], y=[2], hovertemplate="%{x:.1%}: %{y:.0f}%, %{x}"))
    figure.update_xaxes(ticksuffix="%").update_yaxes(ticktext=["0", "50%"], tickformat=".0%")
    french: Any = go.Figure(as_seen(figure.to_dict(), french=True, large=False))
    assert french.data[0].hovertemplate == "%{x:.1%}: %{y:.0f}\u202f%, %{x}"
    assert french.layout.xaxis.ticksuffix == "\u202f%"
    assert french.layout.yaxis.ticktext == ("0", "50\u202f%")
    assert french.layout.yaxis.tickformat == ".0%" and french.layout.separators == ", "


@pytest.mark.parametrize("letter", ["#C05A00", "#20242E"])
def test_letters_in_a_pale_curve_s_colour_are_darker(letter):
    figure = go.Figure(go.Scatter(x=[1], y=[2], text=["a"], textfont={"color": letter}))
    figure.add_annotation(text="b", font={"color": letter}).add_annotation(text="c")
    drawn = as_seen(figure.to_dict(), french=False, large=False)
    fonts = [drawn["data"][0]["textfont"], drawn["layout"]["annotations"][0]["font"]]
    assert [font["color"] for font in fonts] == [LETTERS.get(letter, letter)] * 2


def test_a_figure_is_drawn_once_for_all_who_see_the_same(monkeypatch):
    sent, drawn = [], []

    def counted(look, lines):
        drawn.append(look.title)
        return loss_curve(look, lines)

    counted.__qualname__ = "counted"  # as of a function of a module
    monkeypatch.setattr(charts, "_PLOT", lambda **told: sent.append(told["data"]["figure"]))
    monkeypatch.setattr(charts, "class_view", lambda: False)
    for language, loss in (("en", 0.3), ("en", 0.3), ("en", 0.2), ("fr", 0.3)):
        monkeypatch.setattr(charts, "language", lambda of=language: of)
        line = Line("training", np.array([0.0, 1.0]), np.array([loss, 0.1]), "lstm")
        charts.live_plot(partial(counted, Look("light", "Loss"), [line]), key="loss")
    assert len(drawn) == len(set(sent)) == 3 and sent[0] == sent[1]


def test_what_a_function_holds_in_itself_is_no_name_of_a_figure():
    with pytest.raises(TypeError, match="cannot be told from its like"):
        digest(partial(lambda: go.Figure()))


@dataclass(frozen=True, eq=False)
class _Run:
    losses: np.ndarray
    names: dict[str, str]

    @cached_property
    def best(self) -> float:
        return float(self.losses.min())


def _draw(look: Look, run: _Run, at: int) -> go.Figure:
    raise NotImplementedError  # it is only asked for its name


def _drawn_of(losses: np.ndarray, name: str = "GRU") -> str:
    run = _Run(losses, {"gru": name, "one more": name})
    return digest(partial(_draw, Look("light", "Loss"), run, at=2))


def test_what_is_equal_has_one_digest_whatever_it_is_made_of():
    losses = np.array([0.5, 0.25, 0.125])
    two_names = digest(partial(_draw, Look("light", "Loss"), _computed(losses), at=2))
    assert _drawn_of(losses) == _drawn_of(np.array([0.5, 0, 0.25, 0, 0.125])[::2]) == two_names
    two = np.array([losses, losses])
    assert _drawn_of(two) == _drawn_of(np.asfortranarray(two))


def _computed(losses: np.ndarray) -> _Run:
    """A run that has computed its best, and whose names are not one object."""
    run = _Run(losses.copy(), {"gru": "GR" + chr(ord("U")), "one more": "".join(["G", "RU"])})
    assert run.best == 0.125
    return run


def test_what_differs_has_another_digest():
    losses = np.array([0.5, 0.25])
    others = [losses.astype(np.float32), losses[None], losses + 1e-12, losses[:1]]
    others = [_drawn_of(losses), _drawn_of(losses, "LSTM"), *map(_drawn_of, others)]
    others += [digest(partial(f, losses)) for f in (loss_curve, charts.look)]
    assert len(set(others)) == 8
