"""Which sentences of a story a network looks at, hop by hop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures.style import Look

_LEAST_PRINTED = 0.02  # of a weight


def hops_over_story(
    look: Look,
    sentences: Sequence[str],
    attention: np.ndarray,
    facts: Sequence[int],
    *,
    hops: Sequence[str],
    hover: str,
) -> go.Figure:
    """A bar for the weight of each sentence in each hop, in percent, the first sentence on top.

    attention: (hops, sentences), rows sum to 1 at most. facts: places of the supporting sentences,
    whose bars are hatched. hops: the name of each. hover: words with {weight}.
    """
    figure = look.panels(rows=1, cols=max(1, len(hops)), shared_yaxes=True, horizontal_spacing=0.02)
    names = list(sentences)
    for at, (name, weights) in enumerate(zip(hops, attention, strict=True), 1):
        percents = 100 * np.asarray(weights, float)
        figure.add_bar(
            x=percents,
            y=list(range(len(names))),
            orientation="h",
            name=name,
            marker={
                "color": look.colour("lstm"),
                "pattern": {
                    "shape": ["/" if i in facts else "" for i in range(len(names))],
                    "bgcolor": look.colour("lstm"),
                    "fgcolor": look.page,
                },
            },
            text=[f"{p:.0f}" if p >= 100 * _LEAST_PRINTED else "" for p in percents],
            textposition="outside",
            cliponaxis=False,
            customdata=names,
            hovertemplate="%{customdata}<br>"
            + hover.format(weight="%{x:.1f}")
            + f"<extra>{name}</extra>",
            showlegend=False,
            row=1,
            col=at,
        )
        figure.update_xaxes(
            range=[0, 122], tickvals=[100], tickangle=0, title_text=name, row=1, col=at
        )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[len(names) - 0.4, -0.6],
        showgrid=False,
    )
    return figure.update_layout(bargap=0.25, margin_t=64)
