"""The control in the job's process: waiting in the middle of a step, and the one step."""

import threading
from dataclasses import dataclass
from typing import Any

import pytest

from core.engine.local.worker import PipeControl, prepared
from core.events import Paused, Resumed, Started, Step
from core.experiments.kit.config import Config


@dataclass(frozen=True)
class Nothing(Config):
    """No settings."""


@pytest.fixture
def control():
    sent = []
    control: Any = PipeControl(Nothing(), sent.append)
    control.said = sent
    return control


def waits(call, release):
    """Whether ``call`` waits until ``release`` is called."""
    done = threading.Event()
    thread = threading.Thread(target=lambda: (call(), done.set()), daemon=True)
    thread.start()
    waited = not done.wait(0.2)
    release()
    assert done.wait(5)
    return waited


def test_a_pause_holds_in_the_middle_of_a_step(control):
    control.checkpoint()
    control.pause()
    assert waits(control.wait, control.resume)
    assert control.said == [Paused(), Resumed()]


def test_one_step_is_not_held_in_its_middle(control):
    control.pause()
    assert waits(control.checkpoint, control.step)
    control.wait()
    assert waits(control.checkpoint, control.resume)


def test_one_step_finishes_the_step_that_a_pause_held(control):
    control.checkpoint()
    control.pause()
    assert waits(control.wait, control.step)
    control.wait()
    assert waits(control.checkpoint, control.resume)


def test_stop_ends_every_wait(control):
    control.checkpoint()
    control.pause()
    assert waits(control.wait, control.stop)
    assert control.stopped


def test_a_prepared_run_tells_all_of_it_when_it_is_asked_for():
    asked, told = threading.Event(), []
    run = [Started("nothing", {}, 0, 2, 1), Step(1, 0.5, 0.0, {}), Step(2, 1.0, 0.0, {})]
    assert waits(lambda: told.extend(prepared(run, asked)), asked.set)
    assert told == run


def test_a_prepared_run_makes_one_step_before_it_is_asked_for():
    asked, made = threading.Event(), []

    def events():
        for number in (1, 2):
            made.append(number)
            yield Step(number, 0.0, 0.0, {})

    def ask():
        assert made == [1]
        asked.set()

    assert waits(lambda: list(prepared(events(), asked)), ask)
    assert made == [1, 2]
