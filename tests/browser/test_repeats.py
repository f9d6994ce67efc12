"""A run repeated with several seeds, in a real Chromium, from its button to its end."""

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import (
    assert_labels_are_apart,
    assert_nothing_is_wider_than_the_page,
    button,
    chart,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serve):
    with serve("tests/browser/kit/app.py") as server:
        yield server.url


def repeated(page):
    button(page, "Repeat with 3 seeds").click()
    page.wait_for_url("**repeat=*")


def test_a_run_is_repeated_compared_and_found_again(visitor, address):
    page = visitor()
    page.goto(f"{address}/?seeds=3&epochs=4&step_ms=20&cell=gru")
    repeated(page)
    page.reload()  # what goes on is found again, and shown as it ends
    expect(page.get_by_text("Repeated with 3 seeds")).to_be_visible()
    expect(chart(page, "Median and middle half of 3 seeds")).to_be_visible()
    expect(button(page, "Repeat with 3 seeds")).to_be_enabled()
    first = page.url
    page.get_by_role("radio", name="RNN").click()
    page.wait_for_url("**cell=rnn*")
    repeated(page)
    page.wait_for_url(lambda url: url.split("repeat=")[1] != first.split("repeat=")[1])
    button(page, "Train").click()  # which starts beside it
    expect(page.get_by_text("Finished: 4 epochs")).to_be_visible()
    compared = chart(page, "GRU ahead of RNN in 0 of 3 seeds")
    expect(compared).to_be_visible()
    compared.scroll_into_view_if_needed()
    assert_labels_are_apart(page)
    assert_nothing_is_wider_than_the_page(page)


def test_a_repetition_is_stopped(visitor, address):
    page = visitor()
    page.goto(f"{address}/?seeds=20&epochs=200&step_ms=50")
    button(page, "Repeat with 20 seeds").click()
    button(page, "Stop the repetition").click()
    expect(page.get_by_text("Stopped after 0 of 20 seeds")).to_be_visible()
    expect(button(page, "Repeat with 20 seeds")).to_be_enabled()
    expect(button(page, "Stop the repetition")).to_be_hidden()
