"""The lesson on the linear autoencoder in a browser: linked planes, a turn, a run by L-BFGS."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import button, chart, hand, new_seed, planes_at, settled

pytestmark = pytest.mark.browser
PATH = "/linear-autoencoder?lang=en"


def error_row(page):
    return page.get_by_role("row", name=re.compile("^Error on held-out digits"))


@pytest.mark.slow
def test_a_place_that_is_clicked_is_decoded_by_the_network_itself(page, url):
    board = planes_at(page, url)
    for place in (0, 1):  # both planes know the way back
        area = hand(board, place)
        area.click(position={"x": 150, "y": 90})
        expect(board).to_have_attribute("data-decoded", "exact")
        expect(board.locator(".decoded figcaption")).to_have_text("Decoded exactly")


def test_turning_changes_the_axes_and_leaves_the_error(page, url):
    planes_at(page, url)
    error = error_row(page).inner_text()
    expect(chart(page, "Its axes are not PCA's")).to_be_visible()
    page.get_by_role("radio", name="Turned to PCA").click()
    expect(chart(page, "Its axes are now PCA's")).to_be_visible()
    slider = page.get_by_role("slider", name="Turn (degrees)")
    slider.press("ArrowRight")
    expect(chart(page, "Its axes are not PCA's")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Largest change"))).to_contain_text("10")
    assert error_row(page).inner_text() == error
    page.wait_for_url(re.compile("turn_deg=5"))


@pytest.mark.slow
def test_a_run_becomes_pca_and_the_scrubber_goes_back(page, url):
    planes_at(page, url, f"latent_dim=3&{new_seed()}")
    button(page, "Train").click()
    page.get_by_text(re.compile("^Finished: 40 epochs")).wait_for()
    # Where it moves on the page, the one of old stands beside it for a moment.
    expect(chart(page, "The spaces differ by 0")).to_have_count(1)
    expect(page.locator(".pangloss-planes[data-decoded]")).to_have_count(2)
    expect(button(page, "Keras code")).to_be_visible()
    settled(page)
    slider = page.get_by_role("slider", name="Look at the end of epoch")
    slider.press("Home")
    expect(chart(page, "After 10 updates the error is")).to_be_visible()
    expect(chart(page, "Epoch 1: axes")).to_be_visible()
