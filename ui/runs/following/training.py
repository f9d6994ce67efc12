"""The button that trains a model with the settings of a page, and what they change of its run."""

import time
from typing import Any

import streamlit as st

from core.events import Step
from core.experiments.kit.config import Config
from core.messages import Problem
from ui import server
from ui.runs.following import replay, steering
from ui.runs.following.followed import caught_up
from ui.runs.readable import differences
from ui.runs.run import Follower, Run
from ui.state import address, progress, visits
from ui.state.widgets import press, was_pressed
from ui.texts import _

_AT_ONCE_S = 0.06
_ACTIVE = ("queued", "starting", "running", "paused")


def steer(experiment: str, config: Config | None, section: str):
    """The button that trains ``config``; what was changed of live settings goes to the run.

    The news of the run are read here, and here alone until its bar is drawn: what is drawn of it in
    between agrees on whether it has begun.
    section: key of the fragment that is drawn when it is pressed.
    """
    follower = caught_up(experiment)
    if was_pressed(train_key(experiment)) and _trains(experiment, follower, config):
        follower = caught_up(experiment)
        if follower and (follower.begun or follower.job.ended):  # the page was drawn without it
            progress.mark_here("trained")
            st.rerun()
    _send_changes(experiment, follower, config)
    _train_button(experiment, follower, config, section)


def train_key(experiment: str) -> str:
    """Key of the button."""
    return f"{experiment}.train"


def _send_changes(experiment: str, follower: Follower[Any] | None, config: Config | None):
    """Pass on the live settings that were just moved, if the others are those of the run."""
    if config is None:
        return
    key = f"{experiment}.live_settings"
    live = {name: getattr(config, name) for name, s in config.specs().items() if s.live}
    before, st.session_state[key] = st.session_state.get(key, live), live
    if follower and follower.is_mine and follower.running:
        if any(name not in live for name in differences(follower.view().config, config)):
            return
        for name, value in live.items():
            if value != before[name]:
                steering.command(experiment, "change", follower.job.id, name, value)


def _same(follower: Follower[Any] | None, config: Config | None) -> Run[Any] | None:
    """The run there is, if to train ``config`` would be to train it again."""
    run = follower.view() if follower else None
    if run is None or run.config != config or (run.ended and run.changes):
        return None
    return run if run.replay or run.state in (*_ACTIVE, "finished") else None


def _train_button(
    experiment: str, follower: Follower[Any] | None, config: Config | None, section: str
):
    same = _same(follower, config)
    if config is not None and same is None:
        server.engine().expect(experiment, config, server.visitor())
    if same is None:
        about = _("Train a model with these settings, here and now.")
    elif same.replay:
        about = _("The run of these settings is being replayed.")
    elif same.state in _ACTIVE:
        about = _("These settings are being trained. Change one to train another run.")
    else:
        about = _("These settings have been trained. Another seed, for example, makes another run.")
    key = train_key(experiment)

    def train():
        press(key)
        st.rerun(section)

    st.button(
        _("Train"),
        key=key,
        type="primary",
        icon=":material/play_arrow:",
        help=about,
        disabled=bool(same) or config is None,
        on_click=train,
    )


def _trains(experiment: str, follower: Follower[Any] | None, config: Config | None) -> bool:
    """Begin to train ``config``, unless that is done already; whether there is another run now."""
    if config is None or _same(follower, config):
        return False
    engine, visitor = server.engine(), server.visitor()
    is_prepared = engine.prepared(experiment, config)
    try:
        job_id = engine.submit(experiment, config, visitor)
    except Problem as problem:
        steering.complain(experiment, problem)
        return False
    job = engine.job(job_id)
    known = engine.owns(job_id, visitor) or job_id in visits.remembered(visitor, experiment)
    if job and job.ended and not known:
        replay.begin(visitor, job_id, engine.events(job_id), engine.times_s(job_id))
    visits.remember(visitor, experiment, job_id)
    st.session_state[f"{experiment}.job"] = job_id
    address.write({"job": job_id})
    if is_prepared:
        _wait_for_first_loss(job_id)
    return True


def _wait_for_first_loss(job_id: str):
    """For a moment: it is told as soon as the run has its thread."""
    until_s = time.monotonic() + _AT_ONCE_S
    while time.monotonic() < until_s:
        if any(isinstance(event, Step) for event in server.engine().events(job_id)):
            return
        time.sleep(0.003)
