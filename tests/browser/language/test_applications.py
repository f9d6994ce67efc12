"""What networks are for, in a browser: typed, looked at closer, guessed and remembered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import assert_labels_are_apart, button, chart, settled

pytestmark = pytest.mark.browser
PATH = "/applications?lang=en"


def test_a_sentence_is_answered_looked_at_closer_and_a_guess_outlives_a_reload(visitor, url):
    page = visitor()
    page.goto(url)
    settled(page)
    cards = page.locator(".st-key-cards")
    expect(cards.get_by_text("mille sept cent cinquante-neuf")).to_be_visible()
    sentence = page.locator(".st-key-applications-sentence input")
    sentence.fill("How do I train a network?")
    sentence.press("Enter")
    expect(cards.get_by_text("Choose the settings and press “Train”")).to_be_visible()

    button(page, "Chatbot").click()
    expect(page.get_by_role("heading", name="Chatbot")).to_be_visible()
    expect(chart(page, "From 0.4 on")).to_be_visible()
    page.wait_for_url(re.compile("field=chatbot"))
    button(page, "Speech synthesis").click()
    page.wait_for_function("() => document.querySelector('audio')?.duration > 0.5")
    expect(chart(page, "730 Hz")).to_be_visible()
    assert_labels_are_apart(page)

    row = page.locator(".st-key-row_dialog")
    row.get_by_role("radio", name="still really hard").click()
    expect(row.get_by_text(re.compile("^✓ The course’s table"))).to_be_visible()
    page.reload()
    settled(page)
    expect(row.get_by_text(re.compile("^✓ The course’s table"))).to_be_visible()
    button(page, "FR").click()
    expect(row.get_by_text(re.compile("^✓ Le tableau du cours"))).to_be_visible()
    expect(cards.get_by_text("Je n’ai pas compris.")).to_be_visible()
