"""The lesson on the variational autoencoder in a browser: its plane, its prior, a run stopped."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import button, chart, hand, new_seed, planes_at, settled

pytestmark = pytest.mark.browser
PATH = "/variational-autoencoder?lang=en"


def pixels(board):
    """The decoded image as the browser has it."""
    return board.locator(".decoded canvas").evaluate("canvas => canvas.toDataURL()")


def test_the_plane_decodes_what_is_clicked_and_follows_a_drag(page, url):
    board = planes_at(page, url)
    area = hand(board)
    area.click(position={"x": 150, "y": 90})
    expect(board).to_have_attribute("data-decoded", "exact")
    before = pixels(board)
    box = area.bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 210, box["y"] + 190, steps=4)
    expect(board).to_have_attribute("data-decoded", "blended")
    assert pixels(board) != before
    page.mouse.up()
    expect(board).to_have_attribute("data-decoded", "exact")
    board.locator(".classes button").nth(3).click()
    expect(board.locator(".selection")).to_contain_text("selected")


@pytest.mark.slow
def test_the_walk_and_the_prior_are_drawn_anew(page, url):
    planes_at(page, url)
    button(page, "Draw again").click()
    page.wait_for_url(re.compile("draw=1"))
    page.get_by_role("slider", name="Walk from image").press("ArrowRight")
    page.wait_for_url(re.compile("first=12"))
    expect(chart(page, "(image 12) to")).to_be_visible()


@pytest.mark.slow
def test_a_run_is_watched_stopped_and_scrubbed(page, url):
    planes_at(page, url, f"epochs=500&batch_size=8&{new_seed()}")
    button(page, "Train").click()
    expect(page.locator(".pangloss-planes[data-decoded]")).to_have_count(2)
    button(page, "Stop").click()
    page.get_by_text(re.compile("^Stopped after epoch")).wait_for()
    expect(button(page, "Keras code")).to_be_visible()
    expect(chart(page, "The importance-weighted bound")).to_be_visible()
    settled(page)
    page.get_by_role("slider", name="Look at the end of epoch").press("Home")
    expect(chart(page, "numbers are alive")).to_be_visible()
