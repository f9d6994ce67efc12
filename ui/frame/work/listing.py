"""The runs one below another: what each is, to be chosen or opened."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_datetime

from core.store import Seen
from ui import server
from ui.frame.work.measures import lesson_of, measure_of
from ui.frame.work.opening import config_of, open_run
from ui.notices import plain, significant
from ui.runs.readable import in_words
from ui.state.widgets import pressed
from ui.texts import _, language

_AT_ONCE = 20  # rows, until more are asked for


def listing(work: Sequence[Seen]) -> list[Seen]:
    """Draws the runs, the older ones on demand; returns those that are chosen."""
    shown = st.session_state.setdefault("work.shown", _AT_ONCE)
    for seen in work[:shown]:
        with st.container(key=f"work_run_{seen.run.id}", gap=None):
            _row(seen)
    if len(work) > shown and pressed(_("Show older runs"), key="work.older"):
        st.session_state["work.shown"] = shown + _AT_ONCE
        st.rerun()
    return [seen for seen in work if st.session_state.get(_key(seen), False)]


def title(seen: Seen) -> str:
    """What a run is called: its name, or else its lesson."""
    return seen.name or _lesson(seen)


def unchoose(work: Sequence[Seen]):
    """Choose none of these any more; to be called before they are drawn."""
    for seen in work:
        st.session_state[_key(seen)] = False


def _row(seen: Seen):
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.session_state.setdefault(_key(seen), False)
        name = plain(title(seen))
        st.checkbox(name, st.session_state[_key(seen)], key=_key(seen), width="stretch")
        lesson = lesson_of(seen.run.experiment)
        if lesson and pressed(
            _("Open"), key=f"work.open.{seen.run.id}", help=name, type="tertiary"
        ):
            open_run(seen.run.experiment, seen.run.id, seen.run.config)
    st.caption(plain(" · ".join(_facts(seen))))


def _facts(seen: Seen) -> list[str]:
    run = seen.run
    facts = [_lesson(seen) if seen.name else "", _settings(seen)]
    measure = measure_of(run.experiment, run.metrics)
    if not run.ended:
        job = server.engine().job(run.id)
        here = job is not None and not job.ended
        under_way = here or server.archive().under_way(run)
        facts.append(_("under way") if under_way else _("cut off when the server was stopped"))
    elif measure:
        facts.append(f"{measure.label} {significant(run.metrics[measure.metric])}")
    if run.ended:
        took = _("{epochs} epochs in {seconds} s of training")
        facts.append(took.format(epochs=run.epochs, seconds=significant(run.train_s)))
    if run.state == "stopped":
        facts.append(_("stopped early"))
    if not run.made_here:
        facts.append(_("brought in a file"))
    if seen.pinned:
        facts.append(_("pinned by you"))
    return [*filter(None, facts), _when(run.ended_at or run.begun_at)]


def _lesson(seen: Seen) -> str:
    lesson = lesson_of(seen.run.experiment)
    return _(lesson.title) if lesson else seen.run.experiment


def _settings(seen: Seen) -> str:
    config = config_of(seen.run.experiment, seen.run.config)
    if config is None:
        return _("made by version {version}").format(version=seen.run.version)
    defaults = config.defaults()
    return ", ".join(
        f"{_(spec.label)} {in_words(spec, getattr(config, name))}"
        for name, spec in config.specs().items()
        if getattr(config, name) != defaults[name]
    )


def _when(at: float) -> str:
    """Day and time on the visitor's clock. at: seconds since 1970."""
    zone = ZoneInfo(st.context.timezone) if st.context.timezone else None
    moment = datetime.fromtimestamp(at, zone)
    return format_datetime(moment, "d MMM yyyy HH:mm", locale=language())


def _key(seen: Seen) -> str:
    return f"work.choose.{seen.run.id}"
