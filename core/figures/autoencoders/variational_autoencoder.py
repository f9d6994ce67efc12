"""The figures of the variational autoencoder: holes, posteriors, the prior, what is alive."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.labels import reference, spread
from core.figures.style import Look

_CORNERS = 33  # of the line that draws an ellipse
_MARGIN = 1.08
_RING = 0.3  # of a circle's radius: how far apart the rings with numbers are
_DOT = 0.014  # of a circle's radius: half a dot's width
_NEAR = 0.12  # of an axis: as high as the words at a line


class Disc(NamedTuple):
    """Codes in a plane, (n, 2), a circle there, and places in that, (m, 2), to be numbered."""

    codes: np.ndarray
    centre: np.ndarray
    radius: float
    places: np.ndarray


def numbered_places(look: Look, discs: Mapping[str, Disc]) -> go.Figure:
    """Planes side by side, by their names, and in each a circle with places, numbered from 1.

    The axes have no scale: what counts is where codes are, and where none is.
    """
    figure = look.panels(cols=len(discs), horizontal_spacing=0.04, subplot_titles=[*discs])
    rings = {"color": look.page, "size": 18, "line": {"color": look.accent, "width": 2}}
    dots, ink = {"color": look.accent, "size": 5}, {"fillcolor": look.quiet}
    font = {"size": 12, "color": look.ink}
    turn = np.linspace(0, 2 * np.pi, 2 * _CORNERS)
    for column, disc in enumerate(discs.values(), 1):
        circle = disc.centre + disc.radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        numbers = [f"{place}" for place in range(1, len(disc.places) + 1)]
        apart = spread(disc.places, _RING * disc.radius)
        leaders = np.stack([disc.places, apart, np.full_like(apart, np.nan)], 1).reshape(-1, 2)
        for points, drawn in (
            (_dots(disc), {"mode": "none", "fill": "toself", **ink}),
            (circle, {"mode": "lines", "line": {"color": look.quiet, "dash": "dot"}}),
            (disc.places, {"mode": "markers", "marker": dots, "text": numbers}),
            (leaders, {"mode": "lines", "line": {"color": look.accent, "width": 1.5}}),
            (apart, {"mode": "markers+text", "marker": rings, "text": numbers}),
        ):
            x, y = points.T
            place = {"row": 1, "col": column, "hoverinfo": "skip", "textfont": font}
            figure.add_scatter(x=x, y=y, **place, **drawn)
        figure.update_yaxes(scaleanchor=f"x{column}" if column > 1 else "x", row=1, col=column)
    figure.update_layout(margin_t=72)
    bare = {"constrain": "domain", "showticklabels": False, "showline": False, "showgrid": False}
    return figure.update_xaxes(bare).update_yaxes(bare, constraintoward="top")


def _dots(disc: Disc) -> np.ndarray:
    """The outlines of a dot for each code, (n * 5, 2): one shape, where markers are a node each."""
    outline = np.array([[-1, -1], [-1, 1], [1, 1], [1, -1], [np.nan, np.nan]])
    corners = disc.codes[:, None] + _DOT * disc.radius * outline
    return corners.reshape(-1, 2).astype(np.float32)


def posterior_ellipses(
    look: Look,
    means: np.ndarray,
    deviations: np.ndarray,
    labels: np.ndarray,
    class_names: Sequence[str],
    *,
    prior_name: str,
) -> go.Figure:
    """Each image's normal distribution over two numbers of the code, as an ellipse.

    means, deviations: (n, 2); an ellipse has half-axes of two deviations. labels: int (n,), places
    in class_names. prior_name: says what the dotted circle is: two deviations of the prior N(0, I).
    """
    figure = look.figure()
    colours = style.CLASSES[look.theme][: len(class_names)]
    turn = np.linspace(0, 2 * np.pi, _CORNERS)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    for place, colour in enumerate(colours):
        chosen = labels == place
        lines = means[chosen, None] + 2 * deviations[chosen, None] * circle
        gaps = np.full((len(lines), 1, 2), np.nan)  # so that one line draws them all
        x, y = np.concatenate([lines, gaps], axis=1).reshape(-1, 2).T
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": colour, "width": 1},
            opacity=0.6,
            hoverinfo="skip",
        )
    for place, (name, colour) in enumerate(zip(class_names, colours, strict=True)):
        chosen = labels == place
        figure.add_scatter(
            x=means[chosen, 0],
            y=means[chosen, 1],
            name=name,
            mode="text" if len(name) == 1 else "markers",
            text=[name] * int(chosen.sum()),
            textfont={"color": colour, "size": 13},
            marker={"color": colour, "size": 4},
            hovertemplate="%{x:.2f}, %{y:.2f}<extra>%{fullData.name}</extra>",
        )
    figure.add_scatter(
        x=2 * circle[:, 0],
        y=2 * circle[:, 1],
        mode="lines",
        line={"color": look.quiet, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
    )
    reach = _MARGIN * max(2.5, float(np.abs(means).max(initial=0)))
    figure.add_annotation(look.note(prior_name, x=0, y=reach, yanchor="bottom"))
    figure.update_xaxes(range=[-reach, reach], constrain="domain")
    return figure.update_yaxes(
        range=[-reach, reach],
        scaleanchor="x",
        constrain="domain",
        constraintoward="top",
    )


def decoded_prior(look: Look, images: np.ndarray, places: Sequence[str]) -> go.Figure:
    """Images (rows, columns, height, width) decoded over a lattice, as one; 1 is ink.

    places: of the columns, from low to high, in words; rows stand at the same ones.
    """
    rows, columns, height, width = images.shape
    tiles = np.pad(images[::-1], ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=np.nan)
    height, width = height + 1, width + 1  # a gap between two images
    sheet = tiles.transpose(0, 2, 1, 3).reshape(rows * height, columns * width)[:-1, :-1]
    figure = look.figure()
    figure.add_heatmap(
        z=sheet, colorscale=look.ink_scale, zmin=0, zmax=1, showscale=False, hoverinfo="skip"
    )
    shown = np.unique(np.linspace(0, columns - 1, 5).round().astype(int))
    ticks = [places[place] for place in shown]
    figure.update_xaxes(
        tickvals=shown * width + width / 2 - 1,
        ticktext=ticks,
        tickangle=0,
        showline=False,
        constrain="domain",
        range=[-0.5, columns * width - 1.5],
    )
    lines = shown[shown < rows] if rows == columns else np.array([], int)
    return figure.update_yaxes(
        tickvals=(rows - 1 - lines) * height + height / 2 - 1,
        ticktext=ticks[: len(lines)],
        showgrid=False,
        scaleanchor="x",
        constrain="domain",
        constraintoward="top",
        range=[rows * height - 1.5, -0.5],
    )


def kl_bars(look: Look, kl: np.ndarray, alive: np.ndarray, *, names: tuple[str, str]) -> go.Figure:
    """The mean KL of each dimension of the code, (k,), the largest first, in nats.

    alive: bool (k,), which dimensions tell images apart. names: of those that do and do not.
    """
    figure = look.figure()
    order = np.argsort(-kl, kind="stable")
    colours = (look.colour("autoencoder"), look.quiet)
    for lives, name, colour in zip((True, False), names, colours, strict=True):
        chosen = np.flatnonzero(alive[order] == lives)
        figure.add_bar(
            x=chosen,
            y=kl[order][chosen],
            name=name,
            marker={"color": colour},
            hovertemplate="z<sub>%{customdata}</sub> %{y:.3g}<extra>%{fullData.name}</extra>",
            customdata=order[chosen] + 1,
        )
    figure.update_layout(barmode="overlay", bargap=0.25)
    if not alive.all():
        figure.update_layout(showlegend=True, margin_t=80)
    figure.update_xaxes(
        tickvals=np.arange(len(kl)),
        ticktext=[f"z<sub>{place + 1}</sub>" for place in order],
        tickangle=0,
        range=[-0.6, len(kl) - 0.4],
    )
    return figure.update_yaxes(range=[0, 1.1 * max(0.1, float(kl.max()))])


def bound_curve(
    look: Look,
    samples: np.ndarray,
    nats: np.ndarray,
    *,
    name: str,
    references: Sequence[tuple[str, float]],
) -> go.Figure:
    """A bound of log p(x) in nats, (n,), by the number of samples, (n,), on a logarithmic axis.

    references: name and height of each line that it is held against.
    """
    figure = look.figure()
    figure.add_scatter(
        x=samples,
        y=nats,
        mode="lines+markers",
        line=look.line("autoencoder"),
        marker={"symbol": style.MARKERS["autoencoder"], "size": 7},
        hovertemplate="%{x}: %{y:.2f}<extra></extra>",
        name=name,
    )
    heights = [*map(float, nats), *(height for _, height in references)]
    low, high = min(heights), max(heights)
    for words, height in references:
        struck = 0 <= nats[-1] - height < _NEAR * (high - low)  # the bound would pass through it
        reference(look, figure, height, words, look.line("baseline", 1.5), beneath=struck)
    room = 0.12 * (high - low or 1.0)
    figure.update_xaxes(type="log", tickvals=samples)
    return figure.update_yaxes(range=[low - room, high + room])
