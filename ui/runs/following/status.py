"""What is said of a run: how far it is, how long it has still to go, and whose it is."""

import math
from collections.abc import Mapping

import streamlit as st

from ui import server
from ui.notices import plain, significant
from ui.runs.following import steering
from ui.runs.run import Run
from ui.state import visits
from ui.texts import _, say

_FEW_S, _MINUTES_S = 5, 100  # what is left is told in seconds between them


def status(run: Run, metrics: Mapping[str, str]) -> str:
    """How far it is. metrics: names of an epoch's metrics -> what people call them."""
    before = [_("Replay")] if run.replay else []
    if asked := steering.under_way(run):
        before.append(asked)
    match run.state:
        case "queued":
            return _("Waiting: place {place} in the queue.").format(place=run.place)
        case "starting":
            starting = _("Starting: numbers come with the first steps of training.")
            return " · ".join([*before, starting])
    if run.start is None:
        return _("Ended before it had begun")
    sentence = {
        "running": _("Epoch {epoch} of {epochs}"),
        "paused": _("Paused in epoch {epoch} of {epochs}"),
        "finished": _("Finished: {epochs} epochs"),
        "stopped": _("Stopped after epoch {done} of {epochs}"),
        "failed": _("Ended after epoch {done} of {epochs}"),
    }[run.state]
    epochs = run.start.epochs
    epoch = max(1, math.ceil(run.steps.epoch[-1])) if len(run.steps) else 1
    parts = [sentence.format(epoch=epoch, epochs=epochs, done=run.last.epoch if run.last else 0)]
    if run.last:
        parts += [
            f"{label} {significant(run.last.metrics[name])}"
            for name, label in metrics.items()
            if name in run.last.metrics
        ]
    if run.left_s is None:
        parts.append(_("{seconds} s of training").format(seconds=f"{run.train_s:.0f}"))
    elif not asked:
        parts.append(_time_left(run.left_s))
    return " · ".join([*before, *parts])


def _time_left(seconds: float) -> str:
    """In steps that do not jump from one second to the next."""
    if seconds < _FEW_S:
        return _("a few seconds left")
    if seconds < _MINUTES_S:
        return _("about {seconds} s left").format(seconds=5 * math.ceil(seconds / 5))
    return _("about {minutes} min left").format(minutes=math.ceil(seconds / 60))


def notes(experiment: str, run: Run | None):
    """What the visitor has to know of it, each in a box."""
    complaint = steering.complaint(experiment)
    if complaint:
        st.warning(plain(say(complaint)))
    if run is None:
        return
    if run.finished and (trouble := server.archive().trouble(run.id)):
        st.warning(plain(say(trouble)))
    if run.moved and not run.failed:
        st.info(plain(say(run.moved.note)))
    if run.failed:
        show = st.info if run.state == "stopped" else st.error
        show(plain(say(run.failed)))
    elif not run.is_mine:
        st.info(_whose(run))
    if run.is_mine and run.state == "queued":
        steering.other_run(experiment, run)


def _whose(run: Run) -> str:
    if run.replay:
        return _(
            "Someone has already trained with these settings, and the same settings give the same "
            "run: you see it again at the pace it had. Nothing is computed for it."
        )
    if run.ended:
        return _(
            "Someone has already trained with these settings: the same settings give the same run."
        )
    if run.id in visits.remembered(server.visitor(), run.experiment):
        return _(
            "Someone is already training with these settings; you are watching that run. "
            "Another seed, for example, makes one of your own."
        )
    return _(
        "You are watching someone else's run; only the one who started it can steer it. "
        "Change a setting, then Train starts one of your own."
    )
