"""The calculator in a browser: it is asked, asked wrongly, and one is trained and stopped."""

import re

import pytest
from playwright.sync_api import expect

from core import pretrained
from core.experiments.calculator.analysis import LONGEST
from core.numeric.language.seq2seq import Seq2Seq
from tests.browser.lesson import button, new_seed, settled

pytestmark = pytest.mark.browser

TINY = "digits=1&units=16&embedding_dim=4&epochs=100&epoch_updates=200&batch_size=16"


def shown(page):
    """The answer that stands on the page."""
    return page.locator(".pangloss-ask")


def ask(page, text):
    settled(page)
    box = page.get_by_role("textbox", name="Your question")
    box.fill(text)
    button(page, "Ask").click()


@pytest.mark.slow
def test_a_question_is_asked_and_what_was_asked_before_stays(page, url):
    model, _card = pretrained.load("calculator", Seq2Seq)
    first, second = (model.answers([text], LONGEST)[0] for text in ("12+345", "34*7"))
    page.goto(f"{url}/calculator")
    expect(shown(page).locator(".question")).to_have_text("12+345 =")
    expect(shown(page).locator(".digits .symbol")).to_have_text(list(first))
    ask(page, "34×7")
    expect(shown(page).locator(".question")).to_have_text("34×7 =")
    expect(shown(page).locator(".digits .symbol")).to_have_text(list(second.replace("-", "−")))
    page.wait_for_url(re.compile(r"ask=34(\*|%2A)7"))
    again = page.get_by_role("button", name=re.compile(r"^12\+345 = "))
    expect(again).to_be_visible()
    again.click()
    expect(shown(page).locator(".question")).to_have_text("12+345 =")
    looked = page.locator('.pangloss-plot[aria-label^="Where it looked while it wrote"]')
    expect(looked.locator(".main-svg").first).to_be_visible()


@pytest.mark.slow
def test_what_cannot_be_asked_is_said_and_the_answer_stays(page, url):
    page.goto(f"{url}/calculator?ask=88-907")
    expect(shown(page).locator(".question")).to_have_text("88−907 =")
    for text, said in (
        ("2^8", "It has not learned powers"),
        ("9" * 10_000, "That has 10,000 characters"),
        ("<img src=x>", "cannot be part of a question here"),
    ):
        ask(page, text)
        expect(page.get_by_test_id("stAlert").filter(has_text=said)).to_be_visible()
        expect(shown(page).locator(".question")).to_have_text("88−907 =")
    assert page.locator("img[src=x]").count() == 0
    ask(page, "1234+5")
    expect(shown(page).locator(".outside")).to_contain_text("Outside what it has learned")
    expect(page.get_by_test_id("stAlert").filter(has_text="Powers")).to_have_count(0)


@pytest.mark.slow
def test_a_network_is_trained_answers_above_and_is_stopped(page, url):
    page.goto(f"{url}/calculator?{TINY}&ask=3%2B4&{new_seed()}")
    button(page, "Train").click()
    page.get_by_text("The run below", exact=True).click()
    expect(page.get_by_text("LSTM of 16 units")).to_be_visible()
    expect(shown(page).locator(".question")).to_have_text("3+4 =")
    button(page, "Stop").click()
    expect(page.get_by_text(re.compile(r"^Stopped after epoch \d+ of 100"))).to_be_visible()
    expect(button(page, "Keras code")).to_be_visible()
    curve = page.locator('.pangloss-plot[aria-label*="of the held-out answers are right"]')
    curve.scroll_into_view_if_needed()
    expect(curve.locator(".main-svg").first).to_be_visible()
