"""Word embeddings in a browser: the map answers hand and keyboard, the glass computes."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from core import pretrained
from core.numeric.language.embeddings.example import hidden_of, negative_sampling
from core.numeric.language.embeddings.space import WordSpace
from tests.browser.lesson import (
    assert_nothing_is_wider_than_the_page,
    button,
    new_seed,
    settled,
)

pytestmark = pytest.mark.browser
PATH = "/word-embeddings?lang=en"


@pytest.fixture(scope="module")
def space():
    return pretrained.load("word-embeddings", WordSpace)[0]


def opened(page, url, query=""):
    page.goto(f"{url}&{query}")
    shown = page.locator(".pangloss-wordmap[data-drawn]").first
    shown.wait_for()
    settled(page)
    return shown


def listed(shown):
    return shown.locator(".rows .word")


def asked(page, text):
    box = page.get_by_role("textbox", name="Ask the space")
    box.fill(text)
    box.press("Enter")


def test_a_word_that_is_typed_and_one_that_is_clicked_show_their_neighbours(page, url, space):
    shown = opened(page, url)
    asked(page, "roi")
    expect(shown).to_have_attribute("data-asked", "Nearest to roi")
    near = [one.word for one in space.neighbours("roi", 10)]
    expect(listed(shown)).to_have_text(near)
    page.wait_for_url(re.compile("ask=roi"))
    listed(shown).nth(1).click()
    expect(shown).to_have_attribute("data-asked", f"Nearest to {near[1]}")
    expect(page.get_by_role("textbox", name="Ask the space")).to_have_value(near[1])


@pytest.mark.slow
def test_the_word_under_the_pointer_tells_its_neighbours_at_once(page, url):
    shown = opened(page, url)
    canvas = shown.locator("canvas")
    box = canvas.bounding_box()
    across = 0.25
    while across < 0.7 and not shown.get_attribute("data-word"):
        across += 0.05
        page.mouse.move(box["x"] + across * box["width"], box["y"] + box["height"] / 2)
    word = shown.get_attribute("data-word")
    assert word
    expect(shown.locator(".asked")).to_have_text(f"Near {word}, on the map")
    expect(listed(shown)).to_have_count(8)
    canvas.click(position={"x": across * box["width"], "y": box["height"] / 2})
    expect(shown).to_have_attribute("data-asked", f"Nearest to {word}")


@pytest.mark.slow
def test_the_keyboard_goes_from_word_to_word_looks_nearer_and_asks(page, url, space):
    shown = opened(page, url, "ask=roi")
    frame = shown.locator(".frame")
    frame.focus()
    page.keyboard.press("ArrowRight")  # begins at what was asked
    expect(shown).to_have_attribute("data-word", "roi")
    page.keyboard.press("ArrowRight")
    expect(shown).not_to_have_attribute("data-word", "roi")
    word = shown.get_attribute("data-word")
    assert word in space.numbers
    expect(shown.locator(".spoken")).to_contain_text(f"Near {word}, on the map: ")
    few = int(shown.get_attribute("data-labels"))
    for _ in range(3):
        page.keyboard.press("+")
    expect(shown).to_have_attribute("data-zoom", "4.10")
    assert int(shown.get_attribute("data-labels")) != few
    page.keyboard.press("0")
    expect(shown).to_have_attribute("data-zoom", "1.00")
    page.keyboard.press("Enter")
    expect(shown).to_have_attribute("data-asked", f"Nearest to {word}")
    page.keyboard.press("Escape")
    expect(shown).to_have_attribute("data-word", "")


@pytest.mark.slow
def test_the_steps_to_try_set_the_map(page, url, space):
    shown = opened(page, url)
    button(page, "2 The famous analogy").click()
    expect(shown).to_have_attribute("data-asked", "roi − homme + femme")
    answers = [one.word for one in space.analogy("homme", "roi", "femme", 10)]
    expect(listed(shown)).to_have_text(answers)


def glass_of(page):
    return page.locator(".pangloss-glass[data-phase]")


def test_the_glass_makes_the_step_that_the_formulas_say(page, url):
    opened(page, url, "reads=cbow")
    glass = glass_of(page)
    step = glass.get_by_role("button", name="Step", exact=True)
    for phase in ("drawn", "scores", "arrows"):
        step.click()
        expect(glass).to_have_attribute("data-phase", phase)
    expect(glass.locator(".move.tip").first).to_be_attached()
    state = glass.evaluate(
        "({glass}) => ({read: glass.read, held: glass.held, before: glass.before,"
        " gradient: glass.result.hiddenGradient, out: glass.result.outputGradients})"
    )
    inputs, outputs = (np.array(state["before"][name]) for name in ("inputs", "outputs"))
    example = negative_sampling(hidden_of(inputs[state["read"]]), outputs[state["held"]])
    assert float(glass.get_attribute("data-loss")) == pytest.approx(example.loss)
    assert state["gradient"] == pytest.approx(example.hidden_gradient)
    assert np.array(state["out"]) == pytest.approx(example.output_gradient)
    step.click()
    expect(glass).to_have_attribute("data-seen", "1")
    glass.get_by_role("button", name="500 examples").click()
    expect(glass).to_have_attribute("data-seen", "501")
    glass.get_by_role("button", name="From the start").click()
    expect(glass).to_have_attribute("data-seen", "0")


@pytest.mark.slow
def test_the_glass_takes_a_sentence_of_ones_own_as_text(page, url):
    opened(page, url)
    box = page.get_by_role("textbox", name="Sentences")
    box.fill("un <b>loup</b> mange. un ours mange")
    box.press("Enter")
    words = glass_of(page).locator(".sentence button")
    expect(words).to_have_text(["un", "b", "loup", "b", "mange", "un", "ours", "mange"])
    words.nth(2).click()
    expect(words.nth(2)).to_have_attribute("aria-current", "true")


@pytest.mark.slow
def test_the_map_of_a_run_moves_while_it_learns(page, url):
    opened(page, url, f"epochs=40&{new_seed()}")
    button(page, "Train").click()
    moving = page.locator(".pangloss-wordmap[data-drawn]").nth(1)
    moving.wait_for()
    first = moving.evaluate("({map}) => Array.from(map.points)")
    page.wait_for_function(
        "([node, first]) => node.map.points.some((at, i) => at !== first[i])",
        arg=[moving.element_handle(), first],
    )
    button(page, "Stop").click()
    expect(page.get_by_text(re.compile("Stopped after epoch"))).to_be_visible()


@pytest.mark.slow
def test_on_a_narrow_screen_nothing_is_wider_than_the_page(page, url):
    page.set_viewport_size({"width": 390, "height": 844})
    shown = opened(page, url)
    assert shown.bounding_box()["width"] <= 390
    assert_nothing_is_wider_than_the_page(page)
