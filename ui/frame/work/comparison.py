"""Chosen runs side by side: of each lesson its curves, and its table."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from core.figures.training import Line, loss_curve
from core.store import Seen
from ui.components.charts import live_plot, look
from ui.components.table import csv_button, table
from ui.frame.work.measures import lesson_of, measure_of
from ui.notices import plain
from ui.runs.results.bench import kept_run, run_table
from ui.runs.run import Run
from ui.texts import _

MOST = 6  # of a lesson: with more, curves cannot be told apart
_ROOM = 24  # characters, at a curve's end
_LOOKS = (
    ("lstm", "solid"),
    ("rnn", "dash"),
    ("gru", "dot"),
    ("autoencoder", "dashdot"),
    ("pca", "longdash"),
    ("baseline", "longdashdot"),
)


def comparison(chosen: Sequence[Seen]):
    """Draws the chosen runs that have ended, lesson by lesson."""
    for experiment in dict.fromkeys(seen.run.experiment for seen in chosen):
        of_this = [s for s in chosen if s.run.experiment == experiment and s.run.ended]
        pairs = [(s, run) for s in reversed(of_this[:MOST]) if (run := kept_run(s.run.id))]
        lesson = lesson_of(experiment)
        if lesson and pairs:
            st.subheader(_(lesson.title), anchor=False)
            _side_by_side(experiment, pairs)
        if len(of_this) > MOST:
            st.caption(_("The newest {most} of a lesson are compared.").format(most=MOST))


def _side_by_side(experiment: str, pairs: Sequence[tuple[Seen, Run]]):
    runs = [run for _seen, run in pairs]
    measure = measure_of(experiment, pairs[0][0].run.metrics)
    if measure:
        looks = zip(pairs, _LOOKS, strict=False)
        lines = [
            Line(_called(place, seen), *run.by_epoch(measure.metric), colour, dash=dash)
            for place, ((seen, run), (colour, dash)) in enumerate(looks, start=1)
        ]
        words = _("Epoch by epoch: {measure}").format(measure=measure.label)
        figure = partial(loss_curve, look(words, _("epochs"), measure.label), lines)
        live_plot(figure, key=f"work.curves.{experiment}", height=340)
    rows = run_table(runs, {measure.metric: measure.label} if measure else {})
    head = _("Run")
    rows = [
        {head: row.pop(head), _("Name"): seen.name or "–", **row}
        for row, (seen, _run) in zip(rows, pairs, strict=True)
    ]
    alt = _("A table of your runs: their settings and what they reached.")
    table(rows, key=f"work.table.{experiment}", alt=plain(alt))
    csv_button(rows, key=f"work.csv.{experiment}", file=f"{experiment}-runs.csv")


def _called(place: int, seen: Seen) -> str:
    """A run's name, cut to what a curve has room for, or its number in the table.

    Plotly would read markup in it.
    """
    name = seen.name if len(seen.name) <= _ROOM else f"{seen.name[:_ROOM]}…"
    return escape(name, quote=False) or _("Run {number}").format(number=place)
