"""A text read word by word, and how good, how sure and how well taught a classifier is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import labels, style
from core.figures.style import Look

_SHADES = ("lstm", "rnn", "gru", "autoencoder", "pca", "baseline")


def read_word_by_word(
    look: Look,
    words: Sequence[str],
    curves: Mapping[str, np.ndarray],
    pushes: Mapping[str, np.ndarray],
    *,
    unit: str,
    even: float,
    wide_and_low: bool = False,
) -> go.Figure:
    """Above, probabilities after each word; beneath, how much each word pushed.

    look: its y names what is above. curves: a class's name -> its probability before the first word
    and after each, (words + 1,). pushes: a method's name -> a number for each word; of several the
    largest of each is 1. unit: what is beneath. even: the probability at which nothing is known.
    wide_and_low: whether the legend stands between the two, where a narrow chart has no room.
    """
    apart = 0.22 if wide_and_low else 0.16
    figure = look.panels(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.55, 0.45], vertical_spacing=apart
    )
    places = np.arange(len(words) + 1)
    alone = len(curves) == 1
    for shade, (name, shares) in zip(_SHADES, curves.items(), strict=False):
        line = {"color": look.ink, "width": 2.5} if alone else look.line(shade)
        dot = {"color": look.ink, "size": 8} if alone else look.marker(shade, 8)
        figure.add_scatter(
            x=places,
            y=shares,
            name=name,
            mode="lines+markers",
            line=line,
            marker=dot,
            customdata=["", *words],
            hovertemplate="%{customdata}: %{y:.0%}<extra>%{fullData.name}</extra>",
            showlegend=not alone,
        )
    line = {**look.line("baseline", 1), "dash": "dot"}
    figure.add_shape(type="line", x0=-0.5, x1=len(words) + 0.5, y0=even, y1=even, line=line)
    low, high = style.DIVERGING_ENDS[look.theme]
    for place, (name, values) in enumerate(pushes.items()):
        pattern = {"shape": "/" if place else ""}
        # Its name has no colour: that of a bar says for or against.
        shown = {"name": name, "offsetgroup": str(place), "legendgroup": name}
        figure.add_bar(
            **shown,
            x=places[1:],
            y=values,
            marker={
                "color": [high if value > 0 else low for value in values],
                "pattern": pattern,
            },
            customdata=list(words),
            hovertemplate="%{customdata}: %{y:+.3f}<extra>%{fullData.name}</extra>",
            showlegend=False,
            row=2,
            col=1,
        )
        figure.add_bar(
            **shown,
            x=[None],
            y=[None],
            marker={"color": look.quiet, "pattern": pattern},
            hoverinfo="skip",
            showlegend=len(pushes) > 1,
            row=2,
            col=1,
        )
    for axes, caption in (("", look.y), ("2", unit)):
        place = {"xref": f"x{axes} domain", "yref": f"y{axes} domain", "x": 0, "y": 1}
        figure.add_annotation(
            look.note(caption, **place, xanchor="left", yanchor="bottom", yshift=3, size=14)
        )
    ticks = {"tickvals": [0, 0.5, 1], "tickformat": ".0%"}
    figure.update_yaxes(range=[-0.06, 1.06], **ticks, row=1, col=1)
    figure.update_yaxes(nticks=4, row=2, col=1)
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(places[1:]),
        ticktext=list(words),
        range=[-0.5, len(words) + 0.5],
        row=2,
        col=1,
    )
    legend: dict[str, Any] = {"y": -0.2, "yanchor": "top"}
    if wide_and_low:
        top = figure.layout["yaxis2"]["domain"][1]
        legend = {"x": 1, "xanchor": "right", "y": top, "yanchor": "bottom"}
    return figure.update_layout(
        showlegend=not alone or len(pushes) > 1, legend=legend, bargap=0.2, margin_t=66
    )


def directions_by_word(
    look: Look, words: Sequence[str], readers: Mapping[str, np.ndarray]
) -> go.Figure:
    """What each direction's state says for a class after each word: name -> (words,)."""
    figure = look.figure()
    places = np.arange(1, len(words) + 1)
    for shade, (name, values) in zip(_SHADES, readers.items(), strict=False):
        figure.add_scatter(
            x=places,
            y=values,
            name=name,
            mode="lines+markers",
            line=look.line(shade),
            marker=look.marker(shade, 8),
            customdata=list(words),
            hovertemplate="%{customdata}: %{y:+.2f}<extra>%{fullData.name}</extra>",
        )
    labels.across(figure, 0, line=look.line("baseline", 1))
    figure.update_xaxes(tickmode="array", tickvals=list(places), ticktext=list(words))
    return figure.update_layout(showlegend=True, margin_t=84)


def turned_round(
    look: Look,
    words: Sequence[str],
    shares: Mapping[str, np.ndarray],
    even: float | None = 0.5,
) -> go.Figure:
    """The probability of a class for each word as it is and turned round: name -> (words,).

    Or any two or more shares of each of several things. even: where a line stands, None for none.
    """
    figure = look.figure()
    for word, *ends in zip(words, *shares.values(), strict=True):
        figure.add_scatter(
            x=ends,
            y=[word, word],
            mode="lines",
            line={"color": look.quiet, "width": 1.5},
            hoverinfo="skip",
            showlegend=False,
        )
    for shade, (name, values) in zip(_SHADES, shares.items(), strict=False):
        figure.add_scatter(
            x=values,
            y=list(words),
            name=name,
            mode="markers",
            marker=look.marker(shade, 12),
            hovertemplate="%{y}: %{x:.0%}<extra>%{fullData.name}</extra>",
        )
    if even is not None:
        labels.upright(figure, even, line={**look.line("baseline", 1), "dash": "dot"})
    figure.update_xaxes(range=[-0.02, 1.02], tickformat=".0%")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure.update_layout(showlegend=True, margin_t=84)


def reliability_chart(look: Look, table: np.ndarray) -> go.Figure:
    """How often it is right where it is so sure. table: as of ``scores.reliability``."""
    figure = look.figure()
    some = table[table[:, 0] > 0]
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", line=look.line("baseline", 1.5), hoverinfo="skip"
    )
    figure.add_scatter(
        x=some[:, 1],
        y=some[:, 2],
        mode="lines+markers",
        line=look.line("lstm", 1.5),
        marker={
            **look.marker("lstm", 8),
            "size": 8 + 24 * np.sqrt(some[:, 0] / max(1.0, some[:, 0].max())),
        },
        customdata=some[:, 0],
        hovertemplate="%{x:.0%} → %{y:.0%} (%{customdata:.0f})<extra></extra>",
    )
    low = min(0.5, float(some[:, 1:].min()) if len(some) else 0.5)
    figure.update_xaxes(range=[low - 0.03, 1.03], tickformat=".0%")
    return figure.update_yaxes(range=[low - 0.03, 1.03], tickformat=".0%")


def learning_curves(
    look: Look,
    sizes: Sequence[int],
    curves: Mapping[str, tuple[str, np.ndarray]],
    own: tuple[int, float, str] | None = None,
) -> go.Figure:
    """Accuracy by how many texts were learned from: name -> colour, (sizes, seeds).

    own: texts, accuracy and name of what stands beside them.
    """
    figure = look.figure()
    ends = []
    for name, (shade, shares) in curves.items():
        means = shares.mean(1)
        figure.add_scatter(
            x=list(sizes),
            y=means,
            name=name,
            mode="lines+markers",
            line=look.line(shade),
            marker=look.marker(shade, 8),
            hovertemplate="%{x:,}: %{y:.1%}<extra>%{fullData.name}</extra>",
        )
        ends.append(labels.End(name, np.log10(sizes[-1]), float(means[-1]), look.colour(shade)))
    if own:
        texts, share, name = own
        figure.add_scatter(
            x=[texts],
            y=[share],
            name=name,
            mode="markers+text",
            text=[name],
            textposition="bottom center",
            marker={"color": look.accent, "size": 13, "symbol": "star"},
            hovertemplate="%{x:,}: %{y:.1%}<extra>%{fullData.name}</extra>",
        )
    drawn = np.concatenate([shares.mean(1) for _, shares in curves.values()])
    low, high = float(drawn.min()) - 0.02, float(drawn.max()) + 0.02
    figure.update_xaxes(type="log", tickvals=list(sizes), tickformat=",")
    figure.update_yaxes(tickformat=".0%", range=[low, high])
    return labels.end_labels(figure, ends, low, high)
