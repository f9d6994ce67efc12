"""The runs of a class as they stand now: read as they go on, or as they were kept."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.store.classes.clicker import Question
from core.store.classes.service import Snapshot
from core.store.classes.trained import Trained
from core.store.classes.wall import ClassRun
from ui import server
from ui.frame.classes.asked import graded
from ui.frame.work.measures import lesson_of, measure_of
from ui.runs.bench import kept_run
from ui.runs.run import Follower, Run

log = logging.getLogger("pangloss")

_FOLLOWED, _GRADES = "class.followed", "class.grades"
_STATES = {
    "queued": "waiting",
    "starting": "waiting",
    "running": "under way",
    "paused": "under way",
}


def class_runs(now: Snapshot, lesson: str) -> list[ClassRun]:
    """The runs of a lesson, in the order in which they were asked for."""
    of_lesson = [one for one in now.trained if _lesson(one.experiment) == lesson]
    return [shown for one in of_lesson if (shown := _class_run(one, lesson))]


def outcomes(now: Snapshot, question: Question) -> Mapping[str, int]:
    """How often each answer of a lesson's question was borne out by a finished run of the class."""
    grader = graded(question) if question.lesson else None
    counts: dict[str, int] = {}
    for one in now.trained if grader else ():
        if _lesson(one.experiment) != question.lesson:
            continue
        answer = _grade(question, one.run)
        if answer is not None and answer in question.choices:
            counts[answer] = counts.get(answer, 0) + 1
    return counts


def _lesson(experiment: str) -> str:
    lesson = lesson_of(experiment)
    return lesson.name if lesson else ""


def _class_run(one: Trained, lesson: str) -> ClassRun | None:
    run = _run(one.run)
    if run is None:
        return None
    last = dict(run.last.metrics) if run.last else {}
    metrics = {**last, **(run.finished.metrics if run.finished else {})}
    measure = measure_of(one.experiment, metrics)
    steps, losses = run.by_epoch(measure.metric) if measure else ((), ())
    return ClassRun(
        pupil=one.place + 1,
        pseudonym=one.pseudonym,
        run=one.run,
        lesson=lesson,
        config=run.config.to_dict(),
        metrics=metrics,
        steps=list(map(float, steps)),
        losses=list(map(float, losses)),
        curve=measure.metric if measure else "",
        train_s=run.train_s,
        state=_STATES.get(run.state, run.state),
        references=dict(run.started.references) if run.start else {},
    )


def _run(run_id: str) -> Run[Any] | None:
    """A run as far as it has come; of one of another day, what is kept of it."""
    followed = st.session_state.setdefault(_FOLLOWED, OrderedDict())
    engine = server.engine()
    if run_id not in followed:
        job = engine.job(run_id)
        followed[run_id] = Follower(job, is_mine=False) if job else kept_run(run_id)
    known = followed[run_id]
    if isinstance(known, Follower):
        known.catch_up(engine)
        run = known.view()
        if run.ended:
            followed[run_id] = run.light()
        return run
    return known


def _grade(question: Question, run_id: str) -> str | None:
    """The answer that a finished run bears out; None where it cannot tell, or is not over."""
    grades = st.session_state.setdefault(_GRADES, {})
    key = question.lesson, question.name, run_id
    if key not in grades:
        engine = server.engine()
        job = engine.recall(run_id)
        if job is None or not job.ended:
            return None
        grades[key] = _graded(question, Follower.of(job, engine.events(run_id)).view())
    return grades[key]


def _graded(question: Question, run: Run[Any]) -> str | None:
    grader = graded(question)
    if grader is None or run.finished is None or not run.epochs or not grader.applies(run):
        return None
    try:
        return grader.grade(run)[0]
    except (KeyError, ValueError):  # a run of another version may lack what the question is about
        log.exception("run %s does not tell %s of %s", run.id, question.name, question.lesson)
        return None
