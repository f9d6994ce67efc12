"""The runs of a class as they stand now: read as they go on, or as they were kept."""

import logging
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from core.events import Changed, Epoch, Event, Failed, Finished, Started, Step, flat
from core.store.classes.clicker import Question
from core.store.classes.service import Snapshot
from core.store.classes.trained import Trained
from core.store.classes.wall import ClassRun
from ui import server
from ui.frame.classes.asked import graded
from ui.frame.work.measures import lesson_of, measure_of
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


@dataclass
class _Heard:
    """What the wall shows of a run, as far as it has come: no arrays, no steps.

    steps, values: training steps until the ends of epochs, and the lesson's measure there; curve:
    its name.
    """

    config: dict[str, Any]
    state: str = "queued"
    curve: str = ""
    heard: int = 0
    train_s: float = 0.0
    metrics: dict[str, float] = field(default_factory=dict)
    references: dict[str, float] = field(default_factory=dict)
    steps: "array[float]" = field(default_factory=lambda: array("d"))
    values: "array[float]" = field(default_factory=lambda: array("d"))
    failure: Failed | None = None
    ended: bool = False

    def hear(self, events: Sequence[Event], experiment: str):
        """Read on."""
        self.heard += len(events)
        for event in events:
            match event:
                case Started():
                    self.references = dict(flat(event.references))
                case Step():
                    self.train_s = event.train_s
                case Changed():
                    self.config[event.field] = event.value
                case Epoch():
                    self._epoch(event, experiment)
                case Finished():
                    self.metrics |= flat(event.metrics)
                    self.ended = True
                case Failed():
                    self.failure, self.ended = event, True

    def _epoch(self, event: Epoch, experiment: str):
        self.train_s = event.train_s
        self.metrics |= flat(event.metrics)
        measure = measure_of(experiment, event.metrics)
        if measure:
            self.curve = measure.metric
            self.steps.append(event.step)
            self.values.append(event.metrics[measure.metric])


def _class_run(one: Trained, lesson: str) -> ClassRun | None:
    run = _heard(one)
    if run is None:
        return None
    return ClassRun(
        pupil=one.place + 1,
        pseudonym=one.pseudonym,
        run=one.run,
        lesson=lesson,
        config=dict(run.config),
        metrics=dict(run.metrics),
        steps=list(run.steps),
        losses=list(run.values),
        curve=run.curve,
        train_s=run.train_s,
        state="failed" if run.failure else _STATES.get(run.state, run.state),
        references=run.references,
        failure=run.failure,
    )


def _heard(one: Trained) -> _Heard | None:
    """A run as far as it has come; of one that memory has let go, what is kept of it."""
    known: dict[str, _Heard] = st.session_state.setdefault(_FOLLOWED, {})
    heard = known.get(one.run)
    if heard and heard.ended:
        return heard
    engine, since = server.engine(), heard.heard if heard else 0
    events = engine.events(one.run, since)
    job = engine.job(one.run)  # asked last: what has ended by its events has ended by its state
    if job is None:
        summary = engine.summary(one.run)
        if summary is None:
            return heard or _heard_of(one)
        job, events = summary[0], summary[1][since:]
    if heard is None:
        heard = known[one.run] = _Heard(job.config.to_dict())
    heard.state = job.state
    heard.hear(events, one.experiment)
    return heard


def _heard_of(one: Trained) -> _Heard | None:
    """A run that another server computes: that it is under way, and not how far."""
    archive = server.archive()
    kept = archive.find(one.run)
    if kept is None or not archive.under_way(kept):
        return None
    return _Heard(dict(kept.config), "running")


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
