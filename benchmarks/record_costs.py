"""Measure how costs grow, print the lines and draw docs/pictures/costs.png.

``python -m benchmarks.record_costs`` takes a quarter of an hour.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import plotly.graph_objects as go
from playwright.sync_api import sync_playwright
from plotly.subplots import make_subplots

from benchmarks import browser, cluster, curves
from core.figures import style

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "costs.png"
SIZE = 1200, 700
_SIDES = {"ours": "Pangloss", "torch": "PyTorch", "keras": "Keras fit"}
_TIMES = {"median": "median", "slow": "95% are under"}
_LOOKS = (("lstm", "circle"), ("rnn", "triangle-up"), ("gru", "square"))


class Panel(NamedTuple):
    """An axis of the costs, what is drawn over it, the names of its curves, and their legend's."""

    axis: str
    title: str
    unit: str
    curves: Mapping[str, str]
    legend: str = ""


PANELS = (
    Panel("time", "A training step, 32 units, over time steps", "ms", _SIDES, "A training step"),
    Panel("units", "A training step, 100 time steps, over units", "ms", _SIDES),
    Panel("visitors", "A setting answers, over visitors", "ms", _TIMES, "A setting answers"),
    Panel("pages", "The server's memory, over open pages", "MiB", {"memory": ""}),
    Panel("workers", "Short runs a minute, over workers", "", {"runs": ""}),
)
Points = Mapping[str, Sequence[tuple[int, Mapping[str, float]]]]


def drawn(points: Points) -> go.Figure:
    """The panels. points: axis -> a place on it and the figures there, in order."""
    figure = make_subplots(
        rows=2, cols=3, subplot_titles=[p.title for p in PANELS], vertical_spacing=0.16
    )
    for place, panel in enumerate(PANELS):
        row, column = place // 3 + 1, place % 3 + 1
        known = points.get(panel.axis, ())
        for (curve, name), (colour, symbol) in zip(panel.curves.items(), _LOOKS, strict=False):
            xy = [(at, figures[curve]) for at, figures in known if curve in figures]
            figure.add_scatter(
                x=[x for x, _y in xy],
                y=[y for _x, y in xy],
                mode="lines+markers",
                name=name,
                legendgroup=panel.legend,
                legendgrouptitle={"text": panel.legend},
                showlegend=bool(panel.legend),
                line={"color": style.COLOURS["light"][colour], "dash": style.DASHES[colour]},
                marker={"symbol": symbol, "size": 9},
                cliponaxis=False,
                row=row,
                col=column,
            )
        ticks = [at for at, _figures in known]
        kind = "log" if panel.axis in ("time", "units") else "linear"
        figure.update_xaxes(
            tickvals=ticks, ticktext=list(map(str, ticks)), type=kind, row=row, col=column
        )
        figure.update_yaxes(
            rangemode="tozero", ticksuffix=f" {panel.unit}".rstrip(), row=row, col=column
        )
    figure.update_annotations(font_size=15)
    width, height = SIZE
    return figure.update_layout(
        template=style.template("light"),
        width=width,
        height=height,
        margin={"t": 40, "r": 30},
        showlegend=True,
        legend={"orientation": "v", "x": 0.74, "y": 0.36, "yanchor": "top"},
    )


def photograph(figure: go.Figure) -> None:
    """Draw the figure in a browser, twice as fine as it is large."""
    width, height = SIZE
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.installed())
        page = chromium.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
        page.set_content(figure.to_html(config={"staticPlot": True}))
        page.locator(".main-svg").first.wait_for()
        page.locator(".plotly-graph-div").screenshot(path=PICTURE)
        chromium.close()


def main() -> None:
    """Measure, print and draw."""
    points: dict[str, list[tuple[int, Mapping[str, float]]]] = {}
    for cost in curves.costs():
        print(cost.row, flush=True)
        for axis, at in cost.at.items():
            points.setdefault(axis, []).append((at, cost.figures))
    for workers in (1, 2):
        runs = cluster.throughput(workers)
        print(cluster.throughput_row(workers, runs), flush=True)
        points.setdefault("workers", []).append((workers, {"runs": runs}))
    for known in points.values():
        known.sort(key=lambda point: point[0])
    photograph(drawn(points))


if __name__ == "__main__":
    main()
