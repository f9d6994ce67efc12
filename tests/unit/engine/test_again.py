"""A run that is repeated on another machine: nothing is told twice, and it is changed as it was."""

from typing import Any

import pytest

from core.engine.again import Again
from core.engine.local.worker import PipeControl
from core.events import Changed, Epoch, Finished, Paused, Resumed, Started, Step
from core.experiments.kit.control import Control
from tests.by_day import by_day
from tests.contracts.runs import live_change
from tests.contracts.small import run_of, small
from tests.events import of

STARTED = Started("fake", {}, params=0, steps=4, epochs=2)


def step(number, train_s):
    return Step(number, number / 2, train_s, {})


def epoch(number, train_s):
    return Epoch(number, 2 * number, train_s, {})


HEARD = [STARTED, step(1, 0.5), step(2, 1.0), epoch(1, 1.25), Changed(3, "rate", 0.5), Paused()]


def test_how_far_a_run_has_come():
    again = Again.of(HEARD)
    assert again == Again(True, 2, 1, 1.25, [(3, "rate", 0.5)], paused=True)
    assert Again.of([*HEARD, Resumed(), step(3, 2.0)]).paused is False
    assert Again.of([]) == Again(changes=[])


def test_what_was_heard_is_not_told_twice_and_its_seconds_go_on():
    there = [
        *(STARTED, step(1, 5.0), step(2, 6.0), epoch(1, 7.0), Changed(3, "rate", 0.5)),
        *(step(3, 7.5), step(4, 8.0), epoch(2, 9.0), Finished({})),
    ]
    assert list(Again.of(HEARD).news(there)) == [
        *(step(3, 1.75), step(4, 2.25), epoch(2, 3.25), Finished({}))
    ]
    assert list(Again().news(there)) == there


class ChangedOnce(Control):
    """Changes a setting at the second checkpoint."""

    def __init__(self, field: str, value: Any):
        self.calls, self.change = 0, {field: value}

    def checkpoint(self) -> dict[str, Any]:
        self.calls += 1
        return {**self.change} if self.calls == 2 else {}


@pytest.mark.own_process(each=True)
@pytest.mark.parametrize(
    "name", by_day(["linear-autoencoder"], ["keras-model", "linear-autoencoder", "feed-forward"])
)
def test_a_changed_run_is_repeated_to_the_letter(name):
    config = small(name)
    there = list(run_of(name)(config, ChangedOnce(*live_change(config))))
    (changed,) = of(there, Changed)
    heard = there[: there.index(changed) + 4]
    again = Again.of(heard)
    said = []
    control = PipeControl(config, said.append, again)
    news = list(again.news(run_of(name)(config, control)))
    for kind in (Step, Epoch):
        told = [dict(event.metrics) for event in of(there, kind)]
        repeated = [dict(event.metrics) for event in of(heard + news, kind)]
        for one in (*told, *repeated):
            for measured in [metric for metric in one if metric.endswith("train_s")]:
                del one[measured]
        assert repeated == [pytest.approx(metrics, rel=1e-6) for metrics in told]
    assert not of(news, Changed) and not said
    assert isinstance(news[-1], Finished)
