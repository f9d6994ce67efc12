"""The lesson on texts in a browser: a sentence is typed and read, by another network, in French."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import assert_labels_are_apart, button, chart, settled

pytestmark = pytest.mark.browser
PATH = "/text-class?lang=en"


def sentence(page):
    return page.locator(".st-key-text_class-sentence input")


def test_a_sentence_that_is_typed_is_read_word_by_word(page, url):
    page.goto(url)
    settled(page)
    expect(chart(page, "It says").first).to_be_visible()
    sentence(page).fill("a warm and funny film")
    sentence(page).press("Enter")
    read = chart(page, "It says positive").filter(has_text="warm")
    expect(read).to_be_visible()
    settled(page)
    ticks = read.locator(".x2tick text, .xtick text")
    expect(ticks.filter(has_text="funny")).to_have_count(1)
    expect(read).to_have_attribute("aria-label", re.compile("warm .*%, and .*%, funny .*%"))
    page.wait_for_url(re.compile("sentence=a\\+warm\\+and\\+funny\\+film"))
    assert_labels_are_apart(page)

    page.get_by_text("Both directions", exact=True).first.click()
    expect(chart(page, "Two readers meet nowhere")).to_be_visible()
    button(page, "FR").click()
    expect(chart(page, "Il dit positif")).to_be_visible()
    expect(sentence(page)).to_have_value("a warm and funny film")
