"""The lesson on stacked autoencoders in a browser: a plane that answers, and a run."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PATH = "/autoencoder?lang=en"


@pytest.fixture
def page(chromium):
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 1400})
    made = context.new_page()
    failures = []
    made.on("pageerror", lambda error: failures.append(str(error)))
    yield made
    context.close()
    assert failures == []


def opened(page, url, query=""):
    page.goto(f"{url}&{query}")
    board = page.locator(".pangloss-planes[data-decoded]").first
    board.wait_for()
    at_rest(page)
    return board


def at_rest(page):
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def chart(page, words):
    return page.locator(f'.pangloss-plot[aria-label*="{words}"]')


def picture(board):
    return board.locator(".decoded canvas").evaluate("canvas => canvas.toDataURL()")


def plane(board, place=0):
    """The canvas of a plane that the hand is on: the first the code's, the second PCA's."""
    return board.locator(".scatters canvas").nth(2 * place + 1)


def test_the_plane_decodes_where_the_hand_is(page, url):
    board = opened(page, url)
    plane(board).click(position={"x": 150, "y": 90})
    expect(board).to_have_attribute("data-decoded", "exact")
    expect(page.get_by_text("The last column is the held-out image nearest")).to_be_visible()
    before = picture(board)
    box = plane(board).bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 60, steps=4)
    page.wait_for_function(
        "before => document.querySelector('.decoded canvas').toDataURL() !== before", arg=before
    )
    page.mouse.up()
    expect(board).to_have_attribute("data-decoded", "exact")
    expect(chart(page, "Through k = 2 and back")).to_be_visible()


def test_another_network_is_another_plane(page, url):
    board = opened(page, url)
    expect(chart(page, "0.48 times PCA's error")).to_be_visible()
    page.get_by_role("radio", name="One hidden layer").click()
    expect(chart(page, "0.98 times PCA's error")).to_be_visible()
    page.wait_for_url(re.compile("network=simple"))
    board.get_by_role("button", name="4", exact=True).click()
    expect(board.locator(".selection")).to_contain_text("selected")


def test_a_greedy_run_is_watched_and_stopped(page, url):
    opened(page, url, "pretraining=greedy&epochs=500&seed=12&width=32")
    page.get_by_role("button", name="Train", exact=True).click()
    page.locator(".pangloss-planes[data-decoded]").nth(1).wait_for(timeout=120_000)
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop").click()
    page.get_by_text(re.compile("^Stopped after epoch")).first.wait_for(timeout=60_000)
    expect(chart(page, "Neighbours in the code")).to_be_visible()
    expect(page.get_by_role("button", name="Keras code")).to_be_visible()
    at_rest(page)
    page.get_by_role("slider", name="Look at the end of epoch").press("Home")
    expect(page.get_by_role("columnheader", name="Epoch 1", exact=True)).to_be_visible()
