"""Thought vectors in a browser: a sentence is typed, and passages answer, their words marked."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_sentence_is_answered_and_what_carried_it_is_marked(page, url):
    page.goto(f"{url}/thought-vectors?lang=en&text=tale&sentence=une+temp%C3%AAte+en+mer")
    counting = page.locator(".pangloss-hits section").nth(1)
    expect(counting.get_by_role("heading")).to_have_text("BM25 (shared words)")
    expect(counting.locator("mark").first).to_have_text("mer")
    typed = page.locator(".st-key-thought_vectors-sentence input")
    typed.fill("le roi <b>et</b> sa cour")
    typed.press("Enter")
    expect(counting.locator("mark", has_text=re.compile("^roi$")).first).to_be_visible()
    expect(page.locator(".pangloss-hits b")).to_have_count(0)  # what was typed is no markup
    meaning = page.locator(".pangloss-hits section").nth(0)
    expect(meaning.locator("li")).to_have_count(3)
    strong = meaning.locator("mark.carried-3").first
    expect(strong).to_have_css("font-weight", "700")  # not by colour alone
    expect(strong).to_have_css("text-decoration-line", "underline")
    page.wait_for_url(re.compile("sentence=le"))
