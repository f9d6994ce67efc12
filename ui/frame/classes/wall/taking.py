"""What a teacher takes away of a lesson: the report, and its runs and answers as tables."""

from collections.abc import Sequence

import streamlit as st

from core.classes.asked import Asked
from core.classes.sheet import answers_csv, runs_csv
from core.store.classes.wall import ClassRun
from ui.frame.classes.wall.lesson_runs import LessonRuns
from ui.frame.classes.wall.report import report
from ui.state.widgets import pressed
from ui.texts import _

_MADE = "class.taken"  # the files that were made last: label, name, type, content
_BOM = "\ufeff"  # by which a spreadsheet knows UTF-8


def taking(
    title: str,
    about: str,
    questions: Sequence[Asked],
    runs: Sequence[ClassRun],
    lesson: str,
    anonymous: bool,
):
    """Draws the button that makes the files, and one for each file once it is made.

    title: of the lesson. about: whose class, and when. The others: as of ``wall`` and ``report``.
    """
    if pressed(
        _("Make the report"),
        key="class.report",
        help=_("The questions with their counts, the wall, settings and seeds, as of now."),
    ):
        of = LessonRuns.of(runs, lesson, anonymous)
        files = [
            (_("Report (HTML)"), "report.html", "text/html", report(title, about, questions, of))
        ]
        if of:
            table = runs_csv(of.runs, of.called)
            files.append((_("Runs (CSV)"), "runs.csv", "text/csv", _BOM + table))
        if questions:
            answers = answers_csv(questions)
            files.append((_("Answers (CSV)"), "answers.csv", "text/csv", _BOM + answers))
        st.session_state[_MADE] = files
    for label, name, kind, content in st.session_state.get(_MADE, ()):
        st.download_button(
            label,
            content.encode(),
            f"{lesson}-{name}",
            kind,
            key=f"class.take.{name}",
            icon=":material/download:",
            on_click="ignore",
        )
