"""Tables that are sorted, and code that is copied, in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import copied, settled

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visitor):
    return visitor(permissions=["clipboard-read", "clipboard-write"])


def test_a_table_is_sorted_by_the_column_that_is_pressed(page, url):
    page.goto(f"{url}/long-memory?lang=fr")
    table = page.get_by_role("region", name="Un tableau des essais")
    rates = table.locator("tbody tr td:first-child")
    head = table.get_by_role("columnheader", name="Taux d’apprentissage")
    table.scroll_into_view_if_needed()
    settled(page)
    last = "le meilleur, testé"
    expect(rates).to_have_text(["0,001", "0,003", "0,01", "0,03", last])
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").press("Enter")  # which has the focus still
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(rates).to_have_text([last, "0,03", "0,01", "0,003", "0,001"])
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "none")
    expect(rates).to_have_text(["0,001", "0,003", "0,01", "0,03", last])


@pytest.mark.slow
def test_code_is_copied_whole(page, url):
    page.goto(f"{url}/keras-workbench?lang=en")
    settled(page)
    box = page.locator(".pangloss-code").last
    expect(box.locator(".keyword").first).to_have_text("import")
    code = copied(page, box.get_by_role("button"), "Copied")
    assert code == box.locator("code").inner_text()
    assert "layers.LSTM(128)" in box.locator("code").inner_text()
