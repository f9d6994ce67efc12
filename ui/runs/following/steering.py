"""The buttons that steer a run, and what came of pressing them."""

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.experiments.kit.config import Config
from core.messages import Problem
from ui import server
from ui.runs.following.replay import Replay
from ui.runs.run import Run
from ui.state import visits
from ui.state.controls import choose
from ui.state.widgets import press
from ui.texts import _

_SETTLE_S = 0.4  # a run obeys within a compiled call, at most 0.25 s
_DOUBLE_CLICK_S = 0.5


def buttons(experiment: str, run: Run | None):
    """Pause or resume, one step, stop; each where it can do something."""
    goes = run is not None and run.is_mine and run.state in ("running", "paused")
    paused = run is not None and run.state == "paused"
    name, label, icon, about = (
        ("resume", _("Resume"), ":material/resume:", _("Resume the run."))
        if paused
        else ("pause", _("Pause"), ":material/pause:", _("Pause the run where it is."))
    )
    _button(experiment, run, name, label, icon, about, goes)
    about = _("Go on by one step of training, then pause.")
    _button(experiment, run, "step", _("One step"), ":material/skip_next:", about, goes)
    about = _("End the run; what it has learned until now is kept.")
    waits = run is not None and run.is_mine and run.state in ("queued", "starting")
    _button(experiment, run, "stop", _("Stop"), ":material/stop:", about, goes or waits)


def replay_buttons(experiment: str, replay: Replay):
    """Pause or resume a replay, which holds nobody else's; tell the rest of it at once."""
    held = replay.held
    st.button(
        _("Resume") if held else _("Pause"),
        key=f"{experiment}.replay_resume" if held else f"{experiment}.replay_pause",
        icon=":material/resume:" if held else ":material/pause:",
        help=_("Go on with the replay.") if held else _("Hold the replay where it is."),
        on_click=replay.resume if held else replay.pause,
    )
    st.button(
        _("To the end"),
        key=f"{experiment}.replay_end",
        icon=":material/last_page:",
        help=_("Show at once how the run ended."),
        on_click=replay.to_end,
    )


def other_run(experiment: str, run: Run):
    """Where a run of one's own waits for another: a button that ends that other one."""
    for job_id in visits.remembered(server.visitor(), experiment):
        job = server.engine().job(job_id)
        if job and job_id != run.id and job.state in ("starting", "running", "paused"):
            st.button(
                _("Stop the run before it"),
                key=f"{experiment}.stop_other",
                help=_("You have another run going on; this one begins when it ends."),
                on_click=command,
                args=(experiment, "stop", job_id),
            )


def command(experiment: str, name: str, job_id: str, *arguments: Any):
    """Tell the engine, and wait a moment for the run to obey, so that the page shows it at once.

    The second click of a double click is dropped: it would undo the first.
    """
    engine, now, last = server.engine(), time.monotonic(), f"{experiment}.commanded"
    if name in ("pause", "resume") and now - st.session_state.get(last, -1.0) < _DOUBLE_CLICK_S:
        return
    before = engine.job(job_id)
    heard = len(engine.events(job_id))
    try:
        getattr(engine, name)(job_id, server.visitor(), *arguments)
    except Problem as problem:
        complain(experiment, problem)
        return
    while name != "change" and time.monotonic() - now < _SETTLE_S:
        if (name == "step" and engine.events(job_id, heard)) or engine.job(job_id) != before:
            break
        time.sleep(0.02)
    st.session_state[last] = time.monotonic()
    st.session_state[f"{experiment}.commanded_run"] = job_id, name, before and before.state, heard


def under_way(run: Run) -> str:
    """What was asked of a run that it is about to do, in a word; "" for nothing.

    It hears at its next checkpoint: where it tests, or the machine is busy, that takes seconds.
    """
    job_id, name, state, heard = st.session_state.get(
        f"{run.experiment}.commanded_run", ("", "", "", 0)
    )
    # A step asked for just before a stop may still change the state.
    if job_id != run.id or run.ended or (run.state != state and name != "stop"):
        return ""
    if name == "step" and server.engine().events(run.id, heard):
        return ""
    words = {"stop": _("Stopping"), "pause": _("Pausing"), "resume": _("Going on")}
    return words.get(name, _("One step")) if name != "change" else ""


def again(experiment: str, config_class: type[Config], settings: Mapping[str, Any]):
    """Press Train with these settings of the experiment, in the coming run of the page."""
    try:
        choose(config_class, **settings)
    except Problem as problem:  # of another version
        complain(experiment, problem)
    else:
        press(f"{experiment}.train")
    st.rerun()


def complain(experiment: str, problem: Problem):
    """Keep a problem to be shown once."""
    st.session_state[f"{experiment}.problem"] = problem


def complaint(experiment: str) -> Problem | None:
    """The problem to be shown now, if there is one."""
    return st.session_state.pop(f"{experiment}.problem", None)


def _button(
    experiment: str, run: Run | None, name: str, label: str, icon: str, about: str, enabled: bool
):
    st.button(
        label,
        key=f"{experiment}.{name}",
        icon=icon,
        help=about,
        disabled=not enabled,
        on_click=command,
        args=(experiment, name, run.id if run else ""),
    )
