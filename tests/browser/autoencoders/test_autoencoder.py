"""The lesson on stacked autoencoders in a browser: a plane that answers, and a run."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import button, chart, decoded, hand, new_seed, planes_at, settled

pytestmark = pytest.mark.browser
PATH = "/autoencoder?lang=en"


def test_the_plane_decodes_where_the_hand_is(page, url):
    board = planes_at(page, url)
    hand(board).click(position={"x": 150, "y": 90})
    expect(board).to_have_attribute("data-decoded", "exact")
    expect(page.get_by_text("The last column is the held-out image nearest")).to_be_visible()
    before = decoded(board)
    box = hand(board).bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 60, steps=4)
    page.wait_for_function(
        "before => document.querySelector('.decoded canvas').toDataURL() !== before", arg=before
    )
    page.mouse.up()
    expect(board).to_have_attribute("data-decoded", "exact")
    expect(chart(page, "Through k = 2 and back")).to_be_visible()


@pytest.mark.slow
def test_another_network_is_another_plane(page, url):
    board = planes_at(page, url)
    expect(chart(page, "0.48 times PCA's error")).to_be_visible()
    page.get_by_role("radio", name="One hidden layer").click()
    expect(chart(page, "0.98 times PCA's error")).to_be_visible()
    page.wait_for_url(re.compile("network=simple"))
    board.get_by_role("button", name="4", exact=True).click()
    expect(board.locator(".selection")).to_contain_text("selected")


@pytest.mark.slow
def test_a_greedy_run_is_watched_and_stopped(page, url):
    planes_at(page, url, f"pretraining=greedy&epochs=500&batch_size=8&{new_seed()}")
    button(page, "Train").click()
    page.locator(".pangloss-planes[data-decoded]").nth(1).wait_for()
    button(page, "Stop").click()
    page.get_by_text(re.compile("^Stopped after epoch")).first.wait_for()
    expect(chart(page, "Neighbours in the code")).to_be_visible()
    expect(button(page, "Keras code")).to_be_visible()
    settled(page)
    page.get_by_role("slider", name="Look at the end of epoch").press("Home")
    expect(page.get_by_role("columnheader", name="Epoch 1", exact=True)).to_be_visible()
