"""What a run has learned at the end of an epoch: what is right by length and carries, examples."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from core.events import Epoch
from core.experiments.calculator.config import CalculatorConfig
from core.experiments.calculator.run import questions_of
from core.figures.language.calculator import accuracy_grids, shares_by_group
from pages.language.calculator.notation import operation_names, printed
from ui.components.charts import live_plot, look
from ui.components.table import Rows, table
from ui.runs.run import Run
from ui.texts import _, percent

_PAIR = re.compile(r"(\d+)([-+*])(\d+)")


def draw_groups(run: Run[CalculatorConfig]):
    """Both figures, as of the epoch that is looked at."""
    left, right = st.columns([3, 2], gap="medium")
    title = _("Epoch {epoch}: right answers in percent, by length").format(epoch=run.at.epoch)
    shares, operations = run.at.metrics["by_length"], run.config.operations
    with left:
        draw_lengths(shares, operations, title, key="calculator.by_length", height=340)
    with right:
        _draw_carries(run)


def by_lengths(by_length: Mapping[str, float], operation: str) -> np.ndarray:
    """Shares by "2+3" as a grid, (digits of the first, digits of the second); NaN for none."""
    matches = [(_PAIR.fullmatch(name), share) for name, share in by_length.items()]
    cells = [(int(m[1]), int(m[3]), share) for m, share in matches if m and m[2] == operation]
    most = max((max(first, second) for first, second, _share in cells), default=1)
    grid = np.full((most, most), np.nan)
    for first, second, share in cells:
        grid[first - 1, second - 1] = share
    return grid


def draw_lengths(
    by_length: Mapping[str, float], operations: Sequence[str], title: str, *, key: str, height: int
):
    """Draws a grid for each operation. by_length: shares of right answers by "2+3"."""
    shares = ", ".join(f"{printed(name)} {percent(s)}" for name, s in by_length.items())
    names = [operation_names()[operation] for operation in operations]
    figure = partial(
        accuracy_grids,
        look(title, _("digits of the second"), _("digits of the first"), f"{title}. {shares}"),
        [by_lengths(by_length, operation) for operation in operations],
        names if len(names) > 1 else [""],
    )
    live_plot(figure, key=key, height=height)


def _draw_carries(run: Run[CalculatorConfig]):
    shares = run.at.metrics["by_carries"]
    if not shares:
        st.caption(
            _(
                "Products do not have a single row of carries, so no figure by carries "
                "is drawn here."
            )
        )
        return
    title = _("By number of carries")
    labels = [percent(share, 1) for share in shares.values()]
    alt = title + ". " + ", ".join(f"{n}: {s}" for n, s in zip(shares, labels, strict=True))
    name = _("right")
    figure = partial(
        shares_by_group,
        look(title, _("carries or borrows"), name, alt),
        {name: list(shares.values())},
        list(shares),
        {name: labels},
        top=1,
    )
    live_plot(figure, key="calculator.by_carries", height=340)


def draw_examples(run: Run):
    """The first test questions with what was written, the wrong ones first."""
    rows = examples(run)
    wrong = [row[_("Right")] for row in rows].count("✗")
    st.caption(
        _(
            "After epoch {epoch}, the answers to {wrong} of these {count} held-out questions "
            "are wrong:"
        ).format(epoch=run.at.epoch, count=len(rows), wrong=wrong)
    )
    table(
        rows,
        height=250,
        key="calculator.examples",
        alt=_("A table of held-out questions, what the network wrote, and the true results."),
    )


def at_epoch(run: Run, epoch: Epoch) -> tuple[list[str], list[str], list[str]]:
    """Questions, what the network wrote after an epoch, and the true results."""
    codec, rows = run.config.codec, epoch.arrays["answers"]
    asked = questions_of(epoch.arrays)[: len(rows)]
    return asked.texts(), [codec.text(row) for row in rows], asked.answers()


def examples(run: Run) -> Rows:
    """One row a question: what was written, what is true, and whether that is the same."""
    rows = [
        {
            _("Question"): printed(question),
            _("Written"): printed(written),
            _("True"): printed(truth),
            _("Right"): "✓" if written == truth else "✗",
        }
        for question, written, truth in zip(*at_epoch(run, run.at), strict=True)
    ]
    return sorted(rows, key=lambda row: row[_("Right")] == "✓")
