from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.colors import sample_colorscale

from core.figures import style
from core.figures.cells import luminance, write_cells

GREYS = [[0, "#000000"], [1, "#ffffff"]]


def _written(colorscale: Any, shares: Any, **options: Any) -> Any:
    figure = go.Figure().add_heatmap(z=[shares], zmin=0, zmax=1, colorscale=colorscale)
    return write_cells(figure, **options)


def test_a_dark_cell_has_white_letters_and_a_bright_one_black_ones():
    _, black, white = _written(GREYS, [0.0, 0.45, 0.5, 1.0], texts=[["a", "b", "c", "d"]]).data
    assert black.textfont.color == "#000000"
    assert white.textfont.color == "#ffffff"
    np.testing.assert_array_equal(np.isfinite(black.z), [[False, False, True, True]])
    np.testing.assert_array_equal(np.isfinite(white.z), [[True, True, False, False]])
    assert list(black.text[0]) == ["", "", "c", "d"]  # Plotly writes where there is no value, too
    assert list(white.text[0]) == ["a", "b", "", ""]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_letters_have_the_contrast_of_wcag_on_every_colour_of_the_maps(theme):
    for scale in (style.SEQUENTIAL, style.DIVERGING[theme]):
        shares = np.linspace(0, 1, 101)
        figure = _written(scale, shares, number=".2f")
        of_scale = [list(stop) for stop in figure.data[0].colorscale]
        back = luminance(map(str, sample_colorscale(of_scale, shares.tolist())))
        for trace, ink in ((figure.data[1], 0.0), (figure.data[2], 1.0)):
            here = np.isfinite(trace.z[0])
            low, high = np.minimum(back, ink), np.maximum(back, ink)
            assert ((high + 0.05) / (low + 0.05))[here].min() >= 4.5


def test_luminance_is_that_of_wcag():
    colours = ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(255, 0, 0)"]
    np.testing.assert_allclose(luminance(colours), [0, 1, 0.2126])


def test_a_cell_without_a_value_has_no_letters_and_the_map_keeps_its_place():
    figure = go.Figure().add_heatmap(x0=3, dx=2, y=[7], z=[[np.nan, 1.0]], zmin=0, zmax=1)
    figure.update_traces(colorscale=style.SEQUENTIAL)
    written: Any = write_cells(figure, number=".0f")
    _, black, white = written.data
    assert (black.x0, black.dx, [*black.y], black.texttemplate) == (3, 2, [7], "%{z:.0f}")
    assert np.isnan(black.z[0][0])
    assert np.isnan(white.z).all()
