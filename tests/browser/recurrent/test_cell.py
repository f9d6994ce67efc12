"""The small cell in a browser: gates that are pressed, weights and inputs that are dragged."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import settled

pytestmark = pytest.mark.browser

FORGET = '.gate[data-name="forget_gate"]'


@pytest.fixture
def page(visitor):
    return visitor(viewport={"width": 1280, "height": 2400})


def opened(page, url, query):
    page.goto(f"{url}/cell?lang=en&{query}")
    page.locator(".pangloss-cell .line").first.wait_for()
    settled(page)
    return page


def result(page, name):
    return page.locator(f'.line[data-name="{name}"] .result')


def output_bar(page, step):
    return page.locator(".bar-box.output .number").nth(step - 1)


def test_the_cell_answers_to_the_hand(page, url):
    """Steps, a gate, a weight that is dragged and one that is typed, inputs that are drawn."""
    opened(page, url, "preset=remember&units=2&output=linear&sequence=0.5+-1+1+0&at=1")

    # Through time, in the browser alone; the address follows.
    expect(result(page, "output")).to_have_text("0.499")
    page.get_by_role("button", name="To the last step").click()
    expect(page.locator(".counter")).to_have_text("step 4 of 4")
    expect(page.locator('.plate[data-name="input"] .swatch text')).to_have_text("0")
    page.wait_for_url(re.compile("at=4"))
    settled(page)  # else an answer may still come between two gestures
    page.locator('.grid .head[data-t="1"]').click()
    expect(page.locator(".counter")).to_have_text("step 2 of 4")

    # A gate that is pressed is held open, then shut: nothing of the first number is left.
    held = page.locator(f"{FORGET} .held")
    page.locator(FORGET).click()
    expect(held).to_have_text("held open")
    page.wait_for_url(re.compile("forget_gate=open"))
    settled(page)
    page.locator(FORGET).click()
    expect(held).to_have_text("held shut")
    expect(output_bar(page, 4)).to_have_text("0")
    page.wait_for_url(re.compile("forget_gate=shut"))
    settled(page)
    page.locator(f"{FORGET} [role=button]").focus()
    page.keyboard.press("Enter")
    expect(held).to_have_text("")
    expect(output_bar(page, 4)).to_have_text("0.50")

    # A weight of the formula: b_o is typed, W_o dragged.
    weights = page.locator('.line[data-name="output"] .weight')
    weights.last.click()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(output_bar(page, 4)).to_have_text("2.50")
    box = weights.first.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + 104, box["y"] + 6, steps=5)
    page.mouse.up()
    expect(weights.first).to_have_text("20")
    expect(output_bar(page, 4)).to_have_text("3.00")
    page.wait_for_url(re.compile(r"weights=\d+~20_\d+~2(&|$)"))

    # A number of the sequence is drawn: to the foot of its box, -1.
    box = page.locator(".bar-box.input").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2, steps=4)
    page.mouse.up()
    expect(page.get_by_role("textbox", name="The sequence x")).to_have_value("-1 -1 1 0")
    expect(output_bar(page, 4)).to_have_text("0.02")  # 2 - 20 * tanh(tanh(0.1))

    # What the hand did is the link.
    opened(page, page.url.split("/cell")[0], page.url.split("?")[1].replace("lang=en&", ""))
    expect(output_bar(page, 4)).to_have_text("0.02")


@pytest.mark.slow
def test_the_gradient_and_the_play_button(page, url):
    opened(page, url, "preset=forget&units=1&output=linear&sequence=1+0+0+0&at=1")
    page.get_by_role("button", name="gradient of the last output", exact=True).click()
    slopes = page.locator('.grid .box[data-name="input"]')
    expect(slopes.nth(3)).to_have_text("1.00")
    expect(slopes.nth(2)).to_have_text("0.50")
    expect(slopes.nth(1)).to_have_text("0.25")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".counter")).to_have_text("step 4 of 4")
    expect(page.get_by_role("button", name="Play")).to_be_visible()  # it has stopped by itself


@pytest.mark.slow
def test_a_narrow_screen_has_the_whole_diagram(page, url):
    page.set_viewport_size({"width": 390, "height": 2400})
    opened(page, url, "cell=gru&preset=random&units=4&output=linear")
    diagram = page.locator(".pangloss-cell .diagram")
    for name in ("reset_gate", "update_gate", "candidate"):
        inner = page.locator(f'.gate[data-name="{name}"]').bounding_box()
        outer = diagram.bounding_box()
        assert (
            outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        )
