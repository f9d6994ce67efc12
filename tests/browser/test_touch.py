"""A thumb that scrolls the page gets past what a finger moves."""

from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import settled

pytestmark = pytest.mark.browser

SCROLLED = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop"
INTO_VIEW = "part => part.scrollIntoView({block: 'end'})"
SEQUENCE = "() => document.querySelector('.pangloss-cell').cell.inputs()"
# Three looks a tenth of a second apart at which the page is scrolled equally far.
REST = """async () => {
    const main = document.querySelector('[data-testid="stMain"]');
    for (let seen = [NaN]; seen.length < 3 || new Set(seen.slice(-3)).size > 1; ) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
        seen.push(main.scrollTop);
    }
}"""
PIXELS = "() => Array.from(document.querySelector('.pangloss-scribble').pad.pixels)"


@pytest.fixture
def telephone(visitor):
    return visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


def middle(part):
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def swipe(page, x, y, down):
    """A finger that moves from there so far down; returns by how much the page has scrolled."""
    before = page.evaluate(SCROLLED)
    session = page.context.new_cdp_session(page)

    def send(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for part in range(1, 11):
        send("touchMove", {"x": x, "y": y + down * part / 10})
    page.evaluate(REST)  # A finger that leaves in motion flings the page, which then rolls on.
    send("touchMove", {"x": x, "y": y + down})
    send("touchEnd")
    page.evaluate(REST)
    return page.evaluate(SCROLLED) - before


@pytest.mark.slow
def test_the_inputs_of_a_cell(telephone, url):
    telephone.goto(f"{url}/cell?lang=en&preset=remember&output=linear&sequence=0.5+-1+1+0")
    bar = telephone.locator(".bar-box.input").nth(1)
    bar.wait_for()
    settled(telephone)
    bar.evaluate(INTO_VIEW)
    sequence = partial(telephone.evaluate, SEQUENCE)
    x, y = middle(bar)
    assert swipe(telephone, x, y - 30, down=150) < -100
    assert sequence() == [0.5, -1, 1, 0]
    bar.tap()
    assert sequence() == [0.5, 0, 1, 0]
    swipe(telephone, *middle(bar.locator(".grip")), down=25)
    first, drawn, *others = sequence()
    assert [first, *others] == [0.5, 1, 0] and drawn < -0.5


@pytest.mark.slow
def test_the_sheet_that_is_drawn_on(telephone, url):
    telephone.goto(f"{url}/denoising-autoencoder?lang=en")
    telephone.locator('.pangloss-scribble[data-ready="true"]').wait_for()
    settled(telephone)
    pad = telephone.locator(".pangloss-scribble .pad")
    clean = telephone.evaluate(PIXELS)
    assert swipe(telephone, *middle(pad), down=-150) > 100
    assert telephone.evaluate(PIXELS) == clean
    pad.tap()
    expect(pad).to_have_attribute("data-tapped", "")
    touched = telephone.evaluate(PIXELS)
    assert touched != clean
    x, y = middle(pad)
    assert swipe(telephone, x + 60, y, down=-60) == 0
    assert telephone.evaluate(PIXELS) != touched
    telephone.locator(".sheet figcaption").tap()
    expect(pad).not_to_have_attribute("data-tapped", "")
