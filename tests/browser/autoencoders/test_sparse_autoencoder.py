"""The lesson on the sparse autoencoder in a browser: planes, units by pointer, a run that stops."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import button, chart, decoded, hand, new_seed, planes_at, settled

pytestmark = pytest.mark.browser
PATH = "/sparse-autoencoder?lang=en"


def test_a_click_decodes_and_takes_apart_and_a_drag_goes_on(page, url):
    board = planes_at(page, url)
    plane = hand(board)
    before = decoded(board)
    first = chart(page, "is a sum of").first.get_attribute("aria-label")
    plane.click(position={"x": 180, "y": 120})
    expect(board).to_have_attribute("data-decoded", "exact")
    assert decoded(board) != before
    expect(page.locator(f'.pangloss-plot[aria-label="{first}"]')).to_have_count(0)
    expect(chart(page, "is a sum of").first).to_be_visible()
    page.get_by_role("radio", name="3", exact=True).click()
    expect(chart(page, "This “3” is a sum of")).to_be_visible()
    clicked, box = decoded(board), plane.bounding_box()
    page.mouse.move(box["x"] + 180, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    assert decoded(board) != clicked
    page.mouse.up()
    expect(board).to_have_attribute("data-decoded", "exact")


@pytest.mark.slow
def test_a_class_that_is_selected_is_selected_in_both_planes(page, url):
    board = planes_at(page, url)
    board.locator(".classes button").first.click()
    expect(board.locator(".selection")).to_contain_text("selected")


@pytest.mark.slow
def test_pointer_and_arrow_keys_choose_a_unit(page, url):
    planes_at(page, url)
    units = chart(page, "Mean activation of").first
    expect(units).to_have_attribute("aria-valuetext", re.compile("^z\\d+: fires for"))
    units.scroll_into_view_if_needed()
    atom = "plot => JSON.stringify(plot.data[1].z)"
    first = units.evaluate(atom)
    box = units.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 120)
    expect(units).not_to_have_attribute("data-chosen", "0")
    chosen = int(units.get_attribute("data-chosen"))
    assert units.evaluate(atom) != first
    units.press("ArrowRight")
    expect(units).to_have_attribute("data-chosen", str(chosen + 1))


@pytest.mark.slow
def test_a_run_is_watched_stopped_and_scrubbed(page, url):
    planes_at(page, url, f"latent_dim=256&batch_size=8&epochs=500&{new_seed()}")
    button(page, "Train").click()
    expect(page.get_by_role("heading", name="Train one of your own")).to_be_in_viewport()
    page.get_by_text(re.compile(r"^Epoch (?!1 )\d+ of 500")).wait_for()
    button(page, "Stop").click()
    page.get_by_text(re.compile("^Stopped after epoch")).wait_for()
    expect(page.locator(".pangloss-planes[data-decoded]")).to_have_count(2)
    expect(button(page, "Keras code")).to_be_visible()
    settled(page)
    curve = chart(page, "units per image its error is").first
    last = curve.get_attribute("aria-label")
    page.get_by_role("slider", name="Look at the end of epoch").press("Home")
    expect(curve).not_to_have_attribute("aria-label", last)
