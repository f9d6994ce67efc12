"""The clock of a replay, and how much of a run it has told."""

from functools import partial

import pytest

from core.events import Epoch, Finished, Queued, Started, Step
from ui.runs.following import replay
from ui.runs.following.replay import Replay

EVENTS = [
    Queued(1),
    Started("kit", {}, 1, 4, 2),
    Step(1, 0.5, 1.0, {}),
    Step(2, 1.0, 2.0, {}),
    Epoch(1, 2, 2.0, {}),
    Step(3, 1.5, 3.0, {}),
    Step(4, 2.0, 4.0, {}),
    Epoch(2, 4, 4.0, {}),
    Finished({}),
]
# Two seconds until it begins, one for each test, and as many for its files.
TIMES_S = [0.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]


@pytest.fixture
def clock(monkeypatch):
    """What the clock says, to be set."""
    now = [100.0]
    monkeypatch.setattr(replay, "Replay", partial(Replay, clock=lambda: now[0]))
    monkeypatch.setattr(replay, "_replays", replay.OrderedDict())
    return now


def begun():
    replay.begin("me", "job", EVENTS, TIMES_S)
    mine = replay.of("me", "job")
    assert mine is not None
    return mine


def test_a_run_takes_as_long_as_it_took_its_owner(clock):
    mine = begun()
    counts = []
    for clock[0] in (100.0, 101.9, 102.0, 103.0, 105.5, 108.99):
        counts.append(mine.come_to)
    assert counts == [1, 1, 2, 3, 5, 8]
    assert mine.since_start_s == pytest.approx(6.99)
    clock[0] = 109.0
    assert mine.come_to == len(EVENTS)
    assert mine.over
    assert replay.of("me", "job") is None
    assert replay.of("you", "job") is None


def test_a_replay_is_held_goes_on_and_ends_at_once(clock):
    mine = begun()
    clock[0] += 2
    mine.pause()
    clock[0] += 50
    assert (mine.held, mine.elapsed_s) == (True, 2)
    mine.pause()
    mine.resume()
    mine.resume()
    clock[0] += 1.5
    assert (mine.held, mine.elapsed_s, mine.over) == (False, 3.5, False)
    mine.to_end()
    assert (mine.elapsed_s, mine.over, mine.come_to) == (9.0, True, len(EVENTS))


def test_the_oldest_replays_are_forgotten(clock, monkeypatch):
    monkeypatch.setattr(replay, "_MOST", 2)
    for visitor in ("a", "b", "c"):
        replay.begin(visitor, "job", EVENTS, TIMES_S)
    assert replay.of("a", "job") is None
    assert replay.of("c", "job") is not None
