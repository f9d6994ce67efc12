"""The lesson on translation in a browser: a gaze is drawn by the mouse, and by keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import settled

pytestmark = pytest.mark.browser
PATH = "/translation?lang=en"


def piece(page, row, word):
    return page.locator(f".pangloss-gaze .{row} button", has_text=re.compile(f"^{word}$")).first


def test_a_word_tells_what_it_looked_at_and_its_gaze_can_be_drawn_elsewhere(page, url):
    page.goto(url)
    settled(page)
    said = page.locator(".pangloss-gaze .said")
    piece(page, "told", "chat").hover()
    expect(said).to_contain_text(re.compile("“chat” looked at: .*cat"))
    expect(page.locator(".pangloss-gaze path.lit")).not_to_have_count(0)
    piece(page, "told", "chat").drag_to(piece(page, "asked", "she"))
    settled(page)
    page.mouse.move(1, 1)
    expect(said).to_contain_text(re.compile("eld on “she”"))
    expect(page.locator(".pangloss-gaze .changed .piece")).not_to_have_count(0)
    page.get_by_role("button", name="Let it go").click()
    settled(page)
    expect(page.locator(".pangloss-gaze .changed .piece")).to_have_count(0)

    piece(page, "told", "noir").press("Enter")
    expect(said).to_contain_text("Now press the word that “noir” shall look at.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    expect(piece(page, "asked", "she")).to_be_focused()
    page.keyboard.press("Enter")
    settled(page)
    page.mouse.move(1, 1)
    expect(page.get_by_role("button", name="Let it go")).to_be_visible()


def test_a_typed_sentence_is_translated_and_stands_in_the_address(page, url):
    page.goto(url)
    settled(page)
    field = page.locator(".st-key-translation-sentence input")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(field).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('.st-key-translation-sentence input').clientWidth > 300"
    )
    field.fill("I know you.")
    field.press("Enter")
    expect(piece(page, "asked", "know")).to_be_visible()
    page.wait_for_url(re.compile("sentence=I\\+know\\+you"))
    settled(page)
    expect(piece(page, "told", "∎")).to_be_visible()
