"""A word that is heard: its waveform, its spectrogram, and what is believed of it step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

BELIEF_BARS, HEARD_UNTIL = 0, 1  # places of the two traces that change with the moment
_SHADES = ("lstm", "rnn", "gru", "autoencoder", "pca")
_ROWS = (0.2, 0.42, 0.38)
_COLUMNS = (0.76, 0.24)
_OUTLINE = 400  # points that a waveform is drawn with


def heard_word(
    look: Look,
    samples: np.ndarray,
    rate_hz: int,
    spectrogram: np.ndarray,
    centres_hz: np.ndarray,
    beliefs: np.ndarray,
    step_s: float,
    classes: Sequence[str],
    *,
    names: Mapping[str, str],
) -> go.Figure:
    """Over each other waveform, spectrogram and beliefs over time; beside them those at a moment.

    samples: (n,). spectrogram: logarithms of power (frames, bands), 100 a second; centres_hz:
    (bands,). beliefs: (steps, classes), a row each step_s. names: of the axes "level", "pitch"
    and "belief". The moment is the end; ``BELIEF_BARS`` and ``HEARD_UNTIL`` are
    the traces that show it.
    """
    figure = look.panels(
        rows=3,
        cols=2,
        specs=[[{}, {"rowspan": 3}], [{}, None], [{}, None]],
        row_heights=_ROWS,
        column_widths=_COLUMNS,
        vertical_spacing=0.06,
        horizontal_spacing=0.05,
    )
    seconds = len(samples) / rate_hz
    ends = np.minimum(seconds, step_s * np.arange(1, len(beliefs) + 1))
    figure.add_bar(
        x=beliefs[-1],
        y=list(classes),
        orientation="h",
        text=belief_texts(beliefs[-1]),
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        marker={"color": look.colour("lstm")},
        hovertemplate="%{y}: %{x:.1%}<extra></extra>",
        showlegend=False,
        row=1,
        col=2,
    )
    figure.add_scatter(
        x=[seconds, seconds],
        y=[-0.03, 1.03],
        mode="lines",
        line={"color": look.quiet, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
        row=3,
        col=1,
    )
    times, outline = _outline(samples, rate_hz)
    figure.add_scatter(
        x=times,
        y=outline,
        mode="lines",
        line={"color": look.quiet, "width": 1},
        hoverinfo="skip",
        showlegend=False,
        row=1,
        col=1,
    )
    figure.add_heatmap(
        x=0.01 * np.arange(len(spectrogram)) + 0.0125,
        y=centres_hz / 1000,
        z=np.round(10 * np.log10(np.e) * spectrogram.T, 1),
        colorscale=style.SEQUENTIAL,
        showscale=False,
        hovertemplate="%{x:.2f} s, %{y:.1f} kHz: %{z:.0f} dB<extra></extra>",
        row=2,
        col=1,
    )
    likeliest = np.argsort(-beliefs.max(0), kind="stable")[: len(_SHADES)]
    for shade, place in zip(_SHADES, likeliest, strict=False):
        figure.add_scatter(
            x=ends,
            y=beliefs[:, place],
            name=classes[place],
            mode="lines+markers",
            line=look.line(shade),
            marker=look.marker(shade, 6),
            hovertemplate="%{x:.2f} s: %{y:.1%}<extra>%{fullData.name}</extra>",
            showlegend=True,
            row=3,
            col=1,
        )
    span = [0, max(seconds, float(ends[-1]))]
    for row in (1, 2, 3):
        figure.update_xaxes(range=span, showticklabels=row == 3, row=row, col=1)
    figure.update_xaxes(ticksuffix=" s", row=3, col=1)
    shares = {"tickformat": ".0%", "tickvals": [0, 0.5, 1]}
    figure.update_xaxes(range=[0, 1.3], showline=False, **shares, row=1, col=2)
    named = {"type": "category", "tickvals": list(classes), "showgrid": False}
    figure.update_yaxes(autorange="reversed", **named, row=1, col=2)
    loudest = float(np.abs(samples).max()) or 1.0
    figure.update_yaxes(
        range=[-loudest, loudest], nticks=3, title_text=names["level"], row=1, col=1
    )
    figure.update_yaxes(title_text=names["pitch"], showgrid=False, nticks=4, row=2, col=1)
    figure.update_yaxes(range=[-0.03, 1.03], title_text=names["belief"], **shares, row=3, col=1)
    return figure.update_layout(showlegend=True, margin_t=84, legend={"y": 1.01})


def belief_texts(beliefs: np.ndarray) -> list[str]:
    """What stands above the bars of beliefs (classes,): percents, where there is one."""
    return [f"{100 * share:.0f}" if share >= 0.005 else "" for share in beliefs]


def _outline(samples: np.ndarray, rate_hz: int) -> tuple[np.ndarray, np.ndarray]:
    """Times and heights of a waveform, of which each short stretch shows its ends alone."""
    length = max(1, -(-2 * len(samples) // _OUTLINE))
    padded = np.pad(samples, (0, -len(samples) % length)).reshape(-1, length)
    heights = np.stack([padded.min(1), padded.max(1)], 1).ravel()
    times = (np.arange(len(padded)) * length / rate_hz).repeat(2)
    return times, np.round(heights, 4)
