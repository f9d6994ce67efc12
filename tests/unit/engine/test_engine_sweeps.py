"""Jobs of sweeps: behind all others, and light."""

import os

import pytest
from engine_kit import Visit, Watch, until
from fake_experiments import FakeConfig

from core.events import Queued
from core.messages import Problem


class Sweeper(Visit):
    """A visitor whose jobs are of a sweep."""

    def submit(self, experiment="count", **fields):
        return self.engine.submit(experiment, FakeConfig(**fields), self.name, of_sweep=True)


@pytest.fixture
def engine(open_engine):
    return open_engine(at_once=1, beside=1)


@pytest.fixture
def sweeper(engine):
    return Sweeper(engine, "sue")


def test_a_single_run_starts_while_a_sweep_has_all_the_room_there_is(sweeper, ada, watch, engine):
    first, second = (sweeper.submit("deaf", seed=seed) for seed in range(2))
    watch.reach(first, "running")
    assert watch.state(second) == "queued" and watch.said(second, Queued) == []
    alone = ada.submit()
    assert engine.job(alone).state != "queued" and engine.job(alone).place == 0
    assert watch.result(alone)
    assert watch.state(second) == "queued"


def test_a_sweep_waits_until_the_single_runs_are_over(sweeper, ada, bob, watch):
    running, waiting = ada.submit("deaf"), bob.submit(seed=1)
    of_sweep = sweeper.submit(seed=2)
    assert watch.state(of_sweep) == "queued"
    ada.kill(running)
    watch.result(waiting)
    assert watch.result(of_sweep)


def test_a_visitor_who_sweeps_may_train_beside_it(engine, sweeper, watch):
    of_sweep = sweeper.submit("deaf")
    watch.reach(of_sweep, "running")
    assert watch.result(Visit(engine, "sue").submit(seed=1))


def test_who_has_fewer_running_is_next(open_engine):
    engine = open_engine(at_once=1, beside=2)
    watch, ada, bob = Watch(engine), Sweeper(engine, "ada"), Sweeper(engine, "bob")
    jobs = [ada.submit("deaf", seed=seed) for seed in range(3)]
    late = bob.submit("deaf", seed=9)
    for job in jobs[:2]:
        watch.reach(job, "running")
    ada.kill(jobs[0])
    watch.reach(late, "running")
    assert watch.state(jobs[2]) == "queued"


def test_what_a_sweep_says_is_light_and_gives_way(sweeper, ada, watch, engine):
    job = sweeper.submit(steps=3)
    assert dict(watch.result(job).arrays) == {} and watch.steps(job) == [1]
    begun = next(e for e in engine.events(job) if type(e).__name__ == "Started")
    politest = min(19, os.nice(0) + 19)  # from how it was begun itself
    assert (begun.references["niceness"], begun.references["threads"]) == (politest, 1)
    whole = ada.submit(steps=3)  # nobody who wants the arrays is given that
    assert whole != job and len(watch.result(whole).arrays["weights"]) == 3
    assert sweeper.submit(steps=3) == whole  # but a sweep takes what is there


def test_a_run_of_a_sweep_is_joined_by_others_once_it_has_finished(engine, sweeper, watch):
    bob = Sweeper(engine, "bob")
    job = sweeper.submit(steps=1_000_000)
    watch.reach(job, "running")
    assert sweeper.submit(steps=1_000_000) == job
    theirs = bob.submit(steps=1_000_000)
    assert theirs != job
    short = sweeper.submit(steps=2)
    sweeper.kill(job)
    bob.kill(theirs)
    until(lambda: engine.result(short))
    assert bob.submit(steps=2) == short


def test_how_many_wait_is_bounded(open_engine):
    engine = open_engine(beside=1, sweeps_waiting=1)
    sweeper = Sweeper(engine, "sue")
    sweeper.submit("deaf")
    sweeper.submit(seed=1)
    with pytest.raises(Problem) as refused:
        sweeper.submit(seed=2)
    assert str(refused.value) == "Too many runs are waiting (1); try again in a few minutes."
