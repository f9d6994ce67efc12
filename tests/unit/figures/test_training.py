"""The training curve that every lesson draws."""

from typing import Any

import numpy as np

from core.figures.style import Look
from core.figures.training import Line, loss_curve


def curve(**more) -> Any:
    x = np.array([1.0, 2.0, 3.0])
    lines = [Line("held out", x, np.array([4.0, 2.0, 1.0]), "lstm")]
    lines += [Line("training", x, np.array([4.0, 2.0, 1.001]), "lstm", faint=True)]
    look = Look("light", "It falls", "epochs", "loss")
    return loss_curve(look, [*lines, *more.pop("lines", [])], **more)


def test_few_lines_are_named_at_their_ends_and_not_on_top_of_each_other():
    figure = curve()
    assert not figure.layout.showlegend
    ends = {a.text: a for a in figure.layout.annotations}
    low, high = figure.layout.yaxis.range
    assert (ends["held out"].y, ends["training"].y) == (1.0, 1.001)
    for height in (230, 400):  # of the axes, in pixels
        px = {name: height * (a.y - low) / (high - low) + a.yshift for name, a in ends.items()}
        assert px["training"] - px["held out"] >= 19.9


def test_many_lines_get_a_legend():
    more = [Line(name, np.array([1.0]), np.array([3.0]), "gru") for name in ("a", "b")]
    figure = curve(lines=more)
    assert figure.layout.showlegend
    assert not figure.layout.annotations


def test_a_logarithmic_axis_says_so_and_puts_its_words_where_the_lines_are():
    figure = curve(log_y="logarithmic", references={"guess": 10.0})
    assert figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.title.text == "loss (logarithmic)"
    assert {a.text: a.y for a in figure.layout.annotations}["guess"] == 1.0
    assert figure.layout.shapes[0].y0 == 10.0
    assert figure.layout.yaxis.range[1] > 1.0


def test_changes_and_the_chosen_epoch_are_marked():
    figure = curve(changes=[(1.5, "Learning rate: 0.1")], at=2.0, x_end=8)
    assert [s.x0 for s in figure.layout.shapes] == [1.5, 2.0]
    assert "Learning rate: 0.1" in [a.text for a in figure.layout.annotations]
    assert figure.layout.xaxis.range == (0, 8)


def test_a_curve_without_points_is_an_empty_chart():
    empty = np.array([])
    look = Look("dark", "Nothing yet", "epochs", "loss")
    figure: Any = loss_curve(look, [Line("loss", empty, empty, "rnn")])
    assert figure.layout.yaxis.range == (0, 1)
    assert not figure.layout.annotations
