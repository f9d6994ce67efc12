"""The lesson on tags in a browser: a sentence is typed, its words walked by keys, in French."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import assert_labels_are_apart, button, chart, settled

pytestmark = pytest.mark.browser
PATH = "/tagger?lang=en"


def tags(page):
    return page.locator(".pangloss-tags")


def test_a_sentence_that_is_typed_is_tagged_and_walked_by_keys(page, url):
    page.goto(url)
    settled(page)
    expect(tags(page).locator(".chosen")).to_have_text("la")
    sentence = page.locator(".st-key-tagger-sentence input")
    sentence.fill("La porte est ouverte.")
    sentence.press("Enter")
    words = tags(page).locator(".word")
    expect(words).to_have_count(5)
    expect(tags(page)).to_have_attribute("aria-label", re.compile("La DET, porte NOUN, est AUX"))
    expect(words.nth(1).locator(".tag")).to_have_text(["NOUN", "→NOUN", "←VERB"])
    expect(words.nth(1).locator(".differs")).to_have_count(1)
    words.nth(1).focus()
    expect(tags(page).locator(".chosen")).to_have_text("porte")
    page.keyboard.press("ArrowRight")
    expect(words.nth(2)).to_be_focused()
    expect(tags(page).locator(".chosen")).to_have_text("est")
    expect(tags(page).locator(".row")).to_have_count(3)
    expect(tags(page).locator(".row").first).to_contain_text(re.compile(r"both sidesAUX \d"))
    page.keyboard.press("End")
    expect(words.nth(4)).to_be_focused()
    page.wait_for_url(re.compile("sentence=La\\+porte\\+est\\+ouverte"))
    expect(chart(page, "The best path of the whole sentence")).to_be_visible()
    assert_labels_are_apart(page)

    page.get_by_text("Names", exact=True).first.click()
    expect(tags(page)).to_have_attribute("aria-label", re.compile("La O"))
    button(page, "FR").click()
    expect(tags(page).locator(".key")).to_contain_text("par la gauche seule")
    expect(sentence).to_have_value("La porte est ouverte.")
