"""An image as the integers that a network reads of it."""

import numpy as np
import plotly.graph_objects as go

from core.figures.style import Look


def coded_image(look: Look, image: np.ndarray, codes: np.ndarray, *, hover: str) -> go.Figure:
    """An image, (rows, columns) of 0 to 16, framed in the groups of pixels that make one integer.

    codes: of the groups, row by row, each as wide as the others. hover: with {step} and {code}.
    """
    figure = look.figure()
    rows, columns = image.shape
    wide = rows * columns // len(codes)  # pixels of a group
    figure.add_heatmap(
        z=image,
        colorscale=look.ink_scale,
        zmin=0,
        zmax=44,  # the numbers have 4.5:1 on the strongest pixel, too
        showscale=False,
        hoverinfo="skip",
    )
    starts = np.arange(len(codes)) * wide
    x, y = starts % columns, starts // columns
    for left, top in zip(x, y, strict=True):
        figure.add_shape(
            type="rect",
            x0=left - 0.5,
            x1=left + wide - 0.5,
            y0=top - 0.5,
            y1=top + 0.5,
            line={"color": look.accent, "width": 1.5},
        )
    figure.add_scatter(
        x=x + (wide - 1) / 2,
        y=y,
        mode="text",
        text=[f"<b>{code}</b>" for code in codes],
        textfont={"color": look.ink, "size": 16},
        customdata=[hover.format(step=i, code=code) for i, code in enumerate(codes, start=1)],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.update_xaxes(visible=False, constrain="domain")
    return figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x", showgrid=False)
