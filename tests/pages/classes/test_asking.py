"""A class is opened, joined and asked, and its answers are held against its runs."""

import re
from collections import Counter
from html import escape

import pytest
import streamlit as st

from core.events import Started
from core.messages import Problem
from core.store.classes import clicker
from tests import recorded
from tests.events import only
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
from tests.pages.lesson import figure, notices, run_of
from ui.course import LESSONS
from ui.frame.classes import asked, board
from ui.notices import plain
from ui.runs.quiz import read_questions
from ui.texts import LANGUAGE_KEY, lesson_text

# Questions that the lesson's own figure answers.
OF_NO_RUN = {"cell": ["lstm", "gru", "rnn", "reach"], "gradient-flow": ["start"]}
HOSTILE = '<script>alert("x")</script> **[x](javascript:y)** $z$ :red[w]'


def test_a_class_is_opened_joined_and_asked(archive):
    teacher = page(hold, TEACHER)
    click(write(teacher, TEACHER, name="4B <b>"), TEACHER, "class.open")
    assert teacher.title[0].value == r"4B \<b\>"
    [held] = archive.classes.held_by(TEACHER)
    assert held.code in texts(teacher)
    ada = page(student, "ada", code=held.code.lower())
    again(click(ada, "ada", "class.join"), "ada")
    [member] = archive.classes.snapshot(held.number).members
    assert rf"**4B \<b\>** · {plain(member.pseudonym)}" in texts(ada)
    write(view(teacher, "ask"), TEACHER, own="Faster?")
    again(teacher, TEACHER, lambda at: at.text_area(key="class.choices").set_value("GRU\nLSTM"))
    click(teacher, TEACHER, "class.ask")
    [question] = archive.classes.snapshot(held.number).questions
    again(ada, "ada")
    key = f"class.answer.{question.number}"
    assert ada.radio(key=key).options == ["GRU", "LSTM"]
    again(ada, "ada", lambda at: at.radio(key=key).set_value("1"))
    assert archive.classes.snapshot(held.number).counts == {question.number: {"1": 1}}
    assert "1 of 1 have answered" in texts(again(teacher, TEACHER))
    click(teacher, TEACHER, "class.close")
    assert not again(ada, "ada").radio
    assert "closed; answers: 1" in texts(teacher)


def test_a_number_is_asked_and_its_median_told(archive):
    number, code = opened(archive)
    question = archive.classes.ask(TEACHER, number, "How many?", [])
    for who, given in (("ada", 3), ("bob", 4.5), ("eve", 100)):
        at, _member = joined(archive, code, who)
        key = f"class.answer.{question}"
        again(at, who, lambda at, key=key, given=given: at.number_input(key=key).set_value(given))
        click(at, who, "class.answer.send")
        assert at.caption[0].value.startswith("✓ Your answer is in.")
    teacher = view(page(hold, TEACHER), "ask")
    assert plain("Median 4.5, from 3 to 100.") in texts(teacher)


def test_what_one_tab_has_answered_the_other_shows(archive):
    number, code = opened(archive)
    question = archive.classes.ask(TEACHER, number, "?", ["a", "b"])
    key = f"class.answer.{question}"
    first, _member = joined(archive, code)
    second = again(page(student, "ada"), "ada")
    for at, chosen in ((first, "0"), (second, "1"), (first, "0")):
        again(at, "ada", lambda at, chosen=chosen: at.radio(key=key).set_value(chosen))
        assert {again(at, "ada").radio(key=key).value for at in (first, second)} == {chosen}
    assert archive.classes.snapshot(number).counts == {question: {"0": 1}}


def test_an_answer_that_comes_too_late_is_told_so(archive):
    number, code = opened(archive)
    question = archive.classes.ask(TEACHER, number, "?", ["a", "b"])
    at, _member = joined(archive, code)
    archive.classes.close_question(TEACHER, number)
    at.radio(key=f"class.answer.{question}").set_value("1")
    assert "This question is closed\\." in notices(again(at, "ada"))
    assert archive.classes.snapshot(number).counts == {}


def test_what_people_write_is_shown_as_it_was_written(archive):
    number, code = opened(archive, HOSTILE[:60])
    archive.classes.join("ada", code, "here")
    archive.classes.rename("ada", "<img src=x onerror=y>")
    archive.classes.set_task(TEACHER, number, HOSTILE)
    archive.classes.ask(TEACHER, number, HOSTILE, ["<b>a</b>", "**b**"])
    at, _member = joined(archive, code)
    name = rf"**{plain(HOSTILE[:60])}** · {plain('<img src=x onerror=y>')}"
    assert name in texts(at) and plain(HOSTILE) in texts(at)
    assert at.radio[0].label == plain(HOSTILE)
    assert at.radio[0].options == [plain("<b>a</b>"), plain("**b**")]
    teacher = view(page(hold, TEACHER), "ask")
    assert f"**{plain(HOSTILE)}**" in texts(teacher)
    assert teacher.title[0].value == plain(HOSTILE[:60])
    progress = [bar.proto.text for bar in teacher.get("progress")]
    assert progress == [f"**0** · {plain('<b>a</b>')}", f"**0** · {plain('**b**')}"]


def test_a_wrong_code_is_a_sentence_and_so_is_a_name_that_is_taken(archive):
    _number, code = opened(archive)
    at = page(student, "ada", code="ABCABC")
    assert notices(click(at, "ada", "class.join"))[0].startswith("No class that goes on has")
    archive.classes.join("bob", code, "here")
    archive.classes.rename("bob", "Zadig le sage")
    at, member = joined(archive, code)
    click(write(at, "ada", pseudonym="ZADIG le sage"), "ada", "class.rename")
    assert "Somebody in this class is called ZADIG le sage already\\." in notices(at)
    click(write(at, "ada", pseudonym="Zaïre"), "ada", "class.rename")
    assert archive.classes.membership("ada").pseudonym == "Zaïre" != member.pseudonym


def remember(archive, who, run="small", name="autoencoder"):
    """Keep a recorded run that somebody asks for."""
    told = recorded.recorded(name, run)
    job = f"{run} of {who}"
    archive.begin(job, name, dict(only(told, Started).config), who)
    archive.asked(who, job)
    archive.end(job, told, [0.1 * at for at in range(len(told))])
    assert archive.flush()
    return job


def test_predictions_stand_beside_what_the_runs_gave(archive):
    number, code = opened(archive)
    at, _member = joined(archive, code)
    words = read_questions(lesson_text("autoencoder", "quiz"))
    name, (text, options) = next(iter(words.items()))
    teacher = view(page(hold, TEACHER), "ask")
    again(
        teacher,
        TEACHER,
        lambda at: at.selectbox(key="class.ask.lesson").set_value("autoencoder"),
    )
    click(teacher, TEACHER, f"class.ask.autoencoder.{name}")
    [question] = archive.classes.snapshot(number).questions
    assert asked.words_of(question) == (text, options)
    again(at, "ada")
    chosen = next(iter(options))
    again(at, "ada", lambda at: at.radio(key=f"class.answer.{question.number}").set_value(chosen))
    for who in ("ada", "bob"):
        archive.classes.join(who, code, "here")
        for run in ("small", "two"):
            remember(archive, who, run)
    grader = asked.graded(question)
    assert grader
    gave = Counter(
        grader.grade(run)[0]
        for run in (run_of("autoencoder"), run_of("autoencoder", "two"))
        if grader.applies(run)
        for _who in range(2)
    )
    assert gave
    again(teacher, TEACHER)
    bars = [bar.proto.text for bar in teacher.get("progress")]
    said = [f"**{int(option == chosen)}** · {options[option]}" for option in options]
    assert bars == said + [f"**{gave[option]}** · {options[option]}" for option in options]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("lesson", sorted(set(LESSONS) - {"applications"}))
def test_a_lesson_s_questions_can_be_asked_and_are_plain_words_in_a_report(
    lesson, language, monkeypatch
):
    monkeypatch.setitem(st.session_state, LANGUAGE_KEY, language)
    questions = asked.of_lesson(lesson)
    assert len(questions) >= 2
    for name, (_text, options) in questions.items():
        assert clicker.FEWEST <= len(options) <= clicker.MOST
        question = clicker.Question(1, lesson, name, clicker.CHOICE, "", list(options), True)
        text, answers = asked.plain_words_of(question)
        assert text and list(answers) == list(options)
        assert not re.search(r"[*`${}\\[\]<>]", " ".join((text, *answers.values())))
        assert (asked.graded(question) is None) == (name in OF_NO_RUN.get(lesson, ()))


def test_the_wall_shows_runs_as_they_are_kept(archive):
    number, code = opened(archive)
    joined(archive, code)
    archive.classes.rename("ada", "Zadig")  # a long name is cut
    remember(archive, "ada")
    teacher = view(page(hold, TEACHER), "wall")
    assert texts(teacher)[0].startswith(plain("Runs that have ended: 1 of 1."))
    assert "Zadig" in str(figure(teacher, "wall.curves"))
    archive.classes.anonymise(TEACHER, number, True)
    drawn = str(figure(again(teacher, TEACHER), "wall.curves"))
    assert "Zadig" not in drawn and "Student 1" in drawn


def test_the_wall_counts_what_another_server_computes(archive, monkeypatch):
    _number, code = opened(archive)
    joined(archive, code)
    remember(archive, "ada")
    config = run_of("autoencoder").config.replace(seed=7).to_dict()
    archive.begin("elsewhere", "autoencoder", config, "ada")
    archive.asked("ada", "elsewhere")
    assert archive.flush()
    teacher = view(page(hold, TEACHER), "wall")
    assert texts(teacher)[0].startswith(plain("Runs that have ended: 1 of 1."))
    monkeypatch.setattr(archive, "under_way", lambda run: not run.ended)
    again(teacher, TEACHER)
    assert texts(teacher)[0].startswith(plain("Runs that have ended: 0 of 1."))  # ada's last


def test_what_the_class_did_is_taken_away(archive):
    number, code = opened(archive)
    joined(archive, code)
    question = archive.classes.ask(TEACHER, number, HOSTILE, ["<b>a</b>", "b"])
    archive.classes.answer("ada", question, "0")
    remember(archive, "ada")
    teacher = view(page(hold, TEACHER), "wall")
    click(teacher, TEACHER, "class.report")
    files = {name: content for _label, name, _kind, content in teacher.session_state["class.taken"]}
    assert list(files) == ["report.html", "runs.csv", "answers.csv"]
    assert HOSTILE not in files["report.html"] and escape(HOSTILE) in files["report.html"]
    assert "<b>a</b>" in files["answers.csv"] and "autoencoder" in files["runs.csv"]
    assert len(teacher.get("download_button")) == 3


def test_nobody_else_pays_for_the_line(archive, monkeypatch):
    _number, _code = opened(archive)
    asked_for = []
    membership = archive.classes.membership
    monkeypatch.setattr(
        archive.classes, "membership", lambda who: asked_for.append(who) or membership(who)
    )
    at = page(student, "eve")
    again(at, "eve")
    assert asked_for == ["eve"] and not at.caption


def test_a_class_is_read_once_a_second_for_all(archive, monkeypatch):
    number, _code = opened(archive)
    asked_for = []
    version = archive.classes.version
    monkeypatch.setattr(archive.classes, "version", lambda n: asked_for.append(n) or version(n))
    now = [100.0]
    monkeypatch.setattr(board.time, "monotonic", lambda: now[0])
    first = board.snapshot(number)
    assert all(board.snapshot(number) is first for _session in range(30)) and len(asked_for) == 1
    archive.classes.set_task(TEACHER, number, "look")
    now[0] += 0.5
    assert board.snapshot(number) is first
    now[0] += 0.5
    known = board.snapshot(number)
    assert known and known.of.task == "look" and len(asked_for) == 2


def test_what_was_known_is_shown_while_the_database_fails(archive, monkeypatch):
    number, code = opened(archive)
    at, member = joined(archive, code)

    def broken(*_what):
        raise Problem("The class cannot be read or changed now: {why}.", why="x")

    monkeypatch.setattr(archive.classes, "version", broken)
    assert rf"**4B** · {plain(member.pseudonym)}" in texts(again(at, "ada"))
    monkeypatch.setattr(archive.classes, "held_by", broken)
    assert notices(page(hold, TEACHER)) == [plain("The class cannot be read or changed now: x.")]
    assert board.snapshot(number)
