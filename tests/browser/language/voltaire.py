"""What the browser tests of the Voltaire lesson share."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.lesson import button, settled

SMALL = "corpus=conte&units=16"


def opened(page, url, query=""):
    """The page at the lesson's address with this query, at rest: else a press may be lost."""
    page.goto(f"{url}?{query}")
    expect(page.get_by_test_id("stTopNavLink").first).to_be_visible()
    settled(page)
    return page


def written(page):
    """The text; where it moves on the page, the one of old stands behind it for a moment."""
    return page.locator(".st-key-voltaire-text-reading .pangloss-reading .text").first


def text_of(page) -> str:
    """The text, once the server has answered."""
    settled(page)
    return written(page).text_content()


def asked(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def train(page):
    settled(page)
    button(page, "Train").click()
    losses_are_drawn(page)


def losses_are_drawn(page):
    """What stands further down is drawn when it is scrolled to."""
    curve = page.locator(".st-key-voltaire-loss .pangloss-plot")
    curve.scroll_into_view_if_needed()
    expect(curve).to_have_attribute("data-drawn", re.compile("."))
