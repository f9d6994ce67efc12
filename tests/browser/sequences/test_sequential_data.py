"""The ragged batch in a browser: what follows a dragged length, and what does not move."""

import re

import pytest

from pages.sequences.sequential_data.padding import padding_study

pytestmark = pytest.mark.browser
PATH = "/sequential-data"


def number(page, name):
    return float(page.locator(f".pangloss-ragged .key .{name} output").inner_text())


def test_the_dragged_length_moves_all_but_what_is_masked(page, url):
    page.goto(url)
    hand = page.get_by_label("Length of the array")
    hand.wait_for()
    rows, curves = padding_study("end", "gru", 1)
    first = page.locator(".pangloss-ragged .row").nth(1)

    def answers_at(length):
        i = curves.lengths.tolist().index(length)
        page.wait_for_function(
            "n => document.querySelector('.pangloss-ragged .hand output').textContent === n",
            arg=str(length),
        )
        assert first.locator(".cells b").count() == length
        assert number(page, "masked") == pytest.approx(curves.masked[i], abs=0.006)
        assert number(page, "real") == pytest.approx(curves.unmasked_real[i], abs=0.006)
        assert number(page, "counted") == pytest.approx(curves.unmasked_all[i], abs=0.006)

    answers_at(20)
    assert first.locator(".filling").count() == 20 - len(rows[0])
    masked, states = number(page, "masked"), first.locator(".state").nth(1).inner_html()

    hand.scroll_into_view_if_needed()
    box = hand.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * (20 - 3) / 37, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=5)
    answers_at(40)  # before the hand lets go: nothing is asked of the server
    page.mouse.up()
    assert number(page, "masked") == masked
    assert first.locator(".state").nth(1).inner_html() == states
    page.wait_for_url(re.compile("pad_length=40"))

    hand.press("Home")
    answers_at(3)
    assert "elements are cut off" in page.locator(".pangloss-ragged .said").inner_text()
    page.wait_for_url(re.compile("pad_length=3$"))
    answers_at(3)
