"""Ranks of sentences, the spectrum of a vowel, and from where on a chatbot should answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import labels
from core.figures.style import Look


def sentence_ranks(
    look: Look, ranks: np.ndarray, chosen: Collection[int], texts: Sequence[str]
) -> go.Figure:
    """The rank of each sentence, (sentences,), in the order of the text; the chosen ones stand out.

    texts: what hovering tells of each.
    """
    figure = look.figure()
    colours = [look.accent if i in chosen else look.quiet for i in range(len(ranks))]
    figure.add_bar(
        x=np.arange(1, len(ranks) + 1),
        y=ranks,
        marker={"color": colours, "line": {"width": 0}},
        customdata=list(texts),
        hovertemplate="%{x}. %{customdata}<extra>%{y:.3f}</extra>",
    )
    return figure.update_layout(bargap=0.25)


def vowel_spectrum(
    look: Look,
    frequencies_hz: np.ndarray,
    sound_db: np.ndarray,
    filter_db: np.ndarray,
    formants_hz: Sequence[float],
    *,
    names: tuple[str, str],
) -> go.Figure:
    """The spectrum of a vowel and what the filter lets through, dB (frequencies,) each.

    formants_hz: marked as F1, F2 and F3. names: of the two curves.
    """
    figure = look.figure()
    for values, name, line in (
        (sound_db, names[0], {"color": look.quiet, "width": 1.2}),
        (filter_db, names[1], {"color": look.accent, "width": 3}),
    ):
        figure.add_scatter(
            x=frequencies_hz,
            y=values,
            name=name,
            mode="lines",
            line=line,
            hovertemplate="%{x:.0f} Hz: %{y:.0f} dB<extra>%{fullData.name}</extra>",
        )
    for number, formant in enumerate(formants_hz, 1):
        labels.upright(
            figure,
            formant,
            line={"color": look.quiet, "dash": "dot", "width": 1.5},
            annotation=look.note(
                f"F{number}", name=labels.VERTICAL, xanchor="center", yanchor="bottom", y=1
            ),
        )
    return figure.update_layout(showlegend=True, margin_t=84, legend={"y": 1.09})


def shares_by_threshold(
    look: Look,
    thresholds: np.ndarray,
    shares: Mapping[str, tuple[str, np.ndarray]],
    chosen: float,
) -> go.Figure:
    """Shares over a threshold: a curve's name -> whose colour it has, and its values (thresholds,).

    chosen: the threshold that is set.
    """
    figure = look.figure()
    for name, (colour, values) in shares.items():
        figure.add_scatter(
            x=thresholds,
            y=values,
            name=name,
            mode="lines",
            line=look.line(colour),
            hovertemplate="%{x:.2f}: %{y:.0%}<extra>%{fullData.name}</extra>",
        )
    labels.upright(figure, chosen, line={"color": look.ink, "dash": "dot", "width": 1.5})
    figure.update_yaxes(range=[-0.02, 1.04], tickformat=".0%")
    return figure.update_layout(showlegend=True, margin_t=84, legend={"y": 1.02})
