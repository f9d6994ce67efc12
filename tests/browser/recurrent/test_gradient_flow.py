"""The gradient-flow lesson in a browser: the forget bias is moved, and the LSTM's horizon grows."""

import re

import pytest

from tests.browser.lesson import settled

pytestmark = pytest.mark.browser


def horizon(page, cell, label=""):
    """The number of steps that the page says under the figure, once it stands under ``label``."""
    settled(page)
    metric = page.get_by_test_id("stMetric").filter(has_text=f"{cell}: {label}")
    metric.get_by_text(re.compile(r"\d+ steps")).wait_for()
    (steps,) = re.findall(r"(\d+) steps", metric.inner_text())
    return int(steps)


def drawn(page, title):
    page.locator(".pangloss-plot .gtitle", has_text=title).first.wait_for()


def test_moving_the_forget_bias_opens_the_lstm(page, url):
    page.goto(f"{url}/gradient-flow")
    page.get_by_role(
        "radiogroup", name="Curve B reaches furthest back. Which cell is it?"
    ).wait_for()
    page.get_by_role("radiogroup").first.get_by_text("LSTM", exact=True).click()
    drawn(page, "The RNN carries the gradient furthest")
    before = horizon(page, "LSTM", "falls below 1% after")
    others = [horizon(page, "RNN"), horizon(page, "GRU")]
    assert before < 20

    thumb = page.get_by_role("slider", name="LSTM: forget bias")
    thumb.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**forget_gate=1.5**")
    between = horizon(page, "LSTM")
    assert between > before

    for bias in ("2.0", "2.5", "3.0"):
        thumb.press("ArrowRight")
        page.wait_for_url(f"**forget_gate={bias}**")
    drawn(page, "The gradient reaches the first step: LSTM")
    assert horizon(page, "LSTM", "above 1% over") == 100 > between
    assert [horizon(page, "RNN"), horizon(page, "GRU")] == others  # nothing else was moved
