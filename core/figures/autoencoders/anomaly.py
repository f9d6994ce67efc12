"""The figures of anomaly detection: scores with a threshold, ROC curves, a beat and its copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.labels import VERTICAL, reference, upright
from core.figures.style import Look

_BINS = 40
_SHADE = 0.28  # opacity of the error between a beat and its copy
_FALSE_ALARMS_SHOWN = 25  # percent, beyond which nobody would set a threshold


@dataclass(frozen=True, eq=False)
class RocCurve:
    """A method's ROC: its name, shares (m,) each, the point of its threshold, its look.

    look: a name of ``style.COLOURS`` and ``style.DASHES``.
    """

    name: str
    false_alarms: np.ndarray
    recall: np.ndarray
    point: tuple[float, float]
    look: str


def score_histogram(
    look: Look, scores: Mapping[str, np.ndarray], threshold: float, *, threshold_name: str
) -> go.Figure:
    """How many of each kind have a score, on a logarithmic axis, and where the threshold is.

    scores: kind -> (n,), > 0, in the order of the planes' colours.
    """
    figure = look.figure()
    every = np.log10(np.maximum(np.concatenate(list(scores.values())), 1e-12))
    edges = np.linspace(every.min(), every.max() + 1e-9, _BINS + 1)
    middle, width = 10 ** ((edges[1:] + edges[:-1]) / 2), 10 ** edges[1:] - 10 ** edges[:-1]
    for i, (name, values) in enumerate(scores.items()):
        counts, _ = np.histogram(np.log10(np.maximum(values, 1e-12)), edges)
        figure.add_bar(
            x=middle,
            y=counts,
            width=width,
            name=name,
            marker={"color": style.CLASSES[look.theme][i], "line": {"width": 0}},
            opacity=0.75,
            hovertemplate="%{x:.3g}: %{y}<extra>%{fullData.name}</extra>",
        )
    if threshold > 0 and np.isfinite(threshold):
        upright(figure, threshold, line={"color": look.accent, "width": 2})
        place = {"x": np.log10(threshold), "y": 1, "yref": "paper", "xanchor": "left"}
        place |= {"name": VERTICAL, "yanchor": "top", "xshift": 5}
        note = look.note(threshold_name, look.accent, **place)
        figure.add_annotation(note)
    figure.update_layout(barmode="overlay", bargap=0, showlegend=True, margin_t=76)
    figure.update_xaxes(type="log", range=[edges[0], edges[-1]], dtick=1, minor_ticks="outside")
    return figure


def roc_curves(look: Look, curves: Sequence[RocCurve]) -> go.Figure:
    """ROC curves up to a quarter of false alarms, each with the point of its threshold."""
    figure = look.figure()
    for curve in curves:
        figure.add_scatter(
            x=100 * np.asarray(curve.false_alarms),
            y=100 * np.asarray(curve.recall),
            name=curve.name,
            mode="lines",
            line={**look.line(curve.look), "shape": "hv"},
            hovertemplate="%{x:.1f}%, %{y:.1f}%<extra>%{fullData.name}</extra>",
        )
        figure.add_scatter(
            x=[100 * curve.point[0]],
            y=[100 * curve.point[1]],
            mode="markers",
            showlegend=False,
            marker={
                **look.marker(curve.look, 13),
                "line": {"color": look.colour(curve.look), "width": 2.5},
            },
            hovertemplate="%{x:.1f}%, %{y:.1f}%<extra>" + curve.name + "</extra>",
        )
    inside = {"orientation": "v", "x": 1, "xanchor": "right", "y": 0.04, "yanchor": "bottom"}
    inside["bgcolor"] = "rgba(0,0,0,0)"  # a low curve passes behind it
    figure.update_layout(showlegend=True, legend=inside)
    figure.update_xaxes(range=[-0.5, _FALSE_ALARMS_SHOWN], ticksuffix="%")
    return figure.update_yaxes(range=[0, 102], ticksuffix="%")


def beat_and_copies(
    look: Look,
    beat: np.ndarray,
    copy: np.ndarray,
    other: np.ndarray,
    *,
    names: tuple[str, str, str],
) -> go.Figure:
    """A beat, (samples,), the network's copy of it with the error between them, and PCA's.

    names: of the three.
    """
    figure = look.figure()
    places = np.arange(len(beat))
    figure.add_scatter(
        x=np.concatenate([places, places[::-1]]),
        y=np.concatenate([beat, copy[::-1]]),
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor=look.colour("autoencoder"),
        opacity=_SHADE,
        hoverinfo="skip",
        showlegend=False,
    )
    lines = (
        (beat, {"color": look.ink, "dash": "solid", "width": 2.5}),
        (copy, look.line("autoencoder")),
        (other, look.line("pca", 1.5)),
    )
    for name, (y, line) in zip(names, lines, strict=True):
        figure.add_scatter(
            x=places,
            y=y,
            name=name,
            mode="lines",
            line=line,
            hovertemplate="%{y:.2f}<extra>%{fullData.name}</extra>",
        )
    _legend_beneath(figure)
    figure.update_xaxes(range=[0, len(beat) - 1])
    return figure


def beat_gallery(look: Look, kinds: Mapping[str, np.ndarray]) -> go.Figure:
    """Some beats of each kind, kind -> (n, samples), in the colours of the planes."""
    figure = look.figure()
    for i, (name, signals) in enumerate(kinds.items()):
        for j, signal in enumerate(signals):
            figure.add_scatter(
                y=signal,
                name=name,
                legendgroup=name,
                showlegend=j == 0,
                mode="lines",
                line={"color": style.CLASSES[look.theme][i], "width": 1.5},
                opacity=0.8,
                hovertemplate="%{y:.2f}<extra>%{fullData.name}</extra>",
            )
    _legend_beneath(figure)
    return figure


def auc_by_k(
    look: Look, areas: np.ndarray, own: tuple[int, float], *, names: tuple[str, str, str]
) -> go.Figure:
    """PCA's area under the ROC by the numbers it keeps, (1 + most,), and the network's at its k.

    The first, by none, is the mean beat's. names: of PCA, the network and the mean beat.
    """
    figure = look.figure()
    hover = "k = %{x}: %{y:.4f}<extra>%{fullData.name}</extra>"
    figure.add_scatter(
        x=np.arange(1, len(areas)),
        y=areas[1:],
        name=names[0],
        mode="lines+markers",
        line={"color": look.colour("pca"), "width": 2},
        marker={"symbol": style.MARKERS["pca"], "size": 7},
        hovertemplate=hover,
    )
    figure.add_scatter(
        x=own[:1],
        y=own[1:],
        name=names[1],
        mode="markers",
        marker=look.marker("autoencoder", 13),
        hovertemplate=hover,
    )
    reference(look, figure, float(areas[0]), names[2], look.line("baseline", 1.5))
    _legend_beneath(figure)
    figure.update_xaxes(range=[0.5, len(areas) - 0.5])
    return figure


def _legend_beneath(figure: go.Figure):
    """The names under the chart, where a title of two lines leaves them in peace."""
    figure.update_layout(showlegend=True, legend={"y": -0.3, "yanchor": "top"})
