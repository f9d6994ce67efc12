"""What the wall hears of a run: as it goes on, and after memory has let it go."""

from dataclasses import replace
from types import SimpleNamespace

import streamlit as st

from core.engine import JobView
from core.events import Epoch, Finished, Started
from core.experiments.next_value.config import NextValueConfig
from core.store.classes.service import Snapshot
from core.store.classes.trained import Trained
from ui import server
from ui.frame.classes.wall.trained import class_runs

RUNNING = JobView("r", "next-value", NextValueConfig(), "running", 0)
TOLD = [
    Started("next-value", {}, 1, 40, 40),
    Epoch(1, 27, 0.1, {"test_rmse": 1.0}),
    Epoch(2, 54, 0.2, {"test_rmse": 0.5}),
    Finished({}),
]


def engine(heard):
    """An engine that has come so far; with all said, it has let the run go to the archive."""
    here = heard < len(TOLD)
    return SimpleNamespace(
        job=lambda _id: RUNNING if here else None,
        events=lambda _id, since: TOLD[since:heard] if here else [],
        summary=lambda _id: (replace(RUNNING, state="finished"), TOLD),
    )


def test_a_run_that_was_let_go_unheard_is_read_to_its_end(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    now: Snapshot = SimpleNamespace(trained=[Trained(0, "Candide", "r", "next-value", 0.0)])  # type: ignore[assignment]  # as much of it as is asked
    seen = []
    for heard in (2, len(TOLD), len(TOLD)):
        monkeypatch.setattr(server, "engine", lambda heard=heard: engine(heard))
        (run,) = class_runs(now, "next-value")
        seen.append((run.state, run.losses))
    assert seen == [("under way", [1.0]), *[("finished", [1.0, 0.5])] * 2]
