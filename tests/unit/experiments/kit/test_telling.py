"""Of many steps a few are told; nothing else is left out."""

from core.events import Epoch, Finished, Started, Step
from core.experiments.kit import telling
from core.experiments.kit.telling import FIRST_STEPS, told


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
    monkeypatch.setattr(telling, "time", Clock())
    heard = list(told(events(40)))
    steps = [event.step for event in heard if isinstance(event, Step)]
    assert steps[:FIRST_STEPS] == list(range(1, FIRST_STEPS + 1))
    assert steps[FIRST_STEPS:] == list(range(11, 41, 2))
    assert [type(event) for event in heard if not isinstance(event, Step)] == [
        Started,
        Epoch,
        Finished,
    ]


def test_slow_steps_are_all_told(monkeypatch):
    monkeypatch.setattr(telling, "STEPS_PER_S", 1e9)
    assert list(told(events(40))) == list(events(40))
