"""The clock of a replay, and how much of a run it has told."""

import pytest

from core.events import Epoch, Finished, Started, Step
from ui.runs import replay
from ui.runs.replay import Replay

EVENTS = [
    Started("kit", {}, 1, 4, 2),
    Step(1, 0.5, 3.0, {}),
    Step(2, 1.0, 4.0, {}),
    Epoch(1, 2, 4.0, {}),
    Step(3, 1.5, 5.0, {}),
    Step(4, 2.0, 6.0, {}),
    Epoch(2, 4, 6.0, {}),
    Finished({}),
]


@pytest.fixture
def clock(monkeypatch):
    """What the clock says, to be set."""
    now = [100.0]
    monkeypatch.setattr(replay, "Replay", lambda length_s: Replay(length_s, lambda: now[0]))
    monkeypatch.setattr(replay, "_replays", replay.OrderedDict())
    return now


def test_a_run_is_told_as_it_came_and_its_end_at_last(clock):
    replay.begin("me", "job", EVENTS)
    begun = replay.of("me", "job")
    counts = []
    for clock[0] in (100.0, 102.9, 103.0, 104.0, 105.5, 105.99):
        counts.append(begun.due(EVENTS))
    assert counts == [1, 1, 2, 4, 5, 5]
    assert begun.due(EVENTS[4:]) == 1  # of what has not been told yet
    clock[0] = 106.0
    assert begun.due(EVENTS) == len(EVENTS)
    assert begun.over
    assert replay.of("me", "job") is None
    assert replay.of("you", "job") is None


def test_a_replay_is_held_goes_on_and_ends_at_once(clock):
    replay.begin("me", "job", EVENTS)
    begun = replay.of("me", "job")
    clock[0] += 2
    begun.pause()
    clock[0] += 50
    assert (begun.held, begun.elapsed_s) == (True, 2)
    begun.pause()
    begun.resume()
    begun.resume()
    clock[0] += 1.5
    assert (begun.held, begun.elapsed_s, begun.over) == (False, 3.5, False)
    begun.to_end()
    assert (begun.elapsed_s, begun.over) == (6.0, True)


def test_the_oldest_replays_are_forgotten(clock, monkeypatch):
    monkeypatch.setattr(replay, "_MOST", 2)
    for visitor in ("a", "b", "c"):
        replay.begin(visitor, "job", EVENTS)
    assert replay.of("a", "job") is None
    assert replay.of("c", "job") is not None
