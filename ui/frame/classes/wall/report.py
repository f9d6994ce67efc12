"""A lesson of a class as one HTML file, which needs nothing else: to be read, kept and printed."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import plotly.io

from core.classes.asked import Asked
from core.classes.together import reached
from core.experiments import experiment as find
from core.store.classes.wall import ClassRun
from ui import server
from ui.components.charts import as_seen
from ui.components.charts.alternative import alternative
from ui.frame.classes.wall.lesson_runs import STATES, LessonRuns
from ui.frame.classes.wall.panels import panels
from ui.frame.classes.wall.points import first_axis, points_figure
from ui.frame.classes.wall.quantities import LAST, kinds, quantities
from ui.layout import class_view
from ui.notices import scientific
from ui.runs.readable import in_words
from ui.texts import _, language, number

_STYLE = Path(__file__).with_suffix(".css")
# What is in the file may run and be drawn; nothing is fetched, nothing is sent.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def report(title: str, about: str, questions: Sequence[Asked], of: LessonRuns | None) -> str:
    """The file, in the visitor's language.

    title: of the lesson. about: whose class, and when. of: the class's runs of it, None for none.
    """
    parts = [f"<h1>{escape(title)}</h1>", f'<p class="quiet">{escape(about)}</p>']
    if questions:
        parts.append(_heading(_("What was asked")))
        parts += map(_question, questions)
    if of:
        parts += [_heading(_("What was trained")), _paragraph(of.summary)]
        parts += [_paragraph(sentence) for _run, sentence in of.remarkable]
        parts += map(_paragraph, of.failures)
        parts += [f"<script>{_plotly()}</script>", *map(_figure, _figures(of))]
        parts += [_heading(_("Settings and seeds")), _settings(of), _table(of)]
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE.read_text('utf-8')}</style>\n</head>\n"
        "<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


@cache
def _plotly() -> str:
    return server.PLOTLY_FILE.read_text("utf-8")


def _heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _question(asked: Asked) -> str:
    ran = dict(asked.ran)
    names = [_("Answer"), _("Students"), *([_("Runs that say so")] if ran else [])]
    rows = [
        [answer, number(count, 0), *([number(ran.get(answer, 0), 0)] if ran else [])]
        for answer, count in asked.answers
    ]
    words = f"<h3>{escape(asked.text)}</h3>"
    return f'<section class="question">{words}{_rows(names, rows, words_first=1)}</section>'


def _figures(of: LessonRuns) -> list[go.Figure]:
    known = quantities(of.runs, of.experiment, of.label)
    kind = next(iter(kinds(known)), "")
    plane = points_figure(of, first_axis(known), LAST, kind, "light")
    return [panels(of, "light"), plane.update_layout(height=440)]


def _figure(figure: go.Figure) -> str:
    """A figure for the script in the file; in HTML it is JSON without the signs of a tag."""
    told = figure.to_dict()
    words = escape(alternative(told), quote=True)
    drawn = plotly.io.to_html(
        go.Figure(as_seen(told, language() == "fr", class_view()), skip_invalid=True),
        include_plotlyjs=False,
        full_html=False,
        default_height=told["layout"]["height"],
        config={"displayModeBar": False, "responsive": True},
    )
    return f'<figure role="img" aria-label="{words}">{drawn}</figure>'


def _settings(of: LessonRuns) -> str:
    """The settings in which all runs agree and that say something, said once."""
    specs = find(of.experiment).Config.specs()
    same = [
        f"{_(specs[name].label)} {in_words(specs[name], of.runs[0].config[name])}"
        for name in of.runs[0].config
        if name in specs and name not in _differing(of) and of.runs[0].config[name] != ""
    ]
    if not same:
        return ""
    return _paragraph(_("The same in all runs: {settings}.").format(settings=", ".join(same)))


def _differing(of: LessonRuns) -> list[str]:
    """The settings in which runs differ, and the seed."""
    specs = find(of.experiment).Config.specs()
    return [
        name
        for name in specs
        if name == "seed"
        or any(run.config.get(name) != of.runs[0].config.get(name) for run in of.runs)
    ]


def _table(of: LessonRuns) -> str:
    specs, differing = find(of.experiment).Config.specs(), _differing(of)
    names = [_("Student"), _("State"), *(_(specs[name].label) for name in differing)]
    names += [of.capital_label, _("Training (s)")]

    def row(run: ClassRun) -> list[str]:
        settings = [
            in_words(specs[name], run.config[name]) if name in run.config else "–"
            for name in differing
        ]
        last = reached(run)
        end = ["–" if last is None else scientific(last), number(run.train_s, 1)]
        return [of.called(run), _(STATES[run.state]), *settings, *end]

    return _rows(names, map(row, of.runs), words_first=2)


def _rows(names: Sequence[str], rows: Iterable[Sequence[Any]], words_first: int) -> str:
    """A table; its first columns are words, the others numbers."""

    def cells(tag: str, row: Sequence[Any]) -> str:
        kinds = ["" if at < words_first else ' class="number"' for at in range(len(row))]
        told = (escape(str(cell)) for cell in row)
        return "".join(f"<{tag}{k}>{words}</{tag}>" for k, words in zip(kinds, told, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>\n" for row in rows)
    head = f"<thead><tr>{cells('th', names)}</tr></thead>"  # on each page that is printed
    return f'<div class="wide"><table>{head}\n<tbody>{body}</tbody></table></div>'
