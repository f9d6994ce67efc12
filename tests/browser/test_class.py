"""A teacher and three students, each in a browser of their own, in one class."""

import os
import re
import signal
from html import escape

import pytest
from playwright.sync_api import expect

from tests.browser import access
from tests.browser.lesson import assert_nothing_is_wider_than_the_page, button, settled

pytestmark = pytest.mark.browser
FINISHED = re.compile("^Finished:")
SMALL = "epochs=2&units=16&lock=units"  # of the recorded run
SCRIPT = '<img src="x" onerror="window.scripted = 1">'
QUESTION, TASK = f"Which learns *faster*? {SCRIPT}", f"Train it. {SCRIPT}"
PHONE = {"viewport": {"width": 390, "height": 844}}
BEAMER = {"viewport": {"width": 1280, "height": 720}}


@pytest.fixture
def server(serve, tmp_path):
    with serve("tests/browser/recorded_kit/lessons.py", home=tmp_path) as server:
        yield server


def field(page, name):
    return page.get_by_role("textbox", name=re.compile(f"^{name}"))


def view(teacher, name):
    choice = teacher.get_by_role("radio", name=name, exact=True)
    choice.click()
    expect(choice).to_be_checked()
    settled(teacher)


def line(student):
    return student.locator(".st-key-class_line")


def results(teacher):
    return teacher.locator('[class*="st-key-class_results_"]')


def open_class(teacher, server):
    teacher.goto(f"{server.url}/class?lang=en")
    field(teacher, "What is the class called").fill("4B <i>x</i>")
    button(teacher, "Open a class").click()
    button(teacher, "Recovery phrase: look at it before you project").click()
    teacher.get_by_role("button", name="I have written it down").click()  # over the page
    expect(teacher.locator(".pangloss-qr[viewBox]")).to_have_count(1)
    return teacher.locator(".st-key-class_code").inner_text().strip()


def join(student, server, code, by_link):
    student.goto(f"{server.url}/join?lang=en" + (f"&code={code}" if by_link else ""))
    if not by_link:
        field(student, "The code").fill(code.lower())
    button(student, "Join").click()
    expect(line(student)).to_contain_text("4B <i>x</i>")


def rename(student, name):
    button(student, "Name, leave").click()
    field(student, "What the class calls you").fill(name)
    student.get_by_role("button", name="Call me so").click()
    expect(line(student)).to_contain_text(name)
    student.keyboard.press("Escape")


def ask(teacher, question):
    view(teacher, "Ask")
    field(teacher, "The question").fill(question)
    field(teacher, "Its answers").fill("the GRU\nthe LSTM")
    button(teacher, "Ask it").click()


def test_a_question_is_asked_and_answered(app, visitor):
    """What each day tells of a class; the night goes through all of it."""
    teacher, ada = visitor(**BEAMER), visitor(**PHONE)
    join(ada, app, open_class(teacher, app), by_link=True)
    ask(teacher, QUESTION)
    expect(line(ada)).to_contain_text(QUESTION)
    ada.get_by_role("radio", name="the GRU").click(force=True)
    expect(results(teacher)).to_contain_text("1 of 1 have answered")
    button(teacher, "Close the question").click()
    expect(ada.locator(".st-key-class_question")).to_have_count(0)


@pytest.mark.slow
def test_a_class_from_its_opening_to_its_end(server, visitor):
    teacher = visitor(**BEAMER)
    ada, bob, eve = visitor(**PHONE), visitor(**PHONE), visitor(**BEAMER)
    code = open_class(teacher, server)
    join(ada, server, code, by_link=True)
    join(bob, server, code, by_link=False)
    rename(bob, "<b>Zadig</b>")
    expect(teacher.get_by_text("2 are here")).to_be_visible()
    expect(teacher.get_by_text("<b>Zadig</b>")).to_be_visible()
    assert access.violations(teacher) == []

    # Asked in the teacher's words, answered on any page.
    ask(teacher, QUESTION)
    expect(results(teacher)).to_contain_text("0 of 2 have answered")
    bob.goto(f"{server.url}/cell?lang=en")
    for student, answer in ((ada, "the GRU"), (bob, "the LSTM")):
        expect(line(student)).to_contain_text(QUESTION)
        student.get_by_role("radio", name=answer).click(force=True)
        expect(line(student)).to_contain_text("Your answer is in")
    assert access.violations(ada) == []
    assert_nothing_is_wider_than_the_page(ada)
    expect(results(teacher)).to_contain_text("2 of 2 have answered")
    expect(results(teacher)).to_contain_text("1 · the LSTM")
    button(teacher, "Close the question").click()
    for student in (ada, bob):
        expect(student.locator(".st-key-class_question")).to_have_count(0)

    # Sent to a lesson; who is late is taken there, too.
    view(teacher, "Send")
    field(teacher, "With settings").fill(f"{server.url}/discover-patterns?{SMALL}")
    field(teacher, "A line at the head").fill(TASK)
    button(teacher, "Send everybody there").click()
    join(eve, server, code, by_link=True)
    for student in (ada, bob, eve):
        student.wait_for_url(re.compile(r"/discover-patterns\?.*units=16"))
        expect(line(student)).to_contain_text(TASK)

    # Predicted, trained, looked at.
    view(teacher, "Ask")
    button(teacher, "Ask this").first.click()
    eve.locator(".st-key-class_question").get_by_role("radio").first.click(force=True)
    expect(results(teacher).first).to_contain_text("1 of 3 have answered")
    button(teacher, "Close the question").click()
    for student in (ada, eve):
        button(student, "Train").first.click()
        expect(student.get_by_text(FINISHED).first).to_be_visible()
    expect(results(teacher).first).to_contain_text("on the right what 2 finished runs gave")
    view(teacher, "Wall")
    expect(teacher.get_by_text("Runs that have ended: 2 of 2.")).to_be_visible()
    expect(teacher.locator(".pangloss-plot[data-drawn]")).to_have_count(1)
    assert access.violations(teacher) == []
    button(teacher, "Make the report").click()
    with teacher.expect_download() as download:
        button(teacher, "Report (HTML)").click()
    report = download.value.path().read_text("utf-8")
    assert escape(QUESTION) in report and SCRIPT not in report

    # Looked up, and let go.
    view(teacher, "Send")
    field(teacher, "A sentence that dims").fill(f"Look! {SCRIPT}")
    button(teacher, "Dim the pages").click()
    for student in (ada, bob, eve):
        expect(student.get_by_role("alert").get_by_text(f"Look! {SCRIPT}")).to_be_visible()
    button(teacher, "Release the pages").click()
    for student in (ada, bob, eve):
        expect(student.get_by_text("Look!")).to_have_count(0)
        assert student.evaluate("window.scripted") is None
    assert teacher.evaluate("window.scripted") is None

    # Left, ended, deleted.
    button(ada, "Name, leave").click()
    ada.get_by_role("button", name="Leave the class").click()
    expect(line(ada)).to_have_count(0)
    view(teacher, "Key")
    button(teacher, "End the class").click()
    for student in (bob, eve):
        expect(line(student)).to_have_count(0)
    button(teacher, "Delete the class").click()
    teacher.get_by_role("button", name="Delete all of it").click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text("A class")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_a_class_outlasts_the_server_and_is_found_again_by_itself(serve, visitor, tmp_path):
    """The server dies without a word, between two looks of a student's page."""
    lessons = "tests/browser/recorded_kit/lessons.py"
    teacher = visitor("ERR_CONNECTION_REFUSED", **BEAMER)
    ada = visitor("/static/js/index", **PHONE)  # whose words on it come from there
    died = "ended by itself with status -9"
    with serve(lessons, home=tmp_path, end=died) as server:
        code = open_class(teacher, server)
        join(ada, server, code, by_link=True)
        ask(teacher, "Faster?")
        ada.get_by_role("radio", name="the LSTM").click(force=True)
        expect(line(ada)).to_contain_text("Your answer is in")
        port = int(server.url.rsplit(":", 1)[1])
        server.process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, server.process.pid, os.WEXITED | os.WNOWAIT)
    with serve(lessons, home=tmp_path, port=port):
        expect(results(teacher)).to_contain_text("1 of 1 have answered")
        button(teacher, "Close the question").click()
        expect(ada.locator(".st-key-class_question")).to_have_count(0)
        ada.goto("about:blank")
        teacher.goto("about:blank")
