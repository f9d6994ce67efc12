"""Which held-out questions a run answers rightly: by the lengths of its numbers, and by carries."""

import re

import numpy as np
import streamlit as st

from core.figures.language.calculator import accuracy_grids
from core.figures.language.calculator_points import shares_by_group
from pages.language.calculator.notation import operation_names
from ui.components.charts import live_plot, look
from ui.runs.run import Run
from ui.texts import _, percent

_PAIR = re.compile(r"(\d+)([-+*])(\d+)")


def draw_groups(run: Run):
    """Both figures, as of the epoch that is looked at."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _draw_lengths(run)
    with right:
        _draw_carries(run)


def by_lengths(by_length: dict[str, float], operation: str) -> np.ndarray:
    """Shares by "2+3" as a grid, (digits of the first, digits of the second); NaN for none."""
    found = {}
    for name, share in by_length.items():
        pair = _PAIR.fullmatch(name)
        if pair and pair[2] == operation:
            found[int(pair[1]), int(pair[3])] = share
    most = max((max(pair) for pair in found), default=1)
    grid = np.full((most, most), np.nan)
    for (first, second), share in found.items():
        grid[first - 1, second - 1] = share
    return grid


def _draw_lengths(run: Run):
    operations = list(run.config.operations)
    names = operation_names()
    grids = [by_lengths(run.at.metrics["by_length"], operation) for operation in operations]
    title = _("Epoch {epoch}: right answers in percent, by length").format(epoch=run.at.epoch)
    told = ", ".join(f"{n} {percent(s)}" for n, s in run.at.metrics["by_length"].items())
    alt = f"{title}. {told}"
    figure = accuracy_grids(
        look(title, _("digits of the second"), _("digits of the first"), alt=alt),
        grids,
        [names[o] for o in operations] if len(operations) > 1 else [""],
    )
    live_plot(figure, key="calculator.by_length", height=340)


def _draw_carries(run: Run):
    shares = run.at.metrics["by_carries"]
    if not shares:
        st.caption(_("Products have no row of carries, so nothing is drawn by them here."))
        return
    title = _("By number of carries")
    told = [percent(share, 1) for share in shares.values()]
    alt = title + ". " + ", ".join(f"{n}: {s}" for n, s in zip(shares, told, strict=True))
    name = _("right")
    figure = shares_by_group(
        look(title, _("carries or borrows"), _("right"), alt=alt),
        {name: list(shares.values())},
        list(shares),
        {name: told},
        top=1,
    )
    live_plot(figure, key="calculator.by_carries", height=340)
