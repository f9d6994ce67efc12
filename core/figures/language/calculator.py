"""What a calculator looks at and how sure it is: grids of numbers between 0 and 1."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from core.figures import style
from core.figures.style import Look

_SAID_FROM = 0.095  # smaller weights stay without their number: the grid is full enough


def attention_over_question(
    look: Look, attention: np.ndarray, written: Sequence[str], read: Sequence[str], *, hover: str
) -> go.Figure:
    """Where it looked while it wrote each symbol. attention: (written, read), rows sum to 1.

    written: a name for each row, in the order of writing, the first on top; read: for each column.
    hover: words with {written}, {read} and {weight}.
    """
    figure = look.figure()
    said = [
        [
            hover.format(written=w, read=r, weight=f"{100 * attention[i, j]:.0f}")
            for j, r in _of(read)
        ]
        for i, w in _of(written)
    ]
    figure.add_heatmap(
        z=attention,
        x=list(range(len(read))),
        y=list(range(len(written))),
        zmin=0,
        zmax=1,
        colorscale=style.SEQUENTIAL,
        showscale=False,
        xgap=2,
        ygap=2,
        text=_percents(attention, _SAID_FROM),
        texttemplate="%{text}",
        hovertext=said,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    _rows_and_columns(figure, written, read)
    figure.update_xaxes(tickfont={"size": 18, "color": look.ink})
    return figure


def accuracy_grids(
    look: Look, shares: Sequence[np.ndarray], names: Sequence[str], *, learned: Sequence[int] = ()
) -> go.Figure:
    """The share of right answers by the digits of both operands, a grid beside the other.

    shares: each (digits of the first, digits of the second), NaN where nothing was asked.
    names: over each grid, "" for none. learned: for each grid the digits of an operand in
    training, which are framed.
    """
    heads = list(names) if any(names) else None
    figure = make_subplots(cols=len(shares), horizontal_spacing=0.1, subplot_titles=heads)
    for col, share in enumerate(shares, start=1):
        first, second = (list(range(1, size + 1)) for size in share.shape)
        figure.add_heatmap(
            z=share,
            x=second,
            y=first,
            zmin=0,
            zmax=1,
            colorscale=style.SEQUENTIAL,
            showscale=False,
            xgap=2,
            ygap=2,
            text=_percents(share, 0),
            texttemplate="%{text}",
            hovertemplate="%{y} × %{x}: %{text} %<extra></extra>",
            hoverongaps=False,
            row=1,
            col=col,
        )
        figure.update_yaxes(range=[len(first) + 0.5, 0.5], row=1, col=col)
        figure.update_xaxes(range=[0.5, len(second) + 0.5], row=1, col=col)
        if col <= len(learned) and learned[col - 1] < max(share.shape):
            _frame(look, figure, learned[col - 1], col)
    look.apply(figure)
    figure.update_xaxes(dtick=1, showline=False)
    for col in [2] if len(shares) == 3 else range(1, len(shares) + 1):  # three would overlap
        figure.update_xaxes(title_text=look.x, col=col)
    figure.update_yaxes(dtick=1, showgrid=False)
    figure.update_yaxes(title_text=look.y, col=1)
    if heads:
        figure.update_annotations(font={"size": 15, "color": look.quiet})
        figure.update_layout(margin_t=80)
    return figure


def digits_by_variant(
    look: Look,
    digits: Sequence[Sequence[str]],
    probabilities: np.ndarray,
    moved: np.ndarray,
    questions: Sequence[str],
    places: Sequence[str],
    now: int,
    *,
    hover: str,
) -> go.Figure:
    """Answers to questions that differ in a digit, one a row, as digits over their probabilities.

    digits: (questions, places), "" where an answer is shorter. probabilities: the same shape, NaN
    there. moved: bool, the same shape: digits that are others than in row ``now``, whose name is
    bold; they are framed.
    hover: words with {question}, {digit} and {weight}.
    """
    figure = look.figure()
    said = [
        [
            ""
            if np.isnan(probabilities[i, j])
            else hover.format(
                question=question, digit=digit, weight=f"{100 * probabilities[i, j]:.1f}"
            )
            for j, digit in _of(digits[i])
        ]
        for i, question in _of(questions)
    ]
    figure.add_heatmap(
        z=probabilities,
        x=list(range(len(places))),
        y=list(range(len(questions))),
        zmin=0,
        zmax=1,
        colorscale=style.SEQUENTIAL,
        colorbar=_bar(look),
        xgap=3,
        ygap=3,
        text=[list(row) for row in digits],
        texttemplate="%{text}",
        textfont={"size": 16},
        hovertext=said,
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
    )
    for i, j in zip(*np.nonzero(moved), strict=True):
        box = {"x0": j - 0.46, "x1": j + 0.46, "y0": i - 0.42, "y1": i + 0.42}
        figure.add_shape(**box, line={"color": look.colour("rnn"), "width": 3})
    named = [f"<b>{question}</b>" if i == now else question for i, question in _of(questions)]
    _rows_and_columns(figure, named, places)
    figure.update_yaxes(ticklabelstandoff=8)
    figure.update_layout(title={"xref": "container", "x": 0.01})  # the rows' names are long
    return figure


def _bar(look: Look) -> dict[str, Any]:
    return {
        "thickness": 10,
        "outlinewidth": 0,
        "tickvals": [0, 0.5, 1],
        "ticktext": ["0", "50 %", "100 %"],
        "tickfont": {"color": look.quiet, "size": 12},
    }


def _frame(look: Look, figure: go.Figure, learned: int, col: int):
    """Around the lengths that training had."""
    if learned:
        figure.add_shape(
            x0=0.5,
            x1=learned + 0.5,
            y0=0.5,
            y1=learned + 0.5,
            line={"color": look.colour("rnn"), "width": 3},
            row=1,
            col=col,
        )


def _rows_and_columns(figure: go.Figure, rows: Sequence[str], columns: Sequence[str]):
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=list(columns),
        range=[-0.5, len(columns) - 0.5],
        showline=False,
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=list(rows),
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
    )


def _percents(shares: np.ndarray, least: float) -> list[list[str]]:
    return [[f"{100 * s:.0f}" if s >= least else "" for s in row] for row in shares]


def _of(names: Sequence[str]):
    return list(enumerate(names))
