"""What a calculator looks at, how sure it is, where it fails, and where its states lie."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.cells import write_cells
from core.figures.style import Look, named_ticks

_LEAST_PRINTED = 0.095  # smaller weights stay without their number: the grid is full enough


def attention_over_question(
    look: Look, attention: np.ndarray, written: Sequence[str], read: Sequence[str], *, hover: str
) -> go.Figure:
    """Where it looked while it wrote each symbol. attention: (written, read), rows sum to 1.

    written: a name for each row, in the order of writing, the first on top; read: for each column.
    hover: words with {written}, {read} and {weight}.
    """
    figure = look.figure()
    percents = _percents(attention, _LEAST_PRINTED)
    hovertext = [
        [
            hover.format(written=symbol, read=character, weight=f"{100 * weight:.0f}")
            for character, weight in zip(read, weights, strict=True)
        ]
        for symbol, weights in zip(written, attention, strict=True)
    ]
    figure.add_heatmap(
        **_cells(attention, percents),
        hovertext=hovertext,
        hovertemplate="%{hovertext}<extra></extra>",
        showscale=False,
    )
    write_cells(figure, percents)
    _rows_and_columns(figure, written, read)
    return figure.update_xaxes(tickfont={"size": 18, "color": look.ink})


def accuracy_grids(
    look: Look, shares: Sequence[np.ndarray], names: Sequence[str], *, learned: int = 0
) -> go.Figure:
    """The share of right answers by the digits of both operands, a grid beside the other.

    shares: each (digits of the first, digits of the second), NaN where nothing was asked.
    names: over each grid, "" for none. learned: the digits of an operand in training, which are
    framed where there are more.
    """
    titles = list(names) if any(names) else None
    figure = look.panels(cols=len(shares), horizontal_spacing=0.1, subplot_titles=titles)
    for col, share in enumerate(shares, start=1):
        of_first, of_second = share.shape
        figure.add_heatmap(
            **_cells(share, _percents(share), first=1),
            hovertemplate="%{y} × %{x}: %{text}%<extra></extra>",
            hoverongaps=False,
            showscale=False,
            row=1,
            col=col,
        )
        write_cells(figure, _percents(share))
        figure.update_yaxes(range=[of_first + 0.5, 0.5], row=1, col=col)
        figure.update_xaxes(range=[0.5, of_second + 0.5], row=1, col=col)
        if 0 < learned < max(share.shape):
            end = learned + 0.5
            figure.add_shape(**_frame(look, 0.5, end, 0.5, end), row=1, col=col)
    figure.update_xaxes(dtick=1, showline=False)
    for col in [2] if len(shares) == 3 else range(1, len(shares) + 1):  # three would overlap
        figure.update_xaxes(title_text=look.x, col=col)
    figure.update_yaxes(dtick=1, showgrid=False)
    figure.update_yaxes(title_text=look.y, col=1)
    if titles:
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
    hover: Callable[[str, str, float], str],
) -> go.Figure:
    """Answers to questions that differ in a digit, one a row, as digits over their probabilities.

    digits: (questions, places), "" where an answer is shorter. probabilities: the same shape, NaN
    there. moved: bool, the same shape: digits that are others than in row ``now``, whose name is
    bold; they are framed.
    hover: what is said of a question, a digit and its probability.
    """
    figure = look.figure()
    hovertext = [
        [
            "" if np.isnan(likely) else hover(question, digit, float(likely))
            for digit, likely in zip(row, probabilities[i], strict=True)
        ]
        for i, (question, row) in enumerate(zip(questions, digits, strict=True))
    ]
    ticks = {"tickvals": [0, 0.5, 1], "ticktext": ["0", "50%", "100%"]}
    figure.add_heatmap(
        **_cells(probabilities, digits, gap=3),
        hovertext=hovertext,
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
        colorbar=_bar(look) | ticks,
    )
    write_cells(figure, digits, size=16)
    for i, j in zip(*np.nonzero(moved), strict=True):
        figure.add_shape(**_frame(look, j - 0.46, j + 0.46, i - 0.42, i + 0.42))
    rows = [f"<b>{question}</b>" if i == now else question for i, question in enumerate(questions)]
    _rows_and_columns(figure, rows, places)
    figure.update_yaxes(ticklabelstandoff=8)
    return figure.update_layout(title={"xref": "container", "x": 0.01})  # the rows' names are long


def wrong_in_the_plane(
    look: Look,
    wrong: Mapping[str, tuple[np.ndarray, np.ndarray]],
    labels: Mapping[str, Sequence[str]],
    end: int,
) -> go.Figure:
    """Questions that were answered wrongly, each at its operands.

    wrong: name of a group -> first and second operands, (n,) each; the first group stands out.
    labels: of each point, for who hovers. end: the axes go from 0 to here.
    """
    figure = look.figure()
    marks = (("x", look.colour("rnn")), ("circle-open", look.accent))
    for (name, (first, second)), (symbol, colour) in zip(wrong.items(), marks, strict=True):
        figure.add_scatter(
            x=first,
            y=second,
            mode="markers",
            name=name,
            text=labels[name],
            marker={"symbol": symbol, "size": 6, "color": colour, "line": {"width": 1}},
            hovertemplate="%{text}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(range=[-0.02 * end, 1.02 * end], showgrid=True)
    figure.update_yaxes(range=[-0.02 * end, 1.02 * end])
    return figure.update_layout(showlegend=True, margin_t=84)


def shares_by_group(
    look: Look,
    shares: Mapping[str, Sequence[float]],
    groups: Sequence[str],
    hover: Mapping[str, Sequence[str]],
    *,
    top: float | None = None,
) -> go.Figure:
    """Bars of shares in percent, beside each other for each of ``groups``.

    shares: what -> a share from 0 to 1 for each group. hover: what -> words for each bar.
    top: where the axis ends, a share.
    """
    figure = look.figure()
    several = len(shares) > 1
    fills = ((look.colour("rnn"), "/" if several else ""), (look.accent, ""))
    for (name, values), (colour, pattern) in zip(shares.items(), fills, strict=False):
        figure.add_bar(
            x=groups,
            y=[100 * value for value in values],
            name=name,
            marker={"color": colour, "pattern": {"shape": pattern, "size": 6}},
            customdata=hover[name],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(type="category", tickangle=0)
    figure.update_yaxes(ticksuffix="%", rangemode="tozero", nticks=6)
    if top is not None:
        figure.update_yaxes(range=[0, 104 * top])
    if several:
        figure.update_layout(showlegend=True, margin_t=84)
    return figure.update_layout(barmode="group", bargap=0.25)


def states_in_the_plane(
    look: Look, points: np.ndarray, values: np.ndarray, labels: Sequence[str], *, colour_title: str
) -> go.Figure:
    """Hidden states on two principal components, (n, 2), coloured by a number of each, (n,).

    labels: of each point, for who hovers.
    """
    figure = look.figure()
    title = {"text": colour_title, "font": {"size": 13, "color": look.quiet}}
    figure.add_scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        text=labels,
        marker={
            "size": 9,
            "color": values,
            "colorscale": style.SEQUENTIAL,
            "colorbar": _bar(look) | {"title": title},
            "line": {"width": 0.5, "color": look.quiet},
        },
        hovertemplate="%{text}<extra></extra>",
    )
    return figure.update_xaxes(showgrid=True)


def _cells(
    shares: np.ndarray, text: Sequence[Sequence[str]], first: int = 0, gap: int = 2
) -> dict[str, Any]:
    """Plotly's heatmap of (rows, columns) from 0 to 1, with a text that hovering may show of each.

    first: the number of the first row and column. gap: between cells, in pixels.
    """
    rows, columns = shares.shape
    return {
        "z": shares,
        "x": list(range(first, first + columns)),
        "y": list(range(first, first + rows)),
        "zmin": 0,
        "zmax": 1,
        "colorscale": style.SEQUENTIAL,
        "xgap": gap,
        "ygap": gap,
        "text": text,
    }


def _bar(look: Look) -> dict[str, Any]:
    return {"thickness": 10, "outlinewidth": 0, "tickfont": {"color": look.quiet, "size": 12}}


def _frame(look: Look, x0: float, x1: float, y0: float, y1: float) -> dict[str, Any]:
    line = {"color": look.colour("rnn"), "width": 3}
    return {"x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line}


def _rows_and_columns(figure: go.Figure, rows: Sequence[str], columns: Sequence[str]):
    figure.update_xaxes(
        **named_ticks(columns), range=[-0.5, len(columns) - 0.5], showline=False
    ).update_yaxes(**named_ticks(rows), range=[len(rows) - 0.5, -0.5], showgrid=False)


def _percents(shares: np.ndarray, least: float = 0) -> list[list[str]]:
    return [[f"{100 * s:.0f}" if s >= least else "" for s in row] for row in shares]
