"""The kit follows a run: trained, paused, watched, found again, waiting, failing."""

import gc
import itertools
import re
import time
import weakref

import pytest
import streamlit as st

from core.events import Step
from tests.browser.kit.experiment import KitConfig, find
from tests.pages.kit_page import FAST, SLOW, config_of, page, press, status
from tests.pages.lesson import checked, engine_fixture, notices, tables, until, url
from ui import server
from ui.notices import plain
from ui.runs.following import live, steering
from ui.runs.following.pace import Pace
from ui.runs.run import Follower

engine = engine_fixture(find)


@pytest.mark.parametrize(
    ("lang", "finished", "numbers"),
    [
        ("en", "Finished: 3 epochs · held-out loss 1.68 · 0 s of training", "Numbers"),
        (
            "fr",
            "Terminé\N{NO-BREAK SPACE}: 3 époques · held-out loss 1,68 · 0 s d’apprentissage",
            "Chiffres",
        ),
    ],
)
def test_a_run_from_train_to_what_is_taken_away(lang, finished, numbers):
    at = page(lang=lang, seed=f"1{len(lang + finished)}", epochs="3", **FAST)
    assert at.text[0].value == "nothing yet"
    press(at, "train")
    assert url(at)["job"]
    until(at, lambda at: at.get("download_button"))
    until(at, lambda at: len(at.get("download_button")) == 4)
    assert status(at) == finished
    assert at.button(key="kit.train").disabled
    assert at.button(key="kit.stop").disabled
    assert "chosen None after epoch 3" in [t.value for t in at.text]
    assert tables(at)[0].iloc[0]["held-out loss"] == pytest.approx(1.68)
    assert [b.proto.label for b in at.get("download_button")][-1] == numbers
    checked(at.run())  # every widget's choices are found again by their words


def test_pause_one_step_resume_stop(engine):
    at = page(seed="21", **SLOW)
    press(at, "train")
    job = url(at)["job"]
    until(at, lambda at: not at.button(key="kit.pause").disabled)
    press(at, "pause")
    until(at, lambda at: status(at).startswith("Paused in epoch "))

    def steps():  # an epoch's last step is followed by its Epoch: only Steps are counted
        return sum(isinstance(event, Step) for event in engine.events(job))

    before = steps()
    press(at, "step")
    until(at, lambda _: steps() > before)
    time.sleep(0.5)  # long enough for five more, and a second click within it is dropped
    assert steps() == before + 1
    press(at, "resume")
    until(at, lambda at: status(at).startswith("Epoch "))
    press(at, "stop")
    until(at, lambda at: status(at).startswith("Stopped after epoch"))
    assert not at.button(key="kit.train").disabled


@pytest.mark.parametrize(
    ("button", "words"), [("pause", "Pausing"), ("stop", "Stopping"), ("step", "One step")]
)
def test_what_a_run_has_yet_to_do_is_said(engine, monkeypatch, button, words):
    at = page(seed="53", **SLOW)
    press(at, "train")
    until(at, lambda at: not at.button(key="kit.pause").disabled)
    monkeypatch.setattr(engine, button, lambda *_: None)  # as if it never came to a checkpoint
    monkeypatch.setattr(steering, "_SETTLE_S", 0)
    monkeypatch.setattr(engine, "events", lambda *_: [])  # nor said any more
    press(at, button)
    assert status(at).startswith(f"{words} · Epoch ")
    monkeypatch.undo()
    engine.kill(url(at)["job"], at.session_state[server.COOKIE])


def test_the_second_click_on_pause_does_not_resume(engine, monkeypatch):
    monkeypatch.setattr(steering, "_DOUBLE_CLICK_S", 60)  # however busy the machine is
    at = page(seed="22", **SLOW)
    press(at, "train")
    until(at, lambda at: not at.button(key="kit.pause").disabled)
    press(at, "pause")
    press(at, "resume")
    assert engine.job(url(at)["job"]).state == "paused"
    engine.kill(url(at)["job"], at.session_state[server.COOKIE])


def test_the_scrubber_shows_an_epoch_as_it_was_and_keeps_it():
    at = page(seed="23", epochs="5", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    scrubber = at.select_slider(key=f"kit.epoch.{url(at)['job']}")
    assert scrubber.options == ["1", "2", "3", "4", "the last"]
    checked(scrubber.set_value(2).run())
    assert "chosen None after epoch 2" in [t.value for t in at.text]
    checked(at.run())
    assert "chosen None after epoch 2" in [t.value for t in at.text]
    checked(at.select_slider(key=f"kit.epoch.{url(at)['job']}").set_value(0).run())
    assert "chosen None after epoch 5" in [t.value for t in at.text]


def test_a_stranger_watches_without_controls_and_may_train_their_own(engine):
    owner = page(seed="24", **SLOW)
    press(owner, "train")
    job = url(owner)["job"]
    until(owner, lambda at: status(at).startswith("Epoch"))
    stranger = page(job=job, seed="24", **SLOW)
    assert status(stranger).startswith("Epoch")
    assert not [b for b in stranger.button if b.key in ("kit.pause", "kit.step", "kit.stop")]
    assert notices(stranger) == [
        "You are watching someone else's run; only the one who started it can steer it. "
        "Change a setting, then Train starts one of your own."
    ]
    assert stranger.button(key="kit.train").disabled
    stranger.number_input(key="kit.seed").set_value(25)
    checked(stranger.run())
    assert plain("These curves belong to another setting: Seed 24 (now 25).") in notices(stranger)
    press(stranger, "train")
    assert url(stranger)["job"] != job
    for at in (owner, stranger):
        engine.kill(url(at)["job"], at.session_state[server.COOKIE])


def test_a_run_says_how_long_it_has_still_to_go(engine):
    at = page(seed="43", step_ms="100", epochs="20")
    press(at, "train")
    until(at, lambda at: status(at).endswith(" left"))
    assert re.search(r" · about \d+ s left$", status(at))
    engine.kill(url(at)["job"], at.session_state[server.COOKIE])


def test_a_run_is_found_again_after_a_page_switch():
    at = page(seed="36", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    before = url(at)
    at.session_state["away"] = True
    checked(at.run())
    at.session_state["away"] = False
    for name in list(at.query_params):
        del at.query_params[name]
    checked(at.run())
    assert url(at) == before
    assert status(at).startswith("Finished")


def test_an_expired_run_offers_its_settings_again():
    at = page(job="long-gone", units="128", lang="fr", seed="26", **FAST)
    assert notices(at)[0].startswith("L’apprentissage de ce lien n’est plus conservé")
    assert config_of(at) == KitConfig(units=128, seed=26, step_ms=0)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Terminé"))


def test_the_curves_say_when_they_belong_to_another_setting():
    at = page(seed="27", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    assert notices(at) == []
    at.button_group(key="kit.cell").set_value("gru")
    checked(at.run())
    assert notices(at) == [plain("These curves belong to another setting: Cell LSTM (now GRU).")]
    assert not at.button(key="kit.train").disabled


def test_a_run_that_fails_says_so_in_a_sentence():
    at = page(learning_rate="1", name="*Doctor*", seed="28", **FAST)
    press(at, "train")
    until(at, lambda at: at.error)
    assert [e.value for e in at.error] == [plain("The loss of *Doctor* is not a number.")]


@pytest.fixture
def redrawn(monkeypatch):
    """Name of each fragment of a run -> how often it is redrawn, in s; None for never."""
    found, fragment = {}, st.fragment

    def noted(function=None, *, run_every=None, **more):
        if function and function.__module__ == live.__name__:
            found[function.__name__] = run_every
        return fragment(function, run_every=run_every, **more)

    monkeypatch.setattr(st, "fragment", noted)
    for pace in ("_BARS", "_STAGES"):  # on which others have left no trace
        monkeypatch.setattr(live, pace, Pace(0.05))
    return found


def test_where_many_runs_are_looked_at_each_is_redrawn_less_often(redrawn):
    at = page(seed="34", **SLOW)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Epoch"))
    assert redrawn == {"_bar": 1.0, "_stage": 1.0}
    for pace in (live._BARS, live._STAGES):
        for who in range(100):
            with pace.look(who):
                pass
    checked(at.run())
    assert redrawn == {"_bar": 5.0, "_stage": 5.0}
    press(at, "stop")
    until(at, lambda at: status(at).startswith("Stopped"))


@pytest.mark.parametrize("empty", range(6))
def test_figures_and_what_stands_before_them_are_never_drawn_together(empty, engine, monkeypatch):
    at = page(seed=f"6{empty}", epochs="1", **FAST)
    read, readings = Follower.catch_up, itertools.repeat(False)

    def catch_up(follower, engine):
        if next(readings, True):
            read(follower, engine)

    monkeypatch.setattr(Follower, "catch_up", catch_up)
    press(at, "train")
    until(at, lambda at: engine.job(url(at)["job"]).ended)
    readings = itertools.repeat(False, empty)  # the news come in the middle of drawing a page
    texts = [text.value for text in checked(at.run()).text]
    assert ("nothing yet" in texts) != ("chosen None after epoch 1" in texts)


def test_a_second_run_waits_and_begins_when_the_first_is_stopped(redrawn):
    at = page(seed="30", **SLOW)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Epoch"))
    at.number_input(key="kit.seed").set_value(31)
    checked(at.run())
    press(at, "train")
    assert status(at) == "Waiting: place 1 in the queue."
    assert redrawn == {"_bar": 1.0, "_stage": None}  # what is here before a run stands still
    at.number_input(key="kit.seed").set_value(32)
    checked(at.run())
    press(at, "train")
    assert plain("You already have a run waiting; wait until it begins, or stop it.") in notices(at)
    press(at, "stop_other")
    until(at, lambda at: status(at).startswith("Epoch"))
    assert redrawn == {"_bar": 1.0, "_stage": 1.0}
    press(at, "stop")
    until(at, lambda at: status(at).startswith("Stopped"))


def test_a_visit_holds_the_run_that_it_follows_and_none_before(engine):
    at = page(seed="50", epochs="3", **FAST)
    followed = []
    for seed in (50, 51, 52):
        at.number_input(key="kit.seed").set_value(seed)
        checked(at.run())
        press(at, "train")
        until(at, lambda at: status(at).startswith("Finished"))
        followed.append(weakref.ref(at.session_state["kit.follower"]))
    checked(at.run())  # the press that led to the last run knows of the one before
    gc.collect()
    assert [one() is None for one in followed] == [True, True, False]
