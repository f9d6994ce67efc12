"""Everybody is sent to a lesson, asked to look up, and let go; a class ends and is deleted."""

import time

import pytest

from core.messages import Problem
from core.store.classes.members import DAY_S
from tests.pages.classes.class_page import (
    TEACHER,
    again,
    click,
    hold,
    joined,
    opened,
    page,
    student,
    texts,
    view,
    write,
)
from tests.pages.lesson import component, notices, url
from ui.frame.classes import board
from ui.frame.classes.student import line
from ui.frame.classes.teacher import links
from ui.notices import plain
from ui.state import progress


@pytest.fixture
def led(monkeypatch):
    """Where the line has led its students: to which lesson, with which settings."""
    found = []

    def lead(page, to):
        found.append((page.url_path, to))
        progress.enter(page.url_path)

    monkeypatch.setattr(line.address, "lead", lead)
    return found


def test_everybody_is_led_there_once_and_who_is_late_as_well(archive, led):
    number, code = opened(archive)
    ada, _member = joined(archive, code)
    teacher = view(page(hold, TEACHER), "send")
    link = "http://somewhere:1/autoencoder?depth=2&lang=fr&job=x&view=class&lock=depth"
    write(teacher, TEACHER, send_link=link, task="Train *it*")
    click(teacher, TEACHER, "class.send")
    there = ("autoencoder", {"depth": "2"})  # what is locked does not stand in an address
    again(ada, "ada")
    again(ada, "ada")
    assert led == [there]
    assert r"Train \*it\*" in texts(ada)
    late, _member = joined(archive, code, "bob")
    assert led == [there, there]
    click(teacher, TEACHER, "class.send")
    for who, at in (("ada", ada), ("bob", late)):
        again(at, who)
    assert led == [there] * 4
    assert "The class was sent to Simple and stacked autoencoders" in texts(teacher)[-1].replace(
        "\\", ""
    )
    assert archive.classes.snapshot(number).of.pushed == 2


def sending_seeds():
    """A teacher's page about to send everybody to the autoencoders, with a seed for each."""
    teacher = view(page(hold, TEACHER), "send")
    again(
        teacher, TEACHER, lambda at: at.selectbox(key="class.send.lesson").set_value("autoencoder")
    )
    again(teacher, TEACHER, lambda at: at.checkbox(key="class.send.seed.autoencoder").check())
    return teacher


def test_settings_are_shared_out_and_each_has_a_seed(archive, led):
    number, code = opened(archive)
    teacher = sending_seeds()
    again(
        teacher,
        TEACHER,
        lambda at: at.multiselect(key="class.send.fields.autoencoder").set_value(
            ["depth", "width"]
        ),
    )
    again(
        teacher,
        TEACHER,
        lambda at: at.multiselect(key="class.send.lock.autoencoder").set_value(["depth", "seed"]),
    )
    click(
        write(teacher, TEACHER, send_values_depth="1 2 9", send_values_width="32 64"),
        TEACHER,
        "class.send",
    )
    assert notices(teacher)[0].startswith(plain("depth must be a whole number from 0 to "))
    click(write(teacher, TEACHER, send_values_depth="1 1"), TEACHER, "class.send")
    assert notices(teacher) == [plain("depth needs one value or more, and each of them once.")]
    click(write(teacher, TEACHER, send_values_depth="1 2"), TEACHER, "class.send")
    students = [again(joined(archive, code, who)[0], who) for who in ("ada", "bob", "eve", "zoe")]
    shares = [("1", "32"), ("2", "64"), ("1", "64"), ("2", "32")]  # each combination once
    assert led == [
        ("autoencoder", {"depth": depth, "width": width, "seed": str(place + 1)})
        for place, (depth, width) in enumerate(shares)
    ]
    assert archive.classes.snapshot(number).of.lesson == "autoencoder"
    held = [at.session_state["controls.held"] for at in students]
    assert held == [
        {"depth": depth, "seed": str(place + 1)} for place, (depth, _width) in enumerate(shares)
    ]


def test_a_change_of_the_page_that_was_lost_is_asked_for_again(archive, monkeypatch):
    asked = []
    monkeypatch.setattr(line.address, "lead", lambda page, _to: asked.append(page.url_path))
    number, code = opened(archive)
    archive.classes.push(TEACHER, number, "cell", {}, "")
    ada, _member = joined(archive, code)
    again(ada, "ada")
    assert asked == ["cell"] * 3  # with each look at the page


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "https://evil.example/",
        "//evil.example/x",
        "file:///cell",
        "/work",
        "/cell/../work",
        "http://[",
        "/cell?" + "a=b&" * 41,
        "/cell?a=" + "x" * 801,
        "/cell?a=%00",
        "/cell?" + "x" * 2001,
    ],
)
def test_a_link_that_leads_to_no_lesson_is_refused(link):
    with pytest.raises(Problem, match=r"^This is no link to a lesson here: “Copy link”, above a"):
        links.read_link(link)


@pytest.mark.parametrize("link", ["depth=99", "depth=x", "seed=-1"])
def test_a_link_with_a_value_that_its_setting_cannot_have_is_refused(link):
    with pytest.raises(Problem, match=r"must be a whole number from"):
        links.read_link(f"/autoencoder?{link}")


@pytest.mark.parametrize(
    "link", ["/cell?cell=gru&Bad=1&job=x", "cell?cell=gru", "http://a/cell?cell=gru#train"]
)
def test_a_link_is_read_by_its_path_and_its_settings(link):
    assert links.read_link(link) == ("cell", {"cell": "gru"})


def test_pages_are_dimmed_with_a_sentence_until_they_are_released(archive):
    _number, code = opened(archive)
    ada, _member = joined(archive, code)
    assert component(ada, "class_eyes") == {"sentence": ""}
    teacher = view(page(hold, TEACHER), "send")
    click(write(teacher, TEACHER, eyes="<b>Look</b>"), TEACHER, "class.dim")
    assert component(again(ada, "ada"), "class_eyes") == {"sentence": "<b>Look</b>"}
    assert plain("The students’ pages say: <b>Look</b>") in notices(teacher)
    click(teacher, TEACHER, "class.release")
    assert component(again(ada, "ada"), "class_eyes") == {"sentence": ""}
    click(teacher, TEACHER, "class.dim")
    assert component(again(ada, "ada"), "class_eyes") == {"sentence": "Eyes here, please."}
    ada.query_params["lang"] = "fr"
    said = {"sentence": "Regardez ici, s’il vous plaît."}
    assert component(again(ada, "ada"), "class_eyes") == said


def test_a_reload_shows_what_was_shown(archive):
    opened(archive)
    teacher = view(page(hold, TEACHER), "ask")
    assert url(teacher) == {"lang": "en", "shown": "ask"}
    teacher = page(hold, TEACHER, **url(teacher))
    assert teacher.segmented_control(key="class.view").value == "ask"
    teacher = page(hold, TEACHER, shown="x")
    assert teacher.segmented_control(key="class.view").value == "invite"


def test_names_are_hidden_from_the_teacher_s_page(archive):
    number, code = opened(archive)
    _ada, member = joined(archive, code)
    teacher = page(hold, TEACHER)
    assert member.pseudonym in texts(teacher)
    again(teacher, TEACHER, lambda at: at.toggle(key="class.anonymous").set_value(True))
    assert member.pseudonym not in texts(teacher)
    assert archive.classes.snapshot(number).of.anonymous


def test_who_leaves_has_the_line_no_more(archive):
    number, code = opened(archive)
    ada, _member = joined(archive, code)
    click(ada, "ada", "class.leave")
    again(ada, "ada")
    assert not any("4B" in text for text in texts(ada))
    assert archive.classes.snapshot(number).members == []


def test_a_page_that_was_left_open_is_in_the_class_of_yesterday_no_more(archive, monkeypatch):
    number, code = opened(archive)
    ada, _member = joined(archive, code)
    now = time.time() + DAY_S + 1
    monkeypatch.setattr(archive.classes, "_clock", lambda: now)
    board._members.clear()  # each is looked up again after a minute
    again(again(ada, "ada"), "ada")
    assert not any("4B" in text for text in texts(ada))
    click(write(ada, "ada", code=code), "ada", "class.join")
    assert "4B" in "".join(texts(again(ada, "ada")))
    assert len(archive.classes.snapshot(number).members) == 1


def test_a_class_ends_and_is_deleted(archive):
    number, code = opened(archive)
    ada, _member = joined(archive, code)
    teacher = view(page(hold, TEACHER), "keep")
    click(teacher, TEACHER, "class.end")
    again(again(ada, "ada"), "ada")
    assert not any("4B" in text for text in texts(ada))
    assert "This class has ended." in texts(again(teacher, TEACHER))
    click(teacher, TEACHER, "class.delete")
    assert teacher.title[0].value == "A class"
    assert archive.classes.version(number) is None


def test_a_phrase_moves_the_class_to_another_browser(archive):
    teacher = page(hold, TEACHER)
    click(write(teacher, TEACHER, name="4B"), TEACHER, "class.open")
    [shown] = [text for text in texts(teacher) if text.startswith("Write this recovery phrase")]
    phrase = shown.split("`")[1]
    click(teacher, TEACHER, "class.hide")
    assert not any(phrase in text for text in texts(teacher))
    other = page(hold, "other")
    click(write(other, "other", recovery="wrong"), "other", "class.recover")
    assert notices(other)[0].startswith("No class has this recovery phrase")
    click(write(other, "other", recovery=phrase), "other", "class.recover")
    assert other.title[0].value == "4B"
    assert again(teacher, TEACHER).title[0].value == "A class"


def test_a_link_to_join_has_the_code_in_it(archive):
    _number, code = opened(archive)
    assert page(student, "ada", code=code).text_input(key="class.code").value == code


def test_what_is_set_for_one_lesson_is_not_sent_with_a_link_to_another(archive, led):
    number, _code = opened(archive)
    teacher = sending_seeds()
    write(teacher, TEACHER, send_link="http://somewhere:1/cell?units=2")
    click(teacher, TEACHER, "class.send")
    assert notices(teacher)[0].startswith(plain("The link leads to The cell, step by step; what "))
    assert archive.classes.snapshot(number).of.pushed == 0
