"""Every lesson's first screen: its figure, and the button that trains."""

from playwright.sync_api import expect

from tests.browser.lesson import assert_no_text_is_cut, settled
from ui.course import LESSONS

WIDE, LOW, TELEPHONE = (1366, 768), (1280, 720), (390, 844)
HIGHEST, SEEN, SEEN_BY_A_CLASS = 300, 2 / 3, 0.8

# The figure, or the part of a component that is: its top, the share of it that is seen; the bottom
# of the button that trains.
TRAIN = '[class*="-train "] [data-testid="stBaseButton-primary"]'
MEASURE = """() => {
    const figure =
        document.querySelector(".pangloss-figure") ?? document.querySelector(".st-key-figure");
    const box = figure.getBoundingClientRect();
    // In class view and on a telephone the steps to try stand at the window's foot.
    const steps = document.querySelector(".st-key-running_order");
    const foot = steps.offsetHeight ? steps.getBoundingClientRect().top : innerHeight;
    const seen = Math.min(box.bottom, foot) - Math.max(box.top, 0);
    const train = Array.from(document.querySelectorAll('TRAIN')).find((one) => one.offsetHeight);
    return {
        top: box.top,
        seen: Math.max(0, seen) / box.height,
        height: box.height,
        train: train?.getBoundingClientRect().bottom ?? null,
    };
}""".replace("TRAIN", TRAIN)


# Rows of controls of which the last sticks out of its column.
STICKING_OUT = """() => Array.from(document.querySelectorAll('[class*="st-key-controls_"]'))
    .filter(row => Array.from(row.children).some(one =>
        one.getBoundingClientRect().right > row.getBoundingClientRect().right + 1))
    .map(row => row.className)"""


# Where the chapters end and the language begins, pixels from the left.
CHAPTERS_END = """() => Math.max(...Array.from(document.querySelectorAll(
    '[data-testid="stHeader"] [data-testid^="stTopNav"]:not(nav)'),
    one => one.getBoundingClientRect().right))"""
LANGUAGE_BEGINS = """() => Math.min(...Array.from(document.querySelectorAll('.st-key-strip button'),
    one => one.getBoundingClientRect()).filter(box => box.width).map(box => box.left))"""


def assert_the_figure_is_in_it(page, url, lesson, *, projected=True, read=(WIDE, LOW)):
    """As a class sees it, ``projected``; as one reads it, on such screens and on a telephone.

    In French, whose words are the longer ones. The page is left as it was looked at last.
    """
    resize(page, LOW)
    page.goto(f"{url}/{lesson}?lang=fr" + "&view=class" * projected)
    screens = {"class view": measured(page, lesson, LOW, asks=True)} if projected else {}
    if projected and read:
        page.get_by_role("button", name="Vue de lecture").click()
        page.wait_for_url(lambda address: "view=" not in address)
    if read:
        screens |= {size: measured(page, lesson, size) for size in read}
        assert_no_text_is_cut(page)  # the column of text is narrowest on the low screen
        telephone = measured(page, lesson, TELEPHONE, asks=True)
        assert telephone["top"] < TELEPHONE[1], telephone
    for size, screen in screens.items():
        by_a_class = size == "class view"
        assert screen["seen"] >= (SEEN_BY_A_CLASS if by_a_class else SEEN), (size, screen)
        assert by_a_class or screen["top"] <= HIGHEST, (size, screen)
        assert (screen["train"] or 0) < LOW[1], (size, screen)
        assert (screen["train"] is not None) == LESSONS[lesson].trains, (size, screen)


def resize(page, size):
    """Width and height of the window, pixels."""
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))


def measured(page, lesson, size, *, asks=False):
    """What is where at this size, once all is drawn.

    asks: whether the head says what the lesson asks, and the window's foot which step comes next.
    """
    resize(page, size)
    page.wait_for_function("width => innerWidth === width", arg=size[0])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if LESSONS[lesson].trains:
        expect(page.locator(TRAIN).filter(visible=True).first).to_be_visible()
    page.locator(".st-key-onward").wait_for(state="attached")  # the last thing of a lesson
    for where in (".st-key-lesson_question", ".st-key-running_order"):
        expect(page.locator(where)).to_be_visible(visible=asks)
    settled(page)
    assert page.locator(".st-key-figure").count() == 1  # that of ui.layout
    assert page.evaluate(STICKING_OUT) == []
    if size[0] > TELEPHONE[0]:
        assert page.evaluate(CHAPTERS_END) < page.evaluate(LANGUAGE_BEGINS), size
    return page.evaluate(MEASURE)
