"""Follows one run: its buttons, its progress, its figures, and the epoch that is looked at.

The job's id is in the URL, so a reload, another page or a lost connection finds it again. What
changes by itself is redrawn once a second by two fragments, less often where many runs are looked
at; the rest of the page never waits.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.experiments.kit.config import Config
from ui import server
from ui.notices import plain
from ui.runs.following import steering
from ui.runs.following.absent import what_became_of
from ui.runs.following.followed import followed
from ui.runs.following.pace import Pace
from ui.runs.following.status import notes, status
from ui.runs.following.training import train_key
from ui.runs.readable import differences, of_another_setting
from ui.runs.run import Follower, Run
from ui.state import progress
from ui.state.controls import choose
from ui.state.widgets import in_new_words, press, pressed
from ui.texts import _

log = logging.getLogger("pangloss")

_Config = TypeVar("_Config", bound=Config)
_BARS, _STAGES = Pace(0.06), Pace(0.08)
_SOON = 0.25  # of the time between two looks, where the first loss may be there any moment
_LAST = 0  # the scrubber's right end: whatever epoch is the last


def belongs(experiment: str, config: Config | None):
    """What there is to say of the run, and that it is of another setting than ``config``."""
    follower = followed(experiment)
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
    follower = followed(experiment)
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
    press(train_key(run.experiment))
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
