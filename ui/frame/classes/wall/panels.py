"""Each student's latest run as a small curve, on the middle of all of them."""

import plotly.graph_objects as go

from core.classes.together import band, curve, reached, spans_decades
from core.figures.classes.wall import Middle, Panel, wall
from core.figures.style import Look
from core.store.classes.wall import ClassRun
from ui.frame.classes.wall.lesson_runs import STATES, LessonRuns, logarithmic
from ui.frame.classes.wall.references import references_of
from ui.notices import scientific
from ui.texts import _, number

MOST = 40  # with more, the panels could not be read
_LETTERS = 11  # of a name: then comes the value


def panels(of: LessonRuns, theme: str) -> go.Figure:
    """The figure, of at most MOST runs. theme: "light" or "dark"."""
    shown = of.shown[:MOST]
    middle = band(shown)
    log = spans_decades([float(value) for run in shown for value in curve(run)[1]])
    title = _("{measure} of {count} runs, all on the same axes").format(
        measure=of.capital_label, count=len(shown)
    )
    label = logarithmic(of.label) if log else of.label
    look = Look(theme, title, _("updates"), label, f"{title}. {of.summary}")
    return wall(
        look,
        [_panel(of, run) for run in shown],
        Middle(
            *(middle.steps, middle.low, middle.median, middle.high),
            median_name=_("median of all"),
            band_name=_("the middle half"),
        ),
        log=log,
        form=_in_words,
    )


def _panel(of: LessonRuns, run: ClassRun) -> Panel:
    last, name, sign = reached(run), of.called(run), of.sign(run)
    letters = _LETTERS - 1 if sign else _LETTERS  # which are bold then, and “Student 12” has ten
    return Panel(
        name if len(name) <= letters else f"{name[:letters]}…",
        *curve(run),
        _(STATES[run.state]) if last is None or run.failure else _in_words(last),
        sign,
        references_of(of.experiment, of.measure, run),
    )


def _in_words(value: float) -> str:
    return number(value, 0) if 1000 <= abs(value) < 1e6 else scientific(value)
