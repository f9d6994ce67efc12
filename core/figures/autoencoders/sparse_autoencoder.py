"""The figures of the sparse autoencoder: its dictionary, its sparsity, its cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.autoencoders.images import Rows, add_images, signed_over_grey
from core.figures.labels import VERTICAL, upright
from core.figures.style import Look

COLUMNS = 16  # atoms in a row of the dictionary
ERROR_TICKS = tuple(digit * 10.0**power for power in range(-7, 0) for digit in (1, 2, 5))
LEAST_ERROR = 1e-4  # of PCA on a logarithmic axis: with as many components as pixels it is 0
_SMALL = 14  # pixels of long axis titles, so that they fit on a narrow screen
_SMALLEST = 12  # pixels of what stands beneath nine images, for the same reason
_DOT = 5  # a marker so small that an edge in the page's colour would hide it
_CODE_HIGH = 0.4  # of an atom's height
_FAINT = 0.25  # of its contrast is left to a dead atom


def dictionary(look: Look, atoms: np.ndarray, dead: np.ndarray, names: Sequence[str]) -> go.Figure:
    """Atoms as images (units, height, width), each in units of its own largest pixel.

    dead: bool (units,), whose atoms are drawn faintly. names: of each atom what hovering says.
    """
    figure = look.figure()
    units, height, width = atoms.shape
    across, down = width + max(1, width // 8), height + max(1, height // 8)
    rows, columns = -(-units // COLUMNS), min(COLUMNS, units)
    scale = np.maximum(np.abs(atoms).max((1, 2)), 1e-30) / np.where(dead, _FAINT, 1)
    row, column = np.divmod(np.arange(units), COLUMNS)
    corners = np.stack([column * across, row * down], axis=1)
    colours = {"colorscale": style.DIVERGING[look.theme], "zmin": -1, "zmax": 1}
    add_images(look, figure, atoms / scale[:, None, None], corners, **colours)
    figure.add_scatter(
        x=column * across + (width - 1) / 2,
        y=row * down + (height - 1) / 2,
        mode="markers",
        marker={"size": 24, "opacity": 0, "color": look.quiet},
        text=list(names),
        hovertemplate="%{text}<extra></extra>",
    )
    figure.update_xaxes(visible=False, range=[-1, columns * across - 0.5], constrain="domain")
    return figure.update_yaxes(
        tickvals=[r * down + (height - 1) / 2 for r in range(rows)],
        ticktext=[f"{r * COLUMNS + 1}–{min((r + 1) * COLUMNS, units)}" for r in range(rows)],
        showgrid=False,
        scaleanchor="x" if height > 1 else None,  # a row of a table fills its line
        constrain="domain",
        range=[rows * down - 0.5, -1],
    )


def taken_apart(
    look: Look,
    code: np.ndarray,
    atoms: Rows,
    sums: Rows,
    columns: Sequence[str],
    *,
    code_name: str,
    told: Sequence[str],
) -> go.Figure:
    """An image as a sum of atoms, and above them its code, (units,), as a row of cells.

    atoms, sums, columns: as of ``signed_over_grey``. told: of each unit what hovering says.
    """
    figure = signed_over_grey(look, atoms, sums, columns)
    left, right = figure.layout.xaxis.range
    down, up = figure.layout.yaxis.range
    high = atoms[0][1].shape[1] * _CODE_HIGH
    foot, top = up - high / 2, up - 1.5 * high
    edges = np.linspace(left, right, len(code) + 1)
    bound = max(float(np.abs(code).max()), 1e-30)
    figure.add_heatmap(
        x=edges,
        y=[top, foot],
        z=code[None],
        zmin=-bound,
        zmax=bound,
        colorscale=style.DIVERGING[look.theme],
        showscale=False,
        text=[list(told)],
        hovertemplate="%{text}<extra></extra>",
    )
    frame = [(left, top), (right, top), (np.nan, np.nan), (left, foot), (right, foot)]
    sides = [(x, y) for edge in edges for x, y in ((np.nan, np.nan), (edge, top), (edge, foot))]
    x, y = np.array(frame + sides).T
    line = {"color": look.grid, "width": 1}
    figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")
    figure.update_xaxes(tickfont_size=_SMALLEST)
    ticks = figure.layout.yaxis
    return figure.update_yaxes(
        tickvals=[(top + foot) / 2, *ticks.tickvals],
        ticktext=[code_name, *ticks.ticktext],
        range=[down, top],
    )


def active_histogram(look: Look, counts: np.ndarray, *, mean_name: str) -> go.Figure:
    """How many units fire for an image: counts, int (images,), as a histogram, and their mean."""
    figure = look.figure()
    images = np.bincount(counts)
    figure.add_bar(
        x=np.arange(len(images)),
        y=images,
        marker={"color": look.colour("autoencoder")},
        hovertemplate="%{x}: %{y}<extra></extra>",
    )
    upright(
        figure,
        float(counts.mean()),
        line={"color": look.accent, "width": 1.5, "dash": "dot"},
        annotation=look.note(mean_name, look.accent, name=VERTICAL),
    )
    figure.update_layout(bargap=0.15)
    figure.update_xaxes(range=[-0.7, len(images) + 0.7])
    return figure.update_yaxes(range=[0, 1.18 * images.max()])


@dataclass(frozen=True, eq=False)
class Points:
    """Networks in the plane of error against sparsity.

    active: how many units fire on average, float (n,). mse: float (n,). notes: what
    hovering says of each. colour: a name of ``style.COLOURS``. line: whether they are joined in the
    order of active units. symbol, size: of Plotly's markers, 0 for none.
    """

    name: str
    active: np.ndarray
    mse: np.ndarray
    notes: Sequence[str]
    colour: str = "autoencoder"
    line: str = ""
    symbol: str = "circle"
    size: int = 8
    hollow: bool = False


def error_against_sparsity(
    look: Look, pca_errors: np.ndarray, networks: Sequence[Points], *, pca_name: str, pca_note: str
) -> go.Figure:
    """Held-out error over active units, both axes logarithmic, with PCA's line.

    pca_errors: with 0, 1, ..., k components, (k + 1,). pca_note: of one of its points, where
    ``%{x}`` and ``%{y}`` stand for its place.
    """
    figure = look.figure()
    k = np.arange(1, len(pca_errors))
    kept = pca_errors[1:] >= LEAST_ERROR
    figure.add_scatter(
        x=k[kept],
        y=pca_errors[1:][kept],
        name=pca_name,
        mode="lines",
        line=look.line("pca", 2),
        hovertemplate=f"{pca_note}<extra></extra>",
    )
    for group in networks:
        figure.add_trace(_scatter(look, group))
    active = np.concatenate([[1.0, len(pca_errors) - 1.0], *(g.active for g in networks)])
    errors = np.concatenate([pca_errors[1:][kept], *(g.mse for g in networks)])
    errors = errors[errors > 0]
    figure.update_xaxes(
        type="log",
        range=np.log10([max(0.5, active.min()) / 1.2, active.max() * 1.2]).tolist(),
        tickvals=[1, 2, 5, 10, 20, 50, 100, 200],
        showgrid=True,
        title_font_size=_SMALL,
    )
    figure.update_yaxes(
        type="log",
        range=np.log10([errors.min() / 1.3, errors.max() * 1.3]).tolist(),
        tickvals=ERROR_TICKS,
        tickformat="~g",
        title_font_size=_SMALL,
    )
    return figure.update_layout(
        showlegend=True, legend={"y": -0.28, "yanchor": "top"}, margin={"b": 8}
    )


def _scatter(look: Look, group: Points) -> go.Scatter:
    colour = style.COLOURS[look.theme].get(group.colour, look.accent)
    order = np.argsort(group.active, kind="stable") if group.line else np.arange(len(group.active))
    edge = 1.5 if group.size > _DOT else 0
    modes = ["lines"] * bool(group.line) + ["markers"] * bool(group.size)
    return go.Scatter(
        x=group.active[order],
        y=group.mse[order],
        name=group.name,
        mode="+".join(modes),
        line={"color": colour, "dash": group.line or "solid", "width": 1.5},
        marker={
            "symbol": f"{group.symbol}-open" if group.hollow else group.symbol,
            "size": max(group.size, 1),
            "color": colour,
            "line": {"color": colour if group.hollow else look.page, "width": edge},
        },
        text=[group.notes[int(i)] for i in order],
        hovertemplate="%{text}<extra></extra>",
    )
