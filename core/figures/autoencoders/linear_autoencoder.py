"""The figures of the linear autoencoder: angles to PCA, and the eigenvalue spectrum."""

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look


def angles_by_update(
    look: Look,
    updates: np.ndarray,
    angles_deg: np.ndarray,
    *,
    names: tuple[str, str],
    at: float | None = None,
    x_end: float | None = None,
) -> go.Figure:
    """Principal angles, (epochs, k), the largest first, over the updates (epochs,).

    names: of the largest and of the smallest. at: x of the epoch that is looked at.
    """
    figure = look.figure()
    colour = look.colour("autoencoder")
    k = angles_deg.shape[1]
    for i in reversed(range(k)):
        figure.add_scatter(
            x=updates,
            y=angles_deg[:, i],
            name=f"{i + 1}/{k}",
            mode="lines",
            line={"color": colour, "width": 2.5 if i == 0 else 1.2},
            opacity=1 if i == 0 else 0.55,
            hovertemplate="%{y:.2f}°<extra>%{fullData.name}</extra>",
        )
    last = angles_deg[-1]
    ends = {names[0]: last[0], names[1]: last[-1]}
    if k == 1 or last[0] - last[-1] < 8:
        ends = {names[0]: last[0]}
    for name, y in ends.items():
        style.end_label(figure, float(updates[-1]), float(y), name, colour)
    figure.update_layout(margin_r=16 + 8 * max(map(len, ends)))
    if at is not None:
        figure.add_vline(at, line={"color": look.accent, "width": 1.5})
    figure.update_xaxes(range=[0, max(x_end or 0, float(updates[-1]))])
    marks = (0, 30, 60, 90)
    return figure.update_yaxes(
        range=[-3, 95], tickvals=marks, ticktext=[f"{mark}°" for mark in marks]
    )


def spectrum(
    look: Look, variances: np.ndarray, k: int, *, kept_name: str, gap_name: str
) -> go.Figure:
    """Variances of the first components, (n,), the largest first; those up to k are kept.

    kept_name: stands at the line behind the k-th. gap_name: stands at the step from it to the next.
    """
    figure = look.figure()
    places = np.arange(1, len(variances) + 1)
    figure.add_bar(
        x=places,
        y=variances,
        marker={"color": [look.colour("pca") if i <= k else look.grid for i in places]},
        hovertemplate="λ<sub>%{x}</sub> = %{y:.3g}<extra></extra>",
    )
    if k < len(variances):
        figure.add_vline(k + 0.5, line={"color": look.accent, "width": 1.5, "dash": "dot"})
        place = {"x": k + 0.5, "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "top"}
        note = look.note(f"{kept_name}<br>{gap_name}", look.accent, align="left", xshift=6, **place)
        figure.add_annotation(note)
    figure.update_layout(bargap=0.25)
    figure.update_xaxes(range=[0.3, len(variances) + 0.7])
    return figure.update_yaxes(rangemode="tozero")
