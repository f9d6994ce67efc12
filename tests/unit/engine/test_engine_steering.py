"""Pause, resume, one step, change, stop, kill."""

import time

import numpy as np
import pytest
from engine_kit import Visit, Watch, until

from core.events import Changed, Failed, Finished, Paused, Resumed, Started, Step
from core.experiments.kit.config import ConfigError
from core.messages import Problem

LONG = 1_000_000


def test_a_run_says_what_it_does_in_order_and_to_its_end(ada, watch, engine):
    job = ada.submit(steps=3)
    result = watch.result(job)
    assert result.metrics == {"steps": 3} and not result.stopped
    np.testing.assert_array_equal(result.arrays["weights"], [0, 1, 2])
    events = engine.events(job)
    assert [type(event) for event in events] == [Started, Step, Step, Step, Finished]
    assert engine.events(job, since=3) == events[3:]
    assert engine.events(job, since=5) == []
    view = engine.job(job)
    assert (view.state, view.place, view.ended, view.experiment) == ("finished", 0, True, "count")
    assert view.config.steps == 3


def test_a_paused_run_is_silent_and_goes_on_when_resumed(ada, watch, engine):
    job = ada.submit(steps=LONG)
    until(lambda: watch.steps(job))
    asked = time.monotonic()
    ada.pause(job)
    watch.reach(job, "paused")
    assert time.monotonic() - asked < 0.25
    events = engine.events(job)
    assert events[-1] == Paused()
    time.sleep(0.4)  # nothing may happen: there is no condition to wait for
    assert engine.events(job) == events
    ada.resume(job)
    until(lambda: len(engine.events(job)) > len(events) + 1)
    assert engine.events(job)[len(events)] == Resumed()
    assert isinstance(engine.events(job)[len(events) + 1], Step)
    assert watch.state(job) == "running"


def test_one_step_is_exactly_one(ada, watch, engine):
    job = ada.submit(steps=LONG)
    ada.pause(job)
    watch.reach(job, "paused")
    before = len(watch.steps(job))
    for expected in (before + 1, before + 2):
        ada.step(job)
        until(lambda expected=expected: len(watch.steps(job)) >= expected)
        time.sleep(0.1)
        assert len(watch.steps(job)) == expected
        assert watch.state(job) == "paused"
    assert engine.events(job).count(Paused()) == 1


def test_orders_given_while_a_run_waits_hold_from_its_first_step_on(open_engine):
    engine = open_engine(at_once=1)
    ada, bob, watch = Visit(engine, "ada"), Visit(engine, "bob"), Watch(engine)
    blocker = bob.submit("deaf")
    job = ada.submit(steps=LONG)
    ada.change(job, "rate", 0.3)
    ada.step(job)
    bob.kill(blocker)
    watch.reach(job, "paused")
    assert [type(event) for event in engine.events(job)[1:]] == [Started, Changed, Step, Paused]
    assert watch.said(job, Changed) == [Changed(1, "rate", 0.3)]
    assert watch.said(job, Step)[0].metrics["rate"] == 0.3


def test_a_live_setting_changes_from_a_named_step_on(ada, watch):
    job = ada.submit(steps=LONG)
    until(lambda: watch.steps(job))
    ada.change(job, "rate", "0.5")
    change = until(lambda: watch.said(job, Changed))[0]
    assert (change.field, change.value) == ("rate", 0.5)
    until(lambda: watch.steps(job)[-1] > change.step + 1)
    for step in watch.said(job, Step):
        assert step.metrics["rate"] == (0.5 if step.step >= change.step else 0.1)


def test_a_change_made_in_a_pause_waits_for_the_next_step(ada, watch):
    job = ada.submit(steps=LONG)
    ada.pause(job)
    watch.reach(job, "paused")
    ada.change(job, "rate", 0.5)
    time.sleep(0.1)
    assert not watch.said(job, Changed)
    ada.step(job)
    change = until(lambda: watch.said(job, Changed))[0]
    last = until(lambda: [step for step in watch.said(job, Step) if step.step >= change.step])
    assert [step.metrics["rate"] for step in last] == [0.5]


def test_what_may_not_be_changed_is_refused(ada, watch, engine):
    job = ada.submit(steps=LONG)
    with pytest.raises(Problem) as refused:
        ada.change(job, "seed", 2)
    assert str(refused.value) == "seed cannot be changed while a run goes on."
    with pytest.raises(ConfigError) as refused:
        ada.change(job, "rate", 2)
    assert str(refused.value) == "rate must be a number from 0 to 1, not 2."
    with pytest.raises(ConfigError) as refused:
        ada.change(job, "colour", 2)
    assert str(refused.value) == (
        "'colour' is not a setting here; the settings are steps, rate, seed, upload."
    )
    ada.stop(job)
    watch.result(job)
    assert not watch.said(job, Changed)
    with pytest.raises(Problem) as refused:
        ada.change(job, "rate", 0.2)
    assert str(refused.value) == "This run is over; its settings cannot be changed any more."


@pytest.mark.parametrize("paused", [False, True])
def test_a_stopped_run_keeps_what_it_has_learned(ada, watch, paused):
    job = ada.submit(steps=LONG)
    until(lambda: watch.steps(job))
    if paused:
        ada.pause(job)
        watch.reach(job, "paused")
    ada.stop(job)
    result = watch.result(job)
    assert isinstance(result, Finished) and result.stopped
    assert result.metrics["steps"] == len(watch.steps(job)) > 0
    assert watch.state(job) == "stopped"


def test_what_does_not_stop_is_ended(open_engine):
    engine = open_engine(stop_s=0.1)
    ada, watch = Visit(engine, "ada"), Watch(engine)
    job = ada.submit("deaf")
    watch.reach(job, "running")
    ada.stop(job)
    assert watch.result(job).message == "The run did not stop within 0.1 seconds and was ended."
    assert watch.state(job) == "stopped"


def test_kill_ends_at_once_and_without_a_result(ada, watch, engine):
    job = ada.submit("deaf")
    watch.reach(job, "running")
    ada.kill(job)
    assert watch.state(job) == "stopped"
    result = engine.result(job)
    assert isinstance(result, Failed) and result.message == "The run was ended."
    ada.kill(job)
    ada.stop(job)
    ada.pause(job)
    assert engine.events(job)[-1] is result


def test_a_stranger_may_watch_but_not_touch(ada, bob, watch, engine):
    job = ada.submit(steps=LONG)
    assert engine.owns(job, "ada") and not engine.owns(job, "bob")
    attempts = [bob.pause, bob.resume, bob.step, bob.stop, bob.kill]
    for attempt in (*attempts, lambda job: bob.change(job, "rate", 0.2)):
        with pytest.raises(Problem) as refused:
            attempt(job)
        assert str(refused.value) == "Only the visitor who started this run may do that."
    until(lambda: len(watch.steps(job)) > 5)
    assert not watch.said(job, (Paused, Changed, Failed))


def test_an_unknown_run_is_said_to_be_gone(ada, engine):
    with pytest.raises(Problem) as refused:
        ada.stop("no-such-id")
    assert str(refused.value) == "This run is no longer here; start it again."
    assert engine.job("no-such-id") is None
    assert engine.events("no-such-id") == []
    assert engine.result("no-such-id") is None
    assert not engine.owns("no-such-id", "ada")
