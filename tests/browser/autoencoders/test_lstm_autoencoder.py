"""The lesson on the LSTM autoencoder in a browser: beats follow the hand, a run is trained."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import button, chart, decoded, hand, new_seed, planes_at, settled

pytestmark = pytest.mark.browser
PATH = "/lstm-autoencoder?lang=en&data=synthetic"


def test_a_beat_follows_the_hand_and_is_shown_over_its_copy(page, url):
    board = planes_at(page, url, "beat=missed")
    expect(page.get_by_role("radio", name="Lowest abnormal")).to_be_checked()
    area = hand(board)
    before = decoded(board)
    area.click(position={"x": 150, "y": 90})
    expect(board).to_have_attribute("data-decoded", "exact")
    clicked = decoded(board)
    assert clicked != before
    expect(page.get_by_role("radio", name="Picked in a plane")).to_be_checked()
    box = area.bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 140, steps=5)
    page.mouse.up()
    expect(board).to_have_attribute("data-decoded", "exact")
    assert decoded(board) != clicked


@pytest.mark.slow
def test_what_is_brushed_in_one_plane_stands_out_in_the_other(page, url):
    board = planes_at(page, url)
    points = board.locator(".scatters canvas").nth(2)  # of the other plane, beneath its hand
    before = points.evaluate("canvas => canvas.toDataURL()")
    page.get_by_role("button", name="Select samples").first.click()
    box = hand(board).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 160, steps=5)
    page.mouse.up()
    expect(board).to_have_attribute("data-selected", re.compile(r"^[1-9]\d*$"))
    assert points.evaluate("canvas => canvas.toDataURL()") != before


@pytest.mark.slow
def test_the_threshold_moves_and_careless_cuts_turn_the_order(page, url):
    planes_at(page, url)
    caption = page.get_by_text(re.compile("^Area under the ROC on held-out beats"))
    expect(caption).to_contain_text("needs no training")
    recall = page.get_by_role("row", name=re.compile("^LSTM autoencoder")).inner_text()
    page.get_by_role("slider", name="False alarms allowed").first.press("Home")
    page.wait_for_url(re.compile("allowed=0"))
    settled(page)
    assert page.get_by_role("row", name=re.compile("^LSTM autoencoder")).inner_text() != recall
    page.get_by_role("radio", name="Up to 10 samples off").click()
    expect(caption).to_contain_text("The network is ahead.")


@pytest.mark.slow
def test_a_run_is_watched_and_stopped(page, url):
    planes_at(page, url, f"frame=14&units=16&batch_size=8&epochs=200&{new_seed()}")
    button(page, "Train").click()
    expect(page.locator(".pangloss-planes[data-decoded]")).to_have_count(2)
    button(page, "Stop").click()
    page.get_by_text(re.compile("^Stopped after")).wait_for()
    expect(button(page, "Keras code")).to_be_visible()
    expect(chart(page, "of the abnormal reach")).to_have_count(2)
