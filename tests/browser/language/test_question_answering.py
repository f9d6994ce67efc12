"""The lesson on questions in a browser: a typed story is answered, the hops drawn, in French."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import assert_labels_are_apart, button, chart, settled

pytestmark = pytest.mark.browser
PATH = "/question-answering?lang=en"


def field(page, name):
    return page.locator(f".st-key-question_answering-{name} input")


def test_a_story_that_is_typed_is_answered_hop_by_hop(page, url):
    page.goto(url)
    settled(page)
    expect(chart(page, "It says garden")).to_be_visible()
    field(page, "story").fill("John got the apple. John went to the office. Mary left.")
    field(page, "story").press("Enter")
    settled(page)
    field(page, "question").fill("Where is the apple?")
    field(page, "question").press("Enter")
    drawn = chart(page, "It says office")
    expect(drawn).to_be_visible()
    settled(page)
    expect(drawn.locator(".ytick text").filter(has_text="◆")).to_have_count(2)
    expect(drawn).to_have_attribute("aria-label", re.compile("hop 1: most at"))
    page.wait_for_url(re.compile("question=Where\\+is\\+the\\+apple"))
    assert_labels_are_apart(page)

    field(page, "question").fill("Where is the apple")
    field(page, "question").press("Enter")
    expect(page.get_by_text("The question has no question mark")).to_be_visible()
    field(page, "question").fill("Where is the apple?")
    field(page, "question").press("Enter")
    expect(drawn).to_be_visible()
    settled(page)
    button(page, "FR").click()
    expect(chart(page, "Il dit office")).to_be_visible()
    expect(field(page, "question")).to_have_value("Where is the apple?")
