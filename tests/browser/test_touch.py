"""A thumb that scrolls the page gets past what a finger moves."""

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import settled

pytestmark = pytest.mark.browser

SCROLLED = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop"
PIXELS = "() => Array.from(document.querySelector('.pangloss-scribble').pad.pixels)"


@pytest.fixture
def telephone(visitor):
    return visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


def middle(part):
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def swipe(page, x, y, up=150):
    """A thumb that pushes the page up from there; returns by how much it has scrolled."""
    before = page.evaluate(SCROLLED)
    gesture = {"x": x, "y": y, "yDistance": -up, "speed": 600, "gestureSourceType": "touch"}
    page.context.new_cdp_session(page).send("Input.synthesizeScrollGesture", gesture)
    return page.evaluate(SCROLLED) - before


def drag(page, x, y, down):
    """A finger that moves from there, without haste."""
    session = page.context.new_cdp_session(page)

    def send(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for part in range(1, 6):
        send("touchMove", {"x": x, "y": y + down * part / 5})
    send("touchEnd")


def test_the_inputs_of_a_cell(telephone, url):
    telephone.goto(f"{url}/cell?lang=en&preset=remember&output=linear&sequence=0.5+-1+1+0")
    bar = telephone.locator(".bar-box.input").nth(1)
    bar.scroll_into_view_if_needed()
    settled(telephone)
    sequence = telephone.get_by_role("textbox", name="The sequence x")
    x, y = middle(bar)
    assert swipe(telephone, x, y - 30) > 100
    expect(sequence).to_have_value("0.5 -1 1 0")
    x, y = middle(bar)
    telephone.touchscreen.tap(x, y)
    expect(sequence).to_have_value("0.5 0 1 0")
    before = telephone.evaluate(SCROLLED)
    drag(telephone, *middle(bar.locator(".grip")), down=25)
    expect(sequence).not_to_have_value("0.5 0 1 0")
    assert telephone.evaluate(SCROLLED) == before


def test_the_sheet_that_is_drawn_on(telephone, url):
    telephone.goto(f"{url}/denoising-autoencoder?lang=en")
    telephone.locator('.pangloss-scribble[data-ready="true"]').wait_for()
    settled(telephone)
    pad = telephone.locator(".pangloss-scribble .pad")
    clean = telephone.evaluate(PIXELS)
    assert swipe(telephone, *middle(pad)) > 100
    assert telephone.evaluate(PIXELS) == clean
    telephone.touchscreen.tap(*middle(pad))
    expect(pad).to_have_attribute("data-tapped", "")
    touched = telephone.evaluate(PIXELS)
    assert touched != clean
    x, y = middle(pad)
    assert swipe(telephone, x + 60, y, up=60) == 0
    assert telephone.evaluate(PIXELS) != touched
    telephone.locator(".sheet figcaption").tap()
    expect(pad).not_to_have_attribute("data-tapped", "")
