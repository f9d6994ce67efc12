"""What a browser remembers of the course: told at the start of a session, sent back to it."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from ui.state import browser, progress


def context(sent):
    """What Streamlit knows of a browser that tells this cookie."""
    cookies = {browser.COOKIE: sent} if sent else {}
    return SimpleNamespace(cookies=SimpleNamespace(to_dict=lambda: cookies), locale=None)


@pytest.fixture
def session(monkeypatch):
    """Begins a session whose browser tells this cookie."""

    def begin(sent=""):
        state = SimpleNamespace(session_state={}, context=context(sent))
        monkeypatch.setattr(browser, "st", state)
        monkeypatch.setattr(progress, "st", state)

    return begin


def test_what_is_new_is_sent_and_what_is_known_is_not(session):
    session("opened.cell=1&cell.second=first")
    assert browser.known() == {"opened.cell": "1", "cell.second": "first"}
    browser.remember("cell.second", "first")
    assert browser.news() == {}
    browser.remember("cell.second", "last")
    assert browser.news() == {"cell.second": "last"}
    assert browser.known() == {"opened.cell": "1", "cell.second": "last"}
    assert browser.is_behind()
    assert browser.send() == {"cell.second": "last"}
    assert not browser.is_behind()


def test_what_is_too_long_is_not_believed_and_not_sent(session):
    session("a=" + 61 * "x" + "&b=" + 60 * "x")
    assert browser.known() == {"b": 60 * "x"}
    for name, value in (("a", ""), ("", "a"), ("a", 61 * "x")):
        with pytest.raises(ValueError, match="1 to 60 characters each"):
            browser.remember(name, value)


def test_a_lesson_is_opened_trained_and_answered(session):
    session("opened.voltaire=1")
    assert progress.of("voltaire") == {"opened"}
    progress.enter("cell")
    progress.mark_here("answered")
    progress.mark("voltaire", "trained")
    assert progress.of("voltaire") == {"opened", "trained"}
    assert progress.of("cell") == {"opened", "answered"}
    progress.enter("")  # the home page is no lesson
    progress.mark_here("trained")
    assert browser.news() == {"opened.cell": "1", "answered.cell": "1", "trained.voltaire": "1"}


def test_an_answer_is_there_again_in_another_session(monkeypatch):
    def script():
        from ui.runs.quiz import ask

        ask("lesson.first.answer", "Which?", {"one": "the one", "other": "the other"})

    at = AppTest.from_function(script, default_timeout=120).run()
    at.radio[0].set_value("other").run()
    assert at.session_state["browser.news"] == {"lesson.first.answer": "other"}
    for name, shown in [("other", "other"), ("neither", None)]:
        monkeypatch.setattr(browser.st, "context", context(f"lesson.first.answer={name}"))
        again = AppTest.from_function(script, default_timeout=120).run()
        assert again.radio[0].value == shown
