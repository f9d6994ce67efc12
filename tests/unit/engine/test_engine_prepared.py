"""The run that may be asked for next is prepared while nothing else runs."""

import sys

import psutil
import pytest
from engine_kit import Clock, until
from fake_experiments import FakeConfig

from core.data import uploads
from core.engine.local.processes import Forked, Spare
from core.events import Changed, Failed, Started

_Quick = Forked if sys.platform == "linux" else Spare


class Taken(_Quick):
    """Processes that say which were taken."""

    def __init__(self):
        super().__init__("core.engine")
        self.pids: list[int] = []

    def take(self, wanted=lambda: True):
        worker = super().take(wanted)
        self.pids.append(worker.seen.pid)
        return worker


@pytest.fixture
def taken():
    return Taken()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine(open_engine, taken, clock):
    """One that is ready: before that nothing is prepared."""
    engine = open_engine(clock=clock, processes=taken, at_once=2)
    engine.warm()
    taken.pids.clear()
    return engine


@pytest.fixture
def expect(engine, clock):
    """Let ada stand still before settings; returns once the engine has seen it."""

    def stand_still(experiment="count", **fields):
        engine.expect(experiment, FakeConfig(**fields), "ada")
        clock.let_the_watch_look()
        clock.now_s += 0.5
        clock.let_the_watch_look()
        clock.let_the_watch_look()

    return stand_still


def pid(watch, job):
    return until(lambda: watch.said(job, Started))[0].references["pid"]


def gone(pids):
    return not any(psutil.pid_exists(pid) for pid in pids)


def test_what_is_expected_has_its_process_before_it_is_asked_for(engine, watch, ada, expect, taken):
    assert not engine.prepared("count", FakeConfig(steps=7))
    expect(steps=7)
    assert engine.prepared("count", FakeConfig(steps=7))
    assert not engine.prepared("count", FakeConfig(steps=8))
    (prepared,) = taken.pids
    job = ada.submit(steps=7)
    assert pid(watch, job) == prepared
    assert watch.result(job).metrics == {"steps": 7}
    assert watch.steps(job) == [1, 2, 3, 4, 5, 6, 7]


def test_it_is_steered_like_any_other(watch, ada, expect, taken):
    expect(steps=1_000_000)
    job = ada.submit(steps=1_000_000)
    ada.pause(job)
    watch.reach(job, "paused")
    ada.change(job, "rate", 0.7)
    ada.step(job)
    (change,) = until(lambda: watch.said(job, Changed))
    assert change.value == 0.7
    assert pid(watch, job) == taken.pids[0]
    ada.kill(job)
    until(lambda: gone(taken.pids))


def test_another_run_than_the_expected_ends_what_was_prepared(watch, ada, expect, taken):
    expect(steps=7)
    prepared, job = taken.pids[0], ada.submit(steps=8)
    assert watch.result(job).metrics == {"steps": 8}
    assert pid(watch, job) != prepared
    until(lambda: gone([prepared]))


def test_the_last_that_is_expected_is_prepared(watch, ada, expect, taken):
    for steps in (7, 8):
        expect(steps=steps)
    until(lambda: gone(taken.pids[:1]))
    assert pid(watch, ada.submit(steps=8)) == taken.pids[1]


def test_who_still_moves_settings_waits_for_nothing(engine, clock, taken):
    for steps in range(5, 10):
        engine.expect("count", FakeConfig(steps=steps), "ada")
        clock.now_s += 0.4
        clock.let_the_watch_look()
    assert taken.pids == []


def test_nothing_is_prepared_while_something_runs(ada, bob, watch, expect, taken):
    job = bob.submit("deaf")
    pid(watch, job)
    expect(steps=7)
    assert len(taken.pids) == 1
    bob.kill(job)
    until(lambda: len(taken.pids) == 2)  # what ada still stands before
    assert pid(watch, ada.submit(steps=7)) == taken.pids[1]


def test_a_run_that_is_known_is_not_prepared(watch, bob, expect, taken):
    watch.result(bob.submit(steps=7))
    expect(steps=7)
    assert len(taken.pids) == 1


def test_a_prepared_run_is_let_go_after_a_while(clock, expect, taken):
    expect(steps=7)
    assert not gone(taken.pids)
    clock.now_s += 5 * 60 + 1
    until(lambda: gone(taken.pids))
    clock.let_the_watch_look()
    assert len(taken.pids) == 1  # and is not begun anew


def test_a_prepared_run_that_takes_too_much_memory_is_let_go(open_engine, clock, taken):
    engine = open_engine(clock=clock, processes=taken, memory_bytes=2**28)
    engine.warm()
    taken.pids.clear()
    engine.expect("hoard", FakeConfig(), "ada")
    clock.now_s += 0.5
    until(lambda: taken.pids)
    until(lambda: gone(taken.pids))


@pytest.mark.parametrize("how", ["complain", "leave"])
def test_what_fails_while_it_is_prepared_fails_when_it_is_asked_for(watch, ada, expect, how):
    expect(how)
    assert isinstance(watch.result(ada.submit(how)), Failed)


def test_a_run_without_a_step_is_prepared_to_its_end(watch, ada, expect, taken):
    text = uploads.put("two words")
    expect("read", upload=text)
    job = ada.submit("read", upload=text)
    assert watch.result(job).metrics == {"characters": 9}
    assert pid(watch, job) == taken.pids[0]


def test_where_no_process_is_born_runs_are_watched_all_the_same(
    engine, watch, ada, clock, taken, caplog
):
    take, refusals = taken.take, [OSError("no more processes")]

    def refuse():
        if refusals:
            raise refusals.pop()
        return take()

    taken.take = refuse
    engine.expect("count", FakeConfig(), "ada")
    clock.now_s += 0.5
    until(lambda: not refusals)
    clock.let_the_watch_look()
    del taken.take
    assert "no run can be prepared" in caplog.text
    assert taken.pids == []  # it was not tried again
    job = ada.submit("deaf")
    pid(watch, job)
    clock.now_s += 15 * 60 + 1
    assert isinstance(watch.result(job), Failed)


def test_a_closed_engine_leaves_no_prepared_run(engine, expect, taken):
    expect(steps=7)
    engine.close()
    assert gone(taken.pids)


def test_limits_may_forbid_it(open_engine, clock, taken):
    engine = open_engine(clock=clock, processes=taken, prepared_s=0)
    engine.warm()
    taken.pids.clear()
    engine.expect("count", FakeConfig(), "ada")
    clock.now_s += 0.5
    clock.let_the_watch_look()
    assert taken.pids == []
