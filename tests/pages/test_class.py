"""A class: it is opened, joined, asked, sent to a lesson and deleted, by its pages."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.store import Archive, Settings
from tests.pages.lesson import checked
from ui import server
from ui.frame.classes import board

FRAME = Path(__file__).resolve().parents[2] / "ui" / "frame" / "script.py"


class Who:
    name = "teacher"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    archive = Archive(Settings(tmp_path / "home"))
    monkeypatch.setattr(server, "archive", lambda: archive)
    monkeypatch.setattr(server, "visitor", lambda: Who.name)
    board._classes.clear()
    board._members.clear()
    yield archive
    archive.close()


def hold():
    from ui.frame.classes.page import hold

    hold()


def student():
    from ui.frame.classes.joining import join
    from ui.frame.classes.line import class_line

    class_line()
    join()


def page(drawn, who, **params):
    """The page as one visitor sees it."""
    Who.name = who
    at = AppTest.from_function(drawn, default_timeout=120)
    for name, value in {"lang": "en", **params}.items():
        at.query_params[name] = value
    return checked(at.run())


def again(at, who, act=lambda at: None):
    """The page once more, after what somebody does there and once a second has gone by."""
    Who.name = who
    for known in board._classes.values():
        known.asked_s = -1e9
    act(at)
    return checked(at.run())


def texts(at):
    return [element.value for element in (*at.markdown, *at.text, *at.caption)]


def test_a_class_is_opened_joined_and_asked(archive):
    teacher = page(hold, "teacher")
    again(teacher, "teacher", lambda at: at.text_input(key="class.name").set_value("4B <b>"))
    again(teacher, "teacher", lambda at: at.button(key="class.open").click())
    assert teacher.title[0].value == r"4B \<b\>"
    [held] = archive.classes.held_by("teacher")
    assert held.code in texts(teacher)
    ada = page(student, "ada", code=held.code.lower())
    again(ada, "ada", lambda at: at.button(key="class.join").click())
    again(ada, "ada")
    [member] = archive.classes.snapshot(held.number).members
    assert rf"**4B \<b\>** · {member.pseudonym}" in texts(ada)
    again(teacher, "teacher", lambda at: at.segmented_control(key="class.view").set_value("ask"))
    again(teacher, "teacher", lambda at: at.text_input(key="class.own").set_value("Faster?"))
    again(teacher, "teacher", lambda at: at.text_area(key="class.choices").set_value("GRU\nLSTM"))
    again(teacher, "teacher", lambda at: at.button(key="class.ask").click())
    [question] = archive.classes.snapshot(held.number).questions
    again(ada, "ada")
    key = f"class.answer.{question.number}"
    assert ada.radio(key=key).options == ["GRU", "LSTM"]
    again(ada, "ada", lambda at: at.radio(key=key).set_value("1"))
    assert archive.classes.snapshot(held.number).counts == {question.number: {"1": 1}}
    again(teacher, "teacher")
    assert "1 of 1 have answered" in texts(teacher)
    again(teacher, "teacher", lambda at: at.button(key="class.close").click())
    again(ada, "ada")
    assert not ada.radio
