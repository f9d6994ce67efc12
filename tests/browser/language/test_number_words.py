"""The lesson on attention in a browser: the alignment answers hand and keyboard; a small run."""

import re

import pytest
from playwright.sync_api import expect

from core import pretrained
from core.experiments.number_words.config import lengths
from core.numeric.language.seq2seq import Edit, Seq2Seq
from tests.browser.lesson import button, new_seed, settled

pytestmark = pytest.mark.browser
PATH = "/number-words?lang=en"

WORDS = "quatre mille deux cent soixante et onze"
D = WORDS.index("deux")


@pytest.fixture(scope="module")
def model():
    return pretrained.load("number-words-to-words", Seq2Seq)[0]


def opened(page, url, query=""):
    page.goto(f"{url}&{query}")
    alignment = page.locator(".pangloss-alignment[data-of]")
    alignment.wait_for()
    settled(page)
    return alignment


def cell(alignment, step, place):
    return alignment.locator(".map .row:not(.head)").nth(step).locator(".cell").nth(place)


def said(alignment):
    return alignment.locator(".said")


def written(page):
    return page.locator(".pangloss-spelled").first.locator(".answer").first


def percent(weight):
    return f"{round(100 * float(weight))}%"


@pytest.mark.slow
def test_a_letter_that_is_pointed_at_tells_where_the_network_looked(page, url, model):
    attention = model.write(model.questions(["4271"]), lengths("to_words")[1]).attention[0]
    alignment = opened(page, url)
    expect(written(page)).to_have_text(WORDS)
    expect(said(alignment)).to_contain_text("Point at a letter or a place")

    cell(alignment, D, 3).hover()  # any cell of the row stands for its letter
    expect(alignment).to_have_attribute("data-step", str(D))
    sentence = f"Writing character {D + 1}, “d”, it looked at: 2: {percent(attention[D, 1])}"
    expect(said(alignment)).to_contain_text(sentence)
    expect(alignment.locator("path.lit")).to_have_count(int((attention[D] >= 0.1).sum()))
    expect(alignment.locator(".map .row.lit .letter")).to_have_text("d")
    expect(alignment.locator(".head .cell.lit")).to_have_text("2")

    alignment.locator(".head .cell").nth(2).hover()
    expect(alignment).to_have_attribute("data-lit", "place")
    expect(alignment.locator(".map .row.lit")).to_have_count(int((attention[:, 2] >= 1 / 3).sum()))
    expect(said(alignment)).to_contain_text("At place 3, “7”, these looked with a third or more")

    alignment.locator("g", has_text=re.compile("^q$")).hover()  # in the row of letters above
    expect(said(alignment)).to_contain_text("Writing character 1, “q”, it looked at: 4: ")
    page.get_by_role("heading", name="Attention: numbers in words").hover()
    expect(alignment).to_have_attribute("data-lit", "")


@pytest.mark.slow
def test_the_keyboard_walks_through_the_map_and_chooses(page, url, model):
    alignment = opened(page, url)
    grid = alignment.get_by_role("grid")
    page.get_by_role("textbox", name="A number up to 999,999").focus()
    for _ in range(6):  # by Tab, as a hand without a mouse comes here
        if grid.evaluate("grid => grid === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(grid).to_be_focused()
    expect(said(alignment)).to_contain_text("Writing character 1, “q”")
    page.keyboard.press("ArrowDown")
    expect(alignment).to_have_attribute("data-step", "1")
    page.keyboard.press("End")
    expect(alignment).to_have_attribute("data-place", "3")
    expect(alignment.locator(".cell.cursor")).to_have_count(1)
    name = grid.get_attribute("aria-activedescendant")
    assert page.locator(f"#{name}").get_attribute("aria-label").startswith("1: ")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # beyond the first letter are the places themselves
    expect(alignment).to_have_attribute("data-lit", "place")
    expect(said(alignment)).to_contain_text("At place 4, “1”")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("slider", name=re.compile("^Weight on “1”"))).to_be_visible()


@pytest.mark.slow
def test_a_weight_that_is_held_changes_what_is_written(page, url, model):
    changed = model.write(model.questions(["4271"]), lengths("to_words")[1], Edit(D, 1, 0.0))
    text = model.codec.text(changed.ids[0])
    alignment = opened(page, url)
    cell(alignment, D, 1).click()
    slider = page.get_by_role("slider", name=re.compile("^Weight on “2” .* while “d”"))
    slider.press("Home")
    lines = page.locator(".pangloss-spelled", has_text="By itself")
    expect(lines.locator(".answer").nth(1)).to_have_text(text)
    expect(lines.locator("mark.first")).to_have_text(text[D])
    expect(cell(alignment, D, 1)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("From character 14 on it differs")).to_be_visible()
    # Another number: nothing is held any more.
    box = page.get_by_role("textbox", name="A number up to 999,999")
    box.fill("80")
    box.press("Enter")
    expect(written(page)).to_have_text("quatre-vingts")
    expect(page.get_by_text("By itself")).to_have_count(0)
    page.wait_for_url(re.compile("number=80"))


@pytest.mark.slow
def test_what_cannot_be_read_is_told_and_stays_in_the_box(page, url):
    alignment = opened(page, url)
    box = page.get_by_role("textbox", name="A number up to 999,999")
    long = "<img src=x onerror=alert(1)>" * 400
    box.fill(long)
    box.press("Enter")
    expect(page.get_by_text("That has 11,200 characters")).to_be_visible()
    expect(box).to_have_value(long)
    box.fill("<b>neuf</b>")
    box.press("Enter")
    expect(page.get_by_text("“<” is in no number here")).to_be_visible()
    expect(written(page)).to_have_text(WORDS)
    expect(alignment.locator(".head .cell")).to_have_text(["4", "2", "7", "1"])


def test_on_a_narrow_screen_the_alignment_is_no_wider(page, url):
    page.set_viewport_size({"width": 390, "height": 900})
    alignment = opened(page, url, "number=deux+cent+mille")
    expect(alignment.locator(".map .row:not(.head)")).to_have_count(7)
    assert alignment.bounding_box()["width"] <= 390


@pytest.mark.slow
def test_a_small_run_is_trained_answers_above_and_is_stopped(page, url):
    small = "units=16&embedding_dim=4&batch_size=16&epoch_updates=200&epochs=100&others=500"
    alignment = opened(page, url, f"{small}&{new_seed()}")
    button(page, "Train").click()
    curve = page.locator('.pangloss-plot[aria-label*="of the answers are right"]')
    curve.wait_for()
    page.get_by_role("radio", name="The run below").click()
    expect(page.get_by_text(re.compile("the run's network after epoch"))).to_be_visible()
    button(page, "Stop").click()
    expect(page.get_by_text(re.compile("Stopped after epoch"))).to_be_visible()
    expect(button(page, "Keras code")).to_be_visible()
    expect(alignment.locator(".head .cell")).to_have_text(["4", "2", "7", "1"])
