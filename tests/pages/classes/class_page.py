"""The pages of a class as visitors see them, one after the other."""

from streamlit.testing.v1 import AppTest

from tests.pages.lesson import checked
from ui.frame.classes import board

TEACHER = "teacher"


class Who:
    """Who the server takes the visitor for."""

    name = TEACHER


def hold():
    from ui.frame.classes.teacher.page import hold

    hold()


def student():
    from ui.frame.classes.student.joining import join
    from ui.frame.classes.student.line import class_line

    class_line()
    join()


def page(drawn, who, **params):
    """The page as one visitor sees it."""
    at = AppTest.from_function(drawn, default_timeout=120)
    for name, value in {"lang": "en", **params}.items():
        at.query_params[name] = value
    return again(at, who)


def again(at, who, act=lambda at: None):
    """The page once more, after what somebody does there and once a second has gone by."""
    Who.name = who
    for known in board._classes.values():
        known.asked_s = -1e9
    act(at)
    return checked(at.run())


def click(at, who, key):
    return again(at, who, lambda at: at.button(key=key).click())


def write(at, who, **fields):
    """Write into text fields, by their keys without "class."."""
    for name, words in fields.items():
        key = f"class.{name.replace('_', '.')}"
        again(at, who, lambda at, key=key, words=words: at.text_input(key=key).set_value(words))
    return at


def view(at, name):
    return again(at, TEACHER, lambda at: at.segmented_control(key="class.view").set_value(name))


def texts(at):
    return [element.value for element in (*at.markdown, *at.text, *at.caption)]


def opened(archive, name="4B"):
    """A class: its number and its code."""
    number, _phrase = archive.classes.open(TEACHER, name)
    return number, archive.classes.snapshot(number).of.code


def joined(archive, code, who="ada"):
    """A student's page, and who the student is there."""
    archive.classes.join(who, code, "here")
    board._members.clear()
    return again(page(student, who), who), archive.classes.membership(who)
