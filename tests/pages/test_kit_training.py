"""The kit's Train: pressed once or twice, while a run waits or goes on, and of a prepared run."""

import time

from tests.browser.kit.experiment import find
from tests.pages.kit_page import FAST, SLOW, page, press, status
from tests.pages.lesson import checked, engine_fixture, notices, until, url
from ui import server
from ui.notices import plain
from ui.runs.following import training
from ui.state import visits

engine = engine_fixture(find)


def test_pressing_train_twice_submits_once(engine):
    at = page(seed="20", **SLOW)
    button = at.button(key="kit.train")
    checked(button.click().run())
    job, visitor = url(at)["job"], at.session_state[server.COOKIE]
    checked(button.click().run())  # as it stood on screen at the first click
    assert url(at)["job"] == job
    assert visits.remembered(visitor, "kit") == [job]
    engine.kill(job, visitor)


def test_a_press_is_not_lost_where_the_page_is_drawn_no_further():
    """As when the browser reports something else before the button's line is reached."""
    at = page(seed="42", **FAST)
    at.session_state["away"] = True
    press(at, "train")
    assert "job" not in url(at)
    at.session_state["away"] = False
    checked(at.run())
    assert url(at)["job"]
    until(at, lambda at: status(at).startswith("Finished"))


def test_a_waiting_run_can_be_stopped(engine):
    at = page(seed="37", **SLOW)
    press(at, "train")
    first, visitor = url(at)["job"], at.session_state[server.COOKIE]
    at.number_input(key="kit.seed").set_value(38)
    checked(at.run())
    press(at, "train")
    press(at, "stop")
    until(at, lambda at: "The run was ended before it began\\." in notices(at))
    assert status(at) == "Ended before it had begun"
    assert not at.button(key="kit.train").disabled
    engine.kill(first, visitor)


def test_a_live_setting_reaches_the_run_and_no_other_does(engine):
    at = page(seed="29", **SLOW)
    press(at, "train")
    job, visitor = url(at)["job"], at.session_state[server.COOKIE]
    until(at, lambda at: status(at).startswith("Epoch"))
    at.select_slider(key="kit.learning_rate").set_value(0.1)
    checked(at.run())
    until(at, lambda at: at.session_state["kit.follower"].view().changes)
    run = checked(at.run()).session_state["kit.follower"].view()  # which the page has seen now
    assert [(c.field, c.value) for c in run.changes] == [("learning_rate", 0.1)]
    assert run.config.learning_rate == 0.1
    assert notices(at) == []
    assert at.button(key="kit.train").disabled
    at.slider(key="kit.dropout").set_value(0.5)  # another run now: this one is let alone
    at.select_slider(key="kit.learning_rate").set_value(0.2)
    checked(at.run())
    time.sleep(0.5)
    checked(at.run())
    assert len(at.session_state["kit.follower"].view().changes) == 1
    engine.kill(job, visitor)
    until(at, lambda at: plain("The run was ended.") in notices(at))
    at.slider(key="kit.dropout").set_value(0.0)
    at.select_slider(key="kit.learning_rate").set_value(0.1)
    checked(at.run())  # these settings from the start are another run than the one changed to them
    assert not at.button(key="kit.train").disabled


def test_a_run_that_begins_at_once_has_its_figures_with_the_press(engine, monkeypatch):
    monkeypatch.setattr(engine, "prepared", lambda *_run: True)
    monkeypatch.setattr(training, "_AT_ONCE_S", 60)
    at = page(seed="53", **SLOW)
    press(at, "train")
    assert status(at).startswith("Epoch")
    assert "nothing yet" not in [text.value for text in at.text]
    press(at, "stop")
    until(at, lambda at: status(at).startswith("Stopped"))


def test_a_run_that_is_over_at_once_has_its_page_with_the_press(engine, monkeypatch):
    def wait(job):
        while not engine.job(job).ended:
            time.sleep(0.01)

    monkeypatch.setattr(engine, "prepared", lambda *_run: True)
    monkeypatch.setattr(training, "_wait_for_first_loss", wait)
    at = page(seed="54", epochs="3", **FAST)
    press(at, "train")
    assert status(at).startswith("Finished")
    assert len(at.get("download_button")) == 4
