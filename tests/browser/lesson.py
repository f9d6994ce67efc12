"""What browser tests share: a page at rest, its buttons, its charts, its linked planes."""

import itertools
from contextlib import suppress

from playwright.sync_api import TimeoutError

TOO_WIDE = """() =>
    [document.documentElement, document.querySelector('[data-testid="stMain"]')]
        .filter(box => box.scrollWidth > Math.min(box.clientWidth, innerWidth))
        .map(box => `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`)"""


_SEEDS = itertools.count(300)


def new_seed() -> str:
    """For the URL: a seed without a run, for a second try would join what the first has left."""
    return f"seed={next(_SEEDS)}"


AT_REST = """() => document.fonts.status === "loaded"
    && Array.from(document.querySelectorAll(".pangloss-plot")).every(plot => plot.dataset.drawn)"""


def settled(page):
    """Wait until the server has answered and all is drawn: nothing moves from under the pointer."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_function(AT_REST)


def assert_nothing_is_wider_than_the_page(page):
    """Neither the document nor the part of it that Streamlit scrolls, once charts have shrunk."""
    with suppress(TimeoutError):
        page.wait_for_function(f"() => ({TOO_WIDE})().length === 0", timeout=60_000)
    assert page.evaluate(TOO_WIDE) == []


def button(page, name):
    """In the page itself: Streamlit's own bar may have one of the same name."""
    return page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)


def chapter(page, name):
    """The button of a chapter, in the bar above."""
    return page.get_by_test_id("stTopNav").get_by_role("button", name=name, exact=True)


def chart(page, words):
    """The live charts in whose text for those who do not see it these words stand."""
    return page.locator(f'.pangloss-plot[aria-label*="{words}"]')


def planes_at(page, url, query=""):
    """The first linked planes of the page at an address, once they show a decoded image."""
    page.goto(f"{url}&{query}")
    board = page.locator(".pangloss-planes[data-decoded]").first
    board.wait_for()
    settled(page)
    return board


def hand(board, plane=0):
    """Where the hand is on a plane: the first is the code's, the second PCA's."""
    return board.locator(".scatters canvas").nth(2 * plane + 1)


def decoded(board):
    """The decoded picture, as the browser has painted it."""
    return board.locator(".decoded canvas").evaluate("canvas => canvas.toDataURL()")
