"""The runs as points of a plane whose axes one chooses."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import streamlit as st

from core.figures.classes.plane import Points, plane
from core.figures.style import Look
from core.store.classes.wall import ClassRun
from ui import server
from ui.components.charts import live_plot
from ui.frame.classes.wall.lesson_runs import LessonRuns, logarithmic
from ui.frame.classes.wall.quantities import LAST, TIME, Quantity, colour_of, kinds, quantities
from ui.frame.classes.wall.references import references_of, shared
from ui.notices import plain
from ui.state.widgets import in_new_words, place_of
from ui.texts import _

_HEIGHT = 380


def points(of: LessonRuns):
    """Draws the choice of axes and the plane; names the runs that are not in it."""
    known = quantities(of.runs, of.experiment, of.label)
    names = {key: quantity.label for key, quantity in known.items()}
    with st.container(horizontal=True, gap="small"):
        x = _choice(_("Across"), "wall.x", names, first_axis(known))
        y = _choice(_("Up"), "wall.y", names, LAST)
        told_by = {key: names[key] for key in kinds(known)} | {"": _("nothing")}
        kind = _choice(_("Colour and shape by"), "wall.kind", told_by, next(iter(told_by)))
    live_plot(points_figure(of, x, y, kind, server.theme()), key="wall.plane", height=_HEIGHT)
    left_out = [run for run in of.runs if _lacks(run, known[x], known[y])]
    if left_out:
        words = _("Not drawn, since they lack one of the two: {names}.")
        st.caption(plain(words.format(names=", ".join(map(of.called, left_out)))))


def first_axis(known: Mapping[str, Quantity]) -> str:
    """The key of a setting in which the runs differ, another than the seed; or else of the time."""
    differing = [key for key, q in known.items() if q.varies and key != "config.seed"]
    return next(iter(differing), TIME)


def points_figure(of: LessonRuns, x: str, y: str, kind: str, theme: str) -> go.Figure:
    """The plane of two quantities, by their keys. kind: of what tells runs apart, "" for none."""
    known = quantities(of.runs, of.experiment, of.label)
    across, up = known[x], known[y]
    drawn = [run for run in of.runs if not _lacks(run, across, up)]
    title = _("{count} runs: {y} against {x}").format(count=len(drawn), y=up.label, x=across.label)
    groups = [
        _points(of, name, colour_of(kind, its[0]), its, across, up)
        for name, its in _by_kind(drawn, known.get(kind)).items()
    ]
    scales = [q.scale([q.of(run) for run in drawn]) for q in (across, up)]
    labels = [
        logarithmic(quantity.label) if scale.log else quantity.label
        for quantity, scale in zip((across, up), scales, strict=True)
    ]
    heights = shared([references_of(of.experiment, of.measure, run) for run in drawn])
    return plane(
        Look(theme, title, *labels),
        groups,
        across=scales[0],
        up=scales[1],
        references=heights if y == LAST else {},
    )


def _lacks(run: ClassRun, *quantities: Quantity) -> bool:
    return any(quantity.of(run) is None for quantity in quantities)


def _by_kind(runs: Sequence[ClassRun], kind: Quantity | None) -> dict[str, list[ClassRun]]:
    if kind is None:
        return {"": list(runs)} if runs else {}
    groups = {name: [run for run in runs if kind.of(run) == name] for name in kind.names}
    groups[_("another")] = [run for run in runs if kind.of(run) is None]
    return {name: its for name, its in groups.items() if its}


def _points(
    of: LessonRuns, name: str, colour: str, runs: Sequence[ClassRun], x: Quantity, y: Quantity
) -> Points:
    xs, ys = ([quantity.of(run) for run in runs] for quantity in (x, y))
    return Points(name, xs, ys, [of.called(run) for run in runs], colour)


def _choice(label: str, key: str, names: Mapping[str, str], default: str) -> str:
    chosen = in_new_words(key, names, default)
    options = list(names)
    place = place_of(chosen, options)
    st.selectbox(label, options, place, format_func=names.__getitem__, key=key, width=220)
    return st.session_state[key]
