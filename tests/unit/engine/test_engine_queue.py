"""Who runs, who waits, who joins, and what is kept."""

import pytest
from engine_kit import Visit, Watch, until

from core.engine import Limits
from core.engine.limits import CORES
from core.events import Finished, Queued, Started
from core.messages import Problem

LONG = 1_000_000


@pytest.fixture
def engine(open_engine, clock):
    return open_engine(clock, at_once=1)


@pytest.fixture
def class_of(engine):
    return [Visit(engine, name) for name in ("ada", "bob", "cyd", "dan")]


def places(watch, job):
    return [event.place for event in watch.said(job, Queued)]


def test_defaults():
    assert Limits().at_once == 2 * CORES
    assert (Limits().kept_s, Limits().memory_bytes, Limits().wall_s) == (3600, 2 * 2**30, 900)


def test_the_queue_is_first_come_first_served_with_a_visible_place(class_of, watch, engine):
    jobs = [visitor.submit(steps=LONG) if i == 0 else visitor.submit(seed=i)
            for i, visitor in enumerate(class_of)]  # fmt: skip
    assert [engine.job(job).place for job in jobs] == [0, 1, 2, 3]
    assert [engine.job(job).state for job in jobs[1:]] == ["queued"] * 3
    class_of[2].stop(jobs[2])
    assert engine.result(jobs[2]).message == "The run was ended before it began."
    assert [engine.job(job).place for job in jobs] == [0, 1, 0, 2]
    class_of[0].kill(jobs[0])
    watch.result(jobs[3])
    assert [places(watch, job) for job in jobs] == [[], [1], [2], [3, 2, 1]]
    assert isinstance(engine.result(jobs[1]), Finished)
    kinds = [type(event) for event in engine.events(jobs[3])]
    assert kinds[:4] == [Queued, Queued, Queued, Started]


def test_a_run_that_is_deleted_under_way_makes_room_for_the_next(class_of, watch, engine):
    ada, bob, *_ = class_of
    running, waiting = ada.submit("deaf"), bob.submit(seed=1)
    watch.reach(running, "running")
    engine.forget([running, "nobody's"])
    assert engine.result(running).message == "The run was ended."
    assert isinstance(watch.result(waiting), Finished)
    engine.forget([waiting])
    assert engine.job(waiting) is None


def test_no_more_than_the_limit_run_at_once(open_engine):
    engine = open_engine(at_once=2)
    watch = Watch(engine)
    visitors = [Visit(engine, str(i)) for i in range(4)]
    jobs = [visitor.submit("deaf", seed=i) for i, visitor in enumerate(visitors)]
    for job in jobs[:2]:
        watch.reach(job, "running")
    assert [watch.state(job) for job in jobs[2:]] == ["queued", "queued"]
    visitors[1].kill(jobs[1])
    watch.reach(jobs[2], "running")
    assert [watch.state(job) for job in jobs] == ["running", "stopped", "running", "queued"]


def test_one_running_and_one_waiting_run_a_visitor(open_engine):
    engine = open_engine(at_once=2)
    watch = Watch(engine)
    ada, bob = Visit(engine, "ada"), Visit(engine, "bob")
    running = ada.submit("deaf")
    waiting = ada.submit(seed=1)
    assert engine.job(waiting).state == "queued"  # although a process is free
    with pytest.raises(Problem) as refused:
        ada.submit(seed=2)
    assert str(refused.value) == (
        "You already have a run waiting; wait until it begins, or stop it."
    )
    assert ada.submit(seed=1) == waiting
    assert watch.result(bob.submit(seed=3))  # overtakes who waits for a run of their own
    ada.kill(running)
    assert watch.result(waiting)


def test_who_waits_for_a_run_of_their_own_stands_behind_the_others(class_of, watch, engine):
    ada, bob, *_ = class_of
    ada.submit("deaf")
    mine, other = ada.submit(seed=1), bob.submit(seed=2)
    assert (engine.job(mine).place, engine.job(other).place) == (2, 1)


def test_the_queue_is_bounded(open_engine):
    engine = open_engine(at_once=1, waiting=1)
    Visit(engine, "ada").submit("deaf")
    Visit(engine, "bob").submit(seed=1)
    with pytest.raises(Problem) as refused:
        Visit(engine, "cyd").submit(seed=2)
    assert str(refused.value) == "Too many runs are waiting (1); try again in a few minutes."


def test_an_identical_run_is_joined_queued_running_and_finished(class_of, watch, engine):
    ada, bob, cyd, _ = class_of
    blocker = cyd.submit("deaf")
    job = ada.submit(steps=200)
    assert engine.job(job).state == "queued"
    assert bob.submit(steps=200) == job
    cyd.kill(blocker)
    watch.reach(job, "running")
    assert bob.submit(steps=200) == job
    watch.result(job)
    assert bob.submit(steps=200) == job
    assert engine.owns(job, "ada") and not engine.owns(job, "bob")
    assert bob.submit(steps=201) != job


def test_another_experiment_with_the_same_config_is_another_run(class_of, watch):
    ada, *_ = class_of
    job = ada.submit()
    watch.result(job)
    assert ada.submit("leave") != job


def test_a_changed_run_is_a_run_of_its_own(class_of, watch):
    ada, bob, *_ = class_of
    job = ada.submit(steps=LONG)
    ada.change(job, "rate", 0.2)
    assert bob.submit(steps=LONG) != job


def test_a_stopped_run_is_not_joined(class_of, watch):
    ada, *_ = class_of
    job = ada.submit(steps=LONG)
    watch.reach(job, "running")
    ada.stop(job)
    again = ada.submit(steps=LONG)
    assert again != job
    assert watch.result(job).stopped


def test_a_run_that_somebody_holds_up_is_not_joined_by_others(class_of, watch):
    ada, bob, *_ = class_of
    job = ada.submit(steps=LONG)
    ada.pause(job)
    watch.reach(job, "paused")
    assert ada.submit(steps=LONG) == job
    assert bob.submit(steps=LONG) != job


def test_an_ended_run_is_kept_an_hour(class_of, watch, engine, clock):
    ada, *_ = class_of
    job = ada.submit()
    watch.result(job)
    clock.now_s += 3599
    clock.let_the_watch_look()
    assert ada.submit() == job
    clock.now_s += 1
    until(lambda: engine.job(job) is None)
    assert engine.events(job) == [] and engine.result(job) is None
    assert ada.submit() != job


@pytest.mark.slow
def test_ended_runs_are_bounded_in_bytes_and_the_oldest_goes_first(open_engine, clock):
    engine = open_engine(clock, kept_bytes=400_000)  # a run of 100 steps is counted as 120,000
    watch = Watch(engine)
    ada = Visit(engine, "ada")
    jobs = []
    for seed in range(4):
        jobs.append(ada.submit(seed=seed, steps=100))
        watch.result(jobs[-1])
        clock.now_s += 1
    assert [engine.job(job) is not None for job in jobs] == [False, True, True, True]
