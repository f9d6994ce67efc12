"""Follows one job: its buttons, its progress, its figures, and the epoch that is looked at.

The job's id is in the URL, so a reload, another page or a lost connection finds it again. What
changes by itself is redrawn once a second by two fragments, less often where many runs are looked
at; the rest of the page never waits.
"""

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.events import Step
from core.experiments.kit.config import Config
from core.messages import Problem
from ui import server
from ui.notices import plain
from ui.runs.following import replay, steering
from ui.runs.following.absent import what_became_of
from ui.runs.following.pace import Pace
from ui.runs.following.status import notes, status
from ui.runs.readable import differences, of_another_setting
from ui.runs.run import Follower, Run
from ui.state import address, progress, visits
from ui.state.controls import choose
from ui.state.widgets import in_new_words, press, pressed, was_pressed
from ui.texts import _

log = logging.getLogger("pangloss")

_Config = TypeVar("_Config", bound=Config)
_BARS, _STAGES = Pace(0.06), Pace(0.08)
_SOON = 0.25  # of the time between two looks, where the first loss may be there any moment
_AT_ONCE_S = 0.06
_LAST = 0  # the scrubber's right end: whatever epoch is the last
_ACTIVE = ("queued", "starting", "running", "paused")


def steer(experiment: str, config: Config | None, section: str):
    """The button that trains ``config``; what was changed of live settings goes to the run.

    The news of the run are read here, and here alone until its bar is drawn: what is drawn of it in
    between agrees on whether it has begun.
    section: key of the fragment that is drawn when it is pressed.
    """
    follower = _caught_up(experiment)
    if was_pressed(_train(experiment)) and _trains(experiment, follower, config):
        follower = _caught_up(experiment)
        if follower and (follower.begun or follower.job.ended):  # the page was drawn without it
            progress.mark_here("trained")
            st.rerun()
    _send_changes(experiment, follower, config)
    _train_button(experiment, follower, config, section)


def has_begun(experiment: str) -> bool:
    """Whether there was a run whose figures can be drawn when ``steer`` read its news."""
    follower = _follower(experiment)
    return follower is not None and follower.begun


def belongs(experiment: str, config: Config | None):
    """What there is to say of the run, and that it is of another setting than ``config``."""
    follower = _follower(experiment)
    job_id = st.session_state.get(f"{experiment}.job")
    if follower is None and job_id:
        what_became_of(experiment, job_id, config)
    elif follower and follower.begun:
        _belongs(follower.view(), config)


def follow(
    experiment: str,
    draw: Callable[[Run[_Config]], object],
    *,
    metrics: Mapping[str, str],
    bar: DeltaGenerator,
) -> Run[_Config] | None:
    """Watch the run there is; returns it as it is now, None if there is none.

    draw: draws the figures of a run that has begun, as of ``run.at``; called again while it goes
    on, as often as ``Pace`` says. metrics: name of a metric of the Epoch events -> what people call
    it (translated); they stand beside the buttons, in ``bar``.
    """
    follower = _follower(experiment)
    alive = follower is not None and follower.running
    begun = follower is not None and follower.begun
    every_s = _BARS.every_s if alive else None
    if every_s and follower and follower.job.state == "starting":
        every_s *= _SOON
    with bar:
        st.fragment(_bar, run_every=every_s)(experiment, follower, metrics, alive, begun)
    # What is here before a run stands still: in a class, most runs wait, and each page is drawn.
    every_s = _STAGES.every_s if alive and begun else None
    st.fragment(_stage, run_every=every_s)(experiment, follower, draw, alive, begun)
    return follower.view() if follower else None


def _train(experiment: str) -> str:
    """Key of the button."""
    return f"{experiment}.train"


def _follower(experiment: str) -> Follower[Any] | None:
    """The follower of the job that ``steer`` has found."""
    return st.session_state.get(f"{experiment}.follower")


def _caught_up(experiment: str) -> Follower[Any] | None:
    """The follower of the job that the URL names, or else of the one that the session follows."""
    engine, key, name = server.engine(), f"{experiment}.follower", f"{experiment}.job"
    # A step back to before the run was begun does not lose it.
    if address.decides(name) and ("job" in st.query_params or not address.is_back()):
        st.session_state[name] = st.query_params.get("job")
    job_id = st.session_state.get(name)
    address.write({"job": job_id})
    follower = st.session_state.get(key)
    if follower is None or follower.job.id != job_id:
        job = engine.recall(job_id) if job_id else None
        follower = None
        if job and job.experiment == experiment:
            visitor = server.visitor()
            mine = engine.owns(job.id, visitor)
            follower = Follower(job, mine, replay=replay.of(visitor, job.id))
        st.session_state[key] = follower
    if follower:
        follower.catch_up(engine)
    return follower


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
    key = _train(experiment)

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


def _own_seed(run: Run):
    """The button by which a replay gives way to a run with a seed that nobody has."""
    spec = run.config.specs().get("seed")
    if spec is None or not pressed(
        _("A seed of my own"),
        key=f"{run.experiment}.own_seed",
        icon=":material/casino:",
        help=_("Ends the replay, and trains a model that starts from other random weights."),
    ):
        return
    low, high = int(spec.low), int(spec.high)
    choose(type(run.config), seed=low + secrets.randbelow(high - low + 1))
    press(_train(run.experiment))
    st.rerun()


def _bar(
    experiment: str,
    follower: Follower[Any] | None,
    metrics: Mapping[str, str],
    alive: bool,
    begun: bool,
):
    with _looking(_BARS, follower, alive):
        run = _now(follower)
        with st.container(horizontal=True):
            if run and run.replay and follower and follower.replay:
                steering.replay_buttons(experiment, follower.replay)
                _own_seed(run)
            elif run is None or run.is_mine:
                steering.buttons(experiment, run)
            if run:
                st.caption(status(run, metrics), width="content")
            if run and run.start and not run.ended and len(run.steps):
                st.progress(min(1.0, int(run.steps.step[-1]) / max(1, run.start.steps)))
    if alive and run and run.start and not begun:
        if run.is_mine:
            progress.mark_here("trained")  # which the whole page tells the browser
        st.rerun()
    _reload_at_end(run, alive)


def _looking(
    pace: Pace, follower: Follower[Any] | None, alive: bool
) -> AbstractContextManager[None]:
    """Note what it takes to look at a run that changes."""
    return pace.look(server.visitor()) if follower and alive else nullcontext()


def _now(follower: Follower[_Config] | None) -> Run[_Config] | None:
    if follower is None:
        return None
    follower.catch_up(server.engine())
    return follower.view()


def _reload_at_end(run: Run | None, alive: bool):
    """Redraw the whole page once the run has ended: what waited for that is there now."""
    if alive and run and run.ended:
        st.rerun()


def _stage(
    experiment: str,
    follower: Follower[_Config] | None,
    draw: Callable[[Run[_Config]], object],
    alive: bool,
    begun: bool,
):
    with _looking(_STAGES, follower, alive and begun):
        run = _now(follower)
        notes(experiment, run)
        if follower and run and begun:  # else what is drawn before a run stands where it would
            _draw(follower, run, draw)
            _scrubber(follower, run)
    _reload_at_end(run, alive)


def _draw(follower: Follower[_Config], run: Run[_Config], draw: Callable[[Run[_Config]], object]):
    """Draw the figures; a run of another version, or of a file, may not have what they show."""
    try:
        draw(run)
    except Exception:
        if not follower.job.origin:
            raise
        log.exception("run %s of version %s cannot be drawn", run.id, follower.job.origin)
        st.warning(
            _(
                "This run was made by version {version} of Pangloss or brought in a file, and "
                "not all of it can be drawn here."
            ).format(version=plain(follower.job.origin))
        )


def _belongs(run: Run, config: Config | None):
    if config is None:
        return
    differing = differences(run.config, config)
    if run.is_mine and not run.ended:  # a live setting is on its way to the run
        specs = config.specs()
        if all(specs[name].live for name in differing):
            return
    if differing:
        note = of_another_setting(config, differing)
        st.info(plain(note))


def _scrubber(follower: Follower, run: Run):
    """A slider over the epochs, whose right end follows the run.

    The server never moves it: the browser would send back where it stood a moment ago, which
    cannot be told from a hand that moved it.
    """
    if len(run.epochs) < 2:
        return
    epochs = [e.epoch for e in run.epochs[: -1 if run.ended else None]]
    names = {epoch: str(epoch) for epoch in epochs} | {_LAST: _("the last")}
    key = f"{run.experiment}.epoch.{run.id}"
    if key not in st.session_state:
        st.session_state[key] = follower.chosen if follower.chosen in epochs else _LAST

    following = f"{run.experiment}.follower"

    def choose():  # Streamlit keeps it for the session, so it must not hold the follower
        epoch = st.session_state[key]
        st.session_state[following].chosen = None if epoch == _LAST else epoch

    st.select_slider(
        _("Look at the end of epoch"),
        list(names),
        in_new_words(key, names, _LAST),  # which the browser begins with if it makes it anew
        format_func=names.__getitem__,
        key=key,
        on_change=choose,
        help=_("Every figure shows the model as it was then; the right end follows the run."),
    )
