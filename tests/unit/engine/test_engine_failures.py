"""However a job dies, it ends in one plain sentence."""

import logging
import os
import signal
import sys

import psutil
import pytest
from engine_kit import Visit, Watch, until

from core.engine.local.local_worker import unique_memory
from core.events import Failed, Started

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


def pid(watch, job):
    return int(until(lambda: watch.said(job, Started))[0].references["pid"])


@posix
def test_kill_9_of_the_process(ada, watch, engine):
    job = ada.submit("deaf")
    os.kill(pid(watch, job), signal.SIGKILL)
    assert watch.result(job).message == (
        "The run's process was ended from outside, perhaps because the machine ran out of memory."
    )
    assert watch.state(job) == "failed"
    assert engine.events(job)[-1] == engine.result(job)


def test_a_process_that_leaves(ada, watch):
    assert watch.result(ada.submit("leave")).message == (
        "The run's process crashed (exit status 3)."
    )


def test_a_crash_goes_to_the_log_and_not_to_the_page(ada, watch, caplog):
    job = ada.submit("crash")
    result = watch.result(job)
    assert result == Failed(
        "Something went wrong inside the run; the server's log has the details."
    )
    assert watch.state(job) == "failed"
    logged = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert len(logged) == 1 and job in logged[0]
    assert "RuntimeError: secret/path/of/the/server" in logged[0]


def test_a_run_without_an_end_is_a_crash(ada, watch, caplog):
    job = ada.submit("unfinished")
    assert watch.result(job).message.startswith("Something went wrong inside the run;")
    assert "its last event was Started, not Finished" in caplog.text


def test_a_problem_inside_the_run_keeps_its_own_sentence(ada, watch):
    result = watch.result(ada.submit("complain"))
    assert result == Failed("The text has {count} characters; it needs more.", {"count": 3})
    assert result.message == "The text has 3 characters; it needs more."


def test_an_allocation_that_fails(ada, watch):
    assert watch.result(ada.submit("exhaust")).message == (
        "The machine has not enough memory left for this run."
    )


def test_too_much_memory(open_engine):
    engine = open_engine(memory_bytes=200 * 2**20)
    watch = Watch(engine)
    job = Visit(engine, "ada").submit("hoard")
    process = psutil.Process(pid(watch, job))
    assert watch.result(job).message == (
        "The run needed more memory than it may use (200 MB) and was ended."
    )
    assert watch.state(job) == "failed"
    until(lambda: not process.is_running())


def test_only_unique_memory_counts():
    me = psutil.Process()
    resident, unique = me.memory_info().rss, me.memory_full_info().uss
    assert unique_memory(me, limit=0) == pytest.approx(unique, rel=0.05)
    assert unique_memory(me, limit=2**60) == pytest.approx(resident, rel=0.05)


@pytest.mark.parametrize("how", ["talk", "shout"])
def test_too_much_said(open_engine, how):
    engine = open_engine(output_bytes=4 * 2**20)
    watch = Watch(engine)
    job = Visit(engine, "ada").submit(how)
    assert watch.result(job).message == (
        "The run produced more results than can be kept (4 MB) and was ended."
    )


def test_too_long_with_pauses_not_counted(open_engine, clock):
    engine = open_engine(clock, wall_s=120, paused_s=600)
    ada, watch = Visit(engine, "ada"), Watch(engine)
    job = ada.submit(steps=1_000_000)
    watch.reach(job, "running")
    ada.pause(job)
    watch.reach(job, "paused")
    clock.now_s += 500
    ada.resume(job)
    watch.reach(job, "running")
    clock.now_s += 100
    clock.let_the_watch_look()
    assert watch.state(job) == "running"
    clock.now_s += 21
    assert watch.result(job).message == "The run took longer than it may (2 minutes) and was ended."


def test_paused_too_long(open_engine, clock):
    engine = open_engine(clock, wall_s=120, paused_s=600)
    ada, watch = Visit(engine, "ada"), Watch(engine)
    job = ada.submit(steps=1_000_000)
    ada.pause(job)
    watch.reach(job, "paused")
    clock.now_s += 601
    assert watch.result(job).message == (
        "The run was paused longer than it may be (10 minutes) and was ended."
    )


def test_a_process_that_cannot_be_started(open_engine, caplog):
    class Nowhere:
        ready, slots = False, None

        def warm(self): ...

        def take(self, wanted):
            raise OSError("no more processes")

        def close(self): ...

    engine = open_engine(processes=Nowhere())
    watch = Watch(engine)
    job = Visit(engine, "ada").submit()
    assert watch.result(job).message == (
        "The run could not be started; the server's log has the details."
    )
    assert "no more processes" in caplog.text
    assert not engine.ready


def test_after_a_failure_the_same_run_may_be_tried_again(ada, watch):
    first = ada.submit("leave")
    watch.result(first)
    second = ada.submit("leave")
    assert second != first
    watch.result(second)


def test_closing_ends_every_process(open_engine):
    engine = open_engine(at_once=2)
    watch = Watch(engine)
    jobs = [Visit(engine, name).submit("deaf") for name in ("ada", "bob", "cyd")]
    processes = [psutil.Process(pid(watch, job)) for job in jobs[:2]]
    engine.close()
    assert not any(process.is_running() for process in processes)
    for job in jobs:
        assert engine.result(job).message == "The server was shut down, and the run ended with it."
    with pytest.raises(ValueError, match=r"^The server is shutting down; no run can be started\.$"):
        Visit(engine, "ada").submit()
