"""The workbench's diagram in a browser: a layer that is touched says its formula, and is edited."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PATH = "/keras-workbench"


def layer(page, i):
    return page.locator(f".pangloss-stack .layer[data-index='{i}']")


def says(page, words):
    page.locator(".pangloss-stack .details").get_by_text(words).first.wait_for()


@pytest.mark.slow
def test_a_layer_that_is_touched_says_its_formula(page, url):
    page.goto(url)
    says(page, "= 4 × (64 × 128 + 128 × 128 + 128)")
    layer(page, 2).hover()
    says(page, "= 128 × 10 + 10")
    says(page, "= 1,290 parameters")
    page.get_by_role("heading", name="Keras workbench").hover()
    says(page, "= 98,816 parameters")  # the one that is chosen
    layer(page, 0).click()
    says(page, "= 1000 × 64")
    page.get_by_role("spinbutton", name="input_dim").wait_for()  # the editor follows
    layer(page, 0).press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("return_sequences").first.wait_for()
    expect(layer(page, 1)).to_have_attribute("aria-pressed", "true")


def test_a_layer_is_added_and_the_stack_is_mended(page, url):
    page.goto(url)
    layer(page, 1).click()
    page.get_by_role("button", name="Add a layer after it").click()
    page.get_by_role("button", name="GRU", exact=True).click()
    page.get_by_text("needs a sequence").first.wait_for()
    expect(layer(page, 2)).to_have_attribute("data-fault", "")
    page.get_by_role("button", name="Do that").click()
    page.wait_for_url("**/*stack=embedding*sequences*")
    expect(layer(page, 2)).not_to_have_attribute("data-fault", "")
