"""What every run shares: which steps are told, how the rate falls."""

import math

import pytest

from core.events import Epoch, Finished, Started, Step
from core.experiments.kit import run
from core.experiments.kit.run import FIRST_STEPS, half_cosine, thinned


def events(steps):
    yield Started("little", {}, 1, steps, 1)
    for step in range(1, steps + 1):
        yield Step(step, step / steps, 0.0, {"loss": 1 / step})
    yield Epoch(1, steps, 0.0, {})
    yield Finished({})


class Clock:
    """A clock that goes on by 0.11 s a look."""

    now = 100.0

    def perf_counter(self):
        self.now += 0.11
        return self.now


def test_the_first_steps_and_then_a_few_a_second(monkeypatch):
    monkeypatch.setattr(run, "time", Clock())
    heard = list(thinned(events(40)))
    steps = [event.step for event in heard if isinstance(event, Step)]
    assert steps[:FIRST_STEPS] == list(range(1, FIRST_STEPS + 1))
    assert steps[FIRST_STEPS:] == list(range(11, 41, 2))
    assert [type(event) for event in heard if not isinstance(event, Step)] == [
        Started,
        Epoch,
        Finished,
    ]


def test_slow_steps_are_all_told():
    assert list(thinned(events(40), per_s=math.inf)) == list(events(40))


def test_the_rate_falls_along_half_a_cosine():
    assert half_cosine(0.01, 1, 10) == 0.01
    assert half_cosine(0.01, 6, 10) == pytest.approx(0.005)
    assert 0 < half_cosine(0.01, 10, 10) < 0.001
