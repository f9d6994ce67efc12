"""What browser tests share: a page at rest, its buttons, its charts, its linked planes."""

import itertools
from contextlib import suppress

from playwright.sync_api import TimeoutError

TOO_WIDE = """() =>
    [document.documentElement, document.querySelector('[data-testid="stMain"]')]
        .filter(box => box.scrollWidth > Math.min(box.clientWidth, innerWidth))
        .map(box => `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`)"""


# Tables and formulas whose end is seen only by scrolling them; unseen ones have no width.
CUT = """() =>
    Array.from(document.querySelectorAll(
        '[data-testid="stMarkdown"] :is(.katex-display, table), [data-testid="stTable"], pre'))
        .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
        .map(box => `${box.scrollWidth} > ${box.clientWidth}: ${box.textContent.slice(0, 60)}`)"""

# Labels of charts on one another or on a point's own words, by more than a rounded pixel.
ON_ONE_ANOTHER = """() =>
    Array.from(document.querySelectorAll(".pangloss-plot")).flatMap(plot => {
        const notes = Array.from(plot.querySelectorAll(".annotation-text-g"));
        const words = [...notes, ...plot.querySelectorAll(".scatterlayer .textpoint")];
        const boxes = words.map(note => note.getBoundingClientRect());
        const meet = (a, b) => Math.min(a.right, b.right) > Math.max(a.left, b.left) + 1
            && Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top) + 1;
        return notes.flatMap((note, i) => words.slice(i + 1)
            .filter((_, j) => meet(boxes[i], boxes[i + 1 + j]))
            .map(other => `${note.textContent} | ${other.textContent}`));
    })"""
# Words of charts that reach out of them: a title that is too long, a label without room.
OUT_OF_CHART = """() =>
    Array.from(document.querySelectorAll(".pangloss-plot")).flatMap(plot => {
        const chart = plot.getBoundingClientRect();
        return Array.from(plot.querySelectorAll(".infolayer text, .scatterlayer .textpoint text"))
            .filter(text => {
                const box = text.getBoundingClientRect();
                return box.width && (box.right > chart.right + 1 || box.left < chart.left - 1);
            })
            .map(text => text.textContent);
    })"""

_SEEDS = itertools.count(300)


def new_seed() -> str:
    """For the URL: a seed without a run, for a second try would join what the first has left."""
    return f"seed={next(_SEEDS)}"


# A chart is drawn when it is near the window's part of the page.
AT_REST = """() => document.fonts.status === "loaded"
    && Array.from(document.querySelectorAll(".pangloss-plot")).every(plot => {
        const {top, bottom} = plot.getBoundingClientRect();
        const near = top < 1.4 * innerHeight && bottom > -0.4 * innerHeight;
        return plot.dataset.drawn || !plot.checkVisibility() || !near;
    })"""


# Every word that a button shows from now on, however short.
SHOWN = """button => {
    button.shown = [];
    new MutationObserver(() => button.shown.push(button.textContent))
        .observe(button, {childList: true, characterData: true, subtree: true});
}"""


def copied(page, button, words) -> str:
    """What ``button`` copies; it says so in ``words``, for a moment."""
    button.evaluate(SHOWN)
    button.click()
    handle = button.element_handle()
    page.wait_for_function("([button, words]) => button.shown.includes(words)", arg=[handle, words])
    return page.evaluate("navigator.clipboard.readText()")


def settled(page):
    """Wait until the server has answered and all is drawn: nothing moves from under the pointer."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_function(AT_REST)


def assert_nothing_is_wider_than_the_page(page):
    """Neither the document nor the part of it that Streamlit scrolls, once charts have shrunk."""
    with suppress(TimeoutError):
        page.wait_for_function(f"() => ({TOO_WIDE})().length === 0", timeout=60_000)
    assert page.evaluate(TOO_WIDE) == []


def assert_no_text_is_cut(page):
    """No table and no formula has to be scrolled to be read."""
    assert page.evaluate(CUT) == []


def assert_labels_are_apart(page):
    """No two words in a chart stand on one another, and none reaches out of it."""
    assert page.evaluate(ON_ONE_ANOTHER) == []
    assert page.evaluate(OUT_OF_CHART) == []


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
