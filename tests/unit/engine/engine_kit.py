"""What the tests of the engine share: waiting, a clock, a visitor, an onlooker."""

import time
from typing import Any

from fake_experiments import FakeConfig

from core.engine import Engine
from core.events import Step
from tests.events import of


def until(condition, seconds=120):
    """Wait for a condition and return what it gave."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "this did not happen in time"
        time.sleep(0.005)
    return value


class Clock:
    """A clock that stands still until it is told to go on; counts how often it is read."""

    def __init__(self):
        self.now_s, self.reads = 1000.0, 0

    def __call__(self):
        self.reads += 1
        return self.now_s

    def let_the_watch_look(self):
        """Wait until whoever reads this clock regularly has done so with the present time."""
        before = self.reads
        until(lambda: self.reads >= before + 6)


class Visit:
    """An engine as one visitor uses it."""

    def __init__(self, engine: Engine, name: str):
        self.engine, self.name = engine, name

    def submit(self, experiment="count", **fields):
        return self.engine.submit(experiment, FakeConfig(**fields), self.name)

    def __getattr__(self, command):
        return lambda job, *arguments: getattr(self.engine, command)(job, self.name, *arguments)


class Watch:
    """What the tests ask an engine again and again."""

    def __init__(self, engine: Engine):
        self.engine = engine

    def state(self, job):
        view = self.engine.job(job)
        return view and view.state

    def said(self, job, kind):
        return of(self.engine.events(job), kind)

    def steps(self, job):
        return [event.step for event in self.said(job, Step)]

    def reach(self, job, *states):
        until(lambda: self.state(job) in states)

    def result(self, job) -> Any:
        return until(lambda: self.engine.result(job))
