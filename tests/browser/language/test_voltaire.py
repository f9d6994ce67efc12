"""The Voltaire lesson in a browser: what its networks write, and in which language it is read."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.language.voltaire import SMALL, asked, opened, text_of, written
from tests.browser.lesson import button, chapter, settled

pytestmark = pytest.mark.browser
PATH = "/voltaire"


def prompt(page):
    return page.locator(".st-key-voltaire-prompt input")


def set_seed(page, seed):
    page.locator(".st-key-voltaire_writing-more").get_by_role("button").click()
    box = page.locator(".st-key-voltaire_writing-writing_seed input")
    box.fill(str(seed))
    box.press("Enter")
    expect(page.get_by_text("The text below was written with other settings")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


@pytest.mark.slow
def test_a_switch_of_language_keeps_what_was_set(page, url):
    opened(page, url, "writing_seed=5&" + SMALL)
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    settled(page)
    prompt(page).fill("Mon jardin")
    button(page, "Write").click()
    expect(written(page)).to_have_text(re.compile("^Mon jardin"))
    page.locator(".st-key-voltaire-cell").get_by_text("LSTM", exact=True).click()
    page.wait_for_url(re.compile("cell=lstm"))
    before = text_of(page)
    button(page, "FR").click()
    expect(page.get_by_role("heading", name="Le générateur de Voltaire")).to_be_visible()
    expect(page.get_by_role("heading", name="The Voltaire generator")).to_have_count(0)
    expect(chapter(page, "Langage")).to_be_visible()
    expect(button(page, "Écrire")).to_be_visible()
    expect(button(page, "Entraîner")).to_be_enabled()
    expect(page.get_by_role("heading", name="Entraînez le vôtre")).to_be_visible()
    settled(page)
    expect(prompt(page)).to_have_value("Mon jardin")
    expect(page.locator(".st-key-voltaire-cell").get_by_role("radio", name="LSTM")).to_be_checked()
    assert text_of(page) == before
    params = asked(page)
    assert params["lang"] == ["fr"]
    assert params["cell"] == ["lstm"]
    assert params["units"] == ["16"]
    assert params["writing_seed"] == ["5"]
    assert params["prompt"] == ["Mon jardin"]


@pytest.mark.slow
def test_the_same_seed_writes_the_same_text(page, url):
    def whole_other_than(before):
        """A text of full length that is not the one of before: streaming may pause half-way."""
        expect(written(page)).not_to_have_text(before)
        expect(written(page)).to_have_text(re.compile(r"^Il faut cultiver[\s\S]{600}$"))
        return text_of(page)

    opened(page, url)
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    settled(page)
    prompt(page).fill("Il faut cultiver")
    button(page, "Write").click()
    first = whole_other_than("")
    set_seed(page, 2)
    button(page, "Write").click()
    second = whole_other_than(first)
    set_seed(page, 1)
    button(page, "Write").click()
    assert whole_other_than(second) == first
    button(page, "Another").click()
    assert whole_other_than(first) == second


def test_a_prompt_is_text_and_what_the_network_cannot_read_is_named(page, url):
    opened(page, url)
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    settled(page)
    prompt(page).fill("<b>x</b> 日*本*")
    button(page, "Write").click()
    expect(written(page)).to_have_text(re.compile(r"^<b>x</b> 日\*本\*"))
    notice = page.get_by_text(re.compile("This network has never read .*“日”.*“本”"))
    expect(notice).to_be_visible()
    settled(page)
    expect(page.locator("b")).to_have_count(0)


@pytest.mark.slow
def test_a_link_that_asks_for_the_impossible_says_so_and_works(page, url):
    opened(page, url, "corpus=conte&units=99999&cell=foo&length=many&job=nonsense")
    for sentence in (
        "units must be a whole number from 16 to 512, not '99999'. The default is used.",
        "cell must be one of rnn, lstm, gru, not 'foo'. The default is used.",
        "length must be a whole number from 50 to 5000, not 'many'. The default is used.",
        "The run of this link is no longer kept",
    ):
        expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("radio", name="GRU")).to_be_checked()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    expect(button(page, "Train")).to_be_enabled()
