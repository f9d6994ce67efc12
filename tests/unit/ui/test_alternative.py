"""What a chart says to who does not see it: the numbers of its own arrays."""

import numpy as np
import plotly.graph_objects as go
import pytest

from core.figures.style import Look
from core.figures.training import Line, loss_curve
from ui.components.charts.alternative import alternative


def test_a_curve_is_told_by_its_ends_and_what_lies_far_from_them():
    line = Line("held out", np.array([0.0, 1.0, 2.0, 3.0]), np.array([2.0, 0.5, 1.0, 1.2]), "lstm")
    figure = loss_curve(Look("light", "It learns", "epochs", "loss"), [line])
    assert alternative(figure.to_dict()) == (
        "It learns. Across: epochs; up: loss. held out: 2 at 0, lowest 0.5 at 1, 1.2 at 3."
    )


def test_a_line_to_be_compared_with_is_told_by_its_name_and_height():
    line = Line("held out", np.array([0.0, 1.0]), np.array([2.0, 0.5]), "lstm")
    figure = loss_curve(Look("light", "It learns"), [line], references={"guessing": 0.7}, log_y="l")
    assert alternative(figure.to_dict()).endswith("held out: 2 at 0, 0.5 at 1. guessing: 0.7.")


def test_a_text_that_has_numbers_is_left_as_it_is():
    look = Look("light", "3 cells", alt="3 cells. LSTM: 7")
    figure = look.figure().add_scatter(x=[1, 2], y=[3, 4], name="LSTM")
    assert alternative(figure.to_dict()) == "3 cells. LSTM: 7"


@pytest.mark.parametrize(
    ("trace", "words"),
    [
        (go.Bar(x=["a", "b"], y=[1, 2]), "a 1, b 2."),
        (go.Bar(x=[1, 2], y=["a", "b"], orientation="h"), "a 1, b 2."),
        (go.Scatter(x=[1, 4], y=[2, 0], mode="markers"), "2 points, 1 to 4 across, 0 to 2 up."),
        (go.Scatter(x=[1], y=[2], mode="markers"), "2 at 1."),
        (go.Scatter(x=[1, 2], y=[np.nan, np.nan], name="n"), "n: nothing yet."),
        (go.Scatter(x=[1, 2], y=[1, 2], hoverinfo="skip"), ""),
        (go.Heatmap(z=[[1, 2], [3, 0.5]]), "2 rows of 2, lowest 0.5 at 1, 1, highest 3 at 0, 1."),
    ],
)
def test_each_kind_of_trace_has_its_words(trace, words):
    figure = Look("light", "What is seen").figure().add_trace(trace)
    assert alternative(figure.to_dict()) == f"What is seen. {words}".rstrip()


def test_a_value_is_told_as_its_axis_writes_it():
    figure = Look("light", "Which?").figure().add_scatter(x=[0, 1], y=[0.25, 0.5])
    figure.update_xaxes(tickmode="array", tickvals=[0, 1], ticktext=["RNN", "h<sub>t</sub>"])
    figure.update_yaxes(tickformat=".0%")
    assert alternative(figure.to_dict()) == "Which? 25% at RNN, 50% at ht."
    figure.update_yaxes(tickformat="", tickprefix="10<sup>")
    assert alternative(figure.to_dict()) == "Which? 1.78 at RNN, 3.16 at ht."
    figure.update_traces(y=[400.0, -1.0])
    assert alternative(figure.to_dict()) == "Which? 10⁴⁰⁰ at RNN, 0.1 at ht."


def test_arrays_that_plotly_has_packed_are_read_as_well():
    figure = Look("light", "What is seen").figure()
    figure.add_scatter(x=np.array([0.0, 1.0]), y=np.array([2.0, 3.0]))
    figure.add_heatmap(z=np.array([[1.0, 2.0], [3.0, 0.5]]))
    packed = go.Figure(figure.to_dict())
    assert isinstance(packed.to_dict()["data"][0]["y"], dict)
    words = "2 at 0, 3 at 1. 2 rows of 2, lowest 0.5 at 1, 1, highest 3 at 0, 1."
    assert (
        alternative(packed.to_dict()) == alternative(figure.to_dict()) == f"What is seen. {words}"
    )
