"""Who asks for a run that somebody has trained sees it told again."""

from functools import partial

import pytest

from core.events import Epoch, Started
from tests.browser.kit.experiment import find
from tests.pages.kit_page import FAST, config_of, page, press, status
from tests.pages.lesson import checked, engine_fixture, notices, tables, until, url
from ui import server
from ui.runs.following import replay
from ui.runs.following.replay import Replay

engine = engine_fixture(find)


@pytest.fixture
def replay_clock(monkeypatch):
    """The clock of the replays that begin, in seconds, to be set."""
    now = [0.0]
    monkeypatch.setattr(replay, "Replay", partial(Replay, clock=lambda: now[0]))
    return now


def trained(seed):
    """The page of somebody whose run has ended."""
    at = page(seed=seed, epochs="3", **FAST)
    press(at, "train")
    return until(at, lambda at: status(at).startswith("Finished"))


def test_who_asks_for_a_run_that_somebody_has_trained_sees_its_replay(engine, replay_clock):
    first = trained("35")
    second = page(seed="35", epochs="3", **FAST)
    press(second, "train")
    job = url(second)["job"]
    assert job == url(first)["job"]
    assert status(second) == "Replay · Starting: numbers come with the first steps of training."
    assert [n for n in notices(second) if n.startswith("Someone has already trained")]
    assert second.button(key="kit.train").disabled
    assert not [b for b in second.button if b.key in ("kit.pause", "kit.step", "kit.stop")]
    assert not tables(second)  # which would say how it ends
    said = list(zip(engine.events(job), engine.times_s(job), strict=True))
    replay_clock[0] = next(at_s for event, at_s in said if isinstance(event, Started))
    checked(second.run())
    assert status(second) == "Replay · Epoch 1 of 3 · 0 s of training"
    replay_clock[0] = next(at_s for event, at_s in said if isinstance(event, Epoch))
    checked(second.run())
    assert "chosen None after epoch 1" in [t.value for t in second.text]
    press(second, "replay_pause")
    replay_clock[0] += 1000
    checked(second.run())
    assert status(second).startswith("Replay · Paused in epoch 1 of 3")
    press(second, "replay_resume")
    press(second, "replay_end")
    checked(second.run())  # as the bar has the page drawn anew
    assert status(second) == status(first)
    assert notices(second)[0] == (
        "Someone has already trained with these settings: the same settings give the same run."
    )
    assert len(tables(second)[0]) == 1


def test_a_replay_is_found_again_and_a_run_that_was_seen_is_not_replayed(replay_clock, monkeypatch):
    job = url(trained("40"))["job"]
    monkeypatch.setattr(server, "visitor", lambda: "a second visitor")
    settings = {"seed": "40", "epochs": "3", **FAST}
    at = page(**settings)
    press(at, "train")
    assert status(page(job=job, **settings)).startswith("Replay")  # after a reload
    replay_clock[0] += 1000
    assert status(page(job=job, **settings)).startswith("Finished")
    again = page(**settings)  # without the run
    press(again, "train")
    assert status(again).startswith("Finished")


def test_a_replay_gives_way_to_a_run_with_a_seed_of_ones_own(engine, replay_clock):
    first = trained("41")
    second = page(seed="41", epochs="3", **FAST)
    press(second, "train")
    press(second, "own_seed")
    assert config_of(second).seed != 41
    assert config_of(second).replace(seed=41) == config_of(first)
    job = url(second)["job"]
    assert job != url(first)["job"]
    assert url(second)["seed"] == str(config_of(second).seed)
    assert engine.owns(job, second.session_state[server.COOKIE])
    until(second, lambda at: status(at).startswith("Finished"))
