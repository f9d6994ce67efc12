"""Long memory in a browser: a mark is moved, recorded networks answer, charts wait to be seen."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from core.experiments.long_memory.recorded import SETTINGS, load_weights
from core.numeric.recurrent.stack.read import by_network, stack_outputs

pytestmark = pytest.mark.browser


def expected(first, second):
    """What the recorded networks answer to the numbers of the page with these steps marked."""
    inputs = np.zeros((1, 100, 2), np.float32)
    inputs[0, :, 0] = np.random.default_rng(1).random(100, np.float32).round(2)
    inputs[0, [first - 1, second - 1], 1] = 1
    truth = float((inputs[0, :, 0] * inputs[0, :, 1]).sum())
    return truth, {
        cell: float(stack_outputs(SETTINGS.networks[cell], weights, inputs)[0, 0])
        for cell, weights in by_network(load_weights()).items()
    }


def said(label):
    """The numbers in the words of the chart of the answers: of each cell, and the sum."""
    values = re.findall(r"(RNN|LSTM|GRU|sum is) (-?[\d.]+\d)", label)
    return {name: float(value) for name, value in values}


def test_a_mark_is_moved_the_networks_answer_and_the_last_chart_waits(page, url):
    page.goto(f"{url}/long-memory")
    chart = page.locator('.pangloss-plot[aria-label*="recorded networks answer"]')
    chart.locator(".main-svg").first.wait_for()
    before = chart.get_attribute("aria-label")
    truth, answers = expected(12, 70)
    assert said(before)["sum is"] == pytest.approx(truth, abs=0.006)
    slider = page.get_by_role("slider", name="First mark")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    truth, answers = expected(15, 70)
    page.wait_for_function(
        "sum => [...document.querySelectorAll('.pangloss-plot')].some("
        "plot => plot.ariaLabel.includes('networks answer') && plot.ariaLabel.includes(sum))",
        arg=f"The sum is {round(truth, 2):g}.",
    )
    after = said(chart.get_attribute("aria-label"))
    assert after["LSTM"] == pytest.approx(answers["lstm"], abs=0.006)
    assert after["GRU"] == pytest.approx(answers["gru"], abs=0.006)
    expect(chart.get_by_text(f"{round(answers['lstm'], 2):g}", exact=True).first).to_be_visible()
    page.wait_for_function(
        """marks => {
            const plot = document.querySelector('.pangloss-plot[aria-label^="Marked: "]');
            return String(Array.from(plot._fullData[1].x)) === marks;
        }""",
        arg="15,70",
    )
    # What nobody has come near is not drawn yet.
    last = page.locator(".pangloss-plot").last
    assert last.get_attribute("data-drawn") is None
    last.scroll_into_view_if_needed()
    expect(last.locator(".main-svg").first).to_be_visible()
