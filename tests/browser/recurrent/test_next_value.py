"""Predict the next value in a real Chromium: a forecast that follows the pointer."""

import re
import time
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.lesson import button, settled

pytestmark = pytest.mark.browser
PATH = "/next-value"

SETTINGS = "data=sine&length=400&window=12&epochs=2&units=8"


@pytest.mark.slow
def test_a_forecast_follows_the_pointer_and_the_arrow_keys(page, url):
    page.goto(f"{url}?{SETTINGS}")
    button(page, "Train").click()
    expect(page.get_by_text("Finished: 2 epochs")).to_be_visible()
    plot = page.get_by_role("slider", name=re.compile("^The series with its held-out part"))
    expect(plot).to_have_attribute("aria-valuetext", re.compile("GRU said"))
    box = plot.bounding_box()
    at = {}
    for place in (0.5, 0.9):
        before = drawn(plot)["origin"]
        page.mouse.move(box["x"] + place * box["width"], box["y"] + 0.15 * box["height"])
        at[place] = drawn_elsewhere(plot, before)
    assert at[0.5]["origin"] < at[0.9]["origin"]
    for seen in at.values():  # the series above and the truth below tell of the same place
        assert seen["truth"] == pytest.approx(seen["there"], rel=1e-3, abs=1e-3)
        assert len(seen["looked"]) == 12 and any(seen["looked"])
    plot.focus()
    page.keyboard.press("ArrowLeft")
    before = drawn_elsewhere(plot, at[0.9]["origin"])["origin"]
    assert before < at[0.9]["origin"]
    page.keyboard.press("ArrowRight")
    assert drawn_elsewhere(plot, before) == at[0.9]


def drawn_elsewhere(plot, origin):
    """What is drawn once the forecast begins somewhere else than at ``origin``."""
    deadline = time.monotonic() + 120
    while (seen := drawn(plot))["origin"] == origin:
        assert time.monotonic() < deadline, f"it still begins at {origin}"
        time.sleep(0.05)
    return seen


def drawn(plot):
    """Where the forecast that is drawn begins, and what is drawn of it."""
    return plot.evaluate(
        """plot => {
            const point = plot._fullData.find((trace) => trace.mode === "markers");
            const series = plot._fullData.find((trace) => trace.customdata);
            const looked = plot._fullData.find((trace) => trace.type === "bar");
            const came = plot._fullData.find((trace) => trace.name === "what came");
            const place = Array.from(series.x).indexOf(point.x[0]);
            return {
                origin: point.x[0],
                truth: came.y[0],
                there: series.y[place],
                looked: Array.from(looked.y),
            };
        }"""
    )


def test_an_old_link_leads_to_the_lesson_it_meant_with_its_settings(page, url):
    page.goto(f"{url.removesuffix(PATH)}/predict?task=class&data=integers&units=8&lang=fr")
    expect(page.get_by_role("heading", name="Prédire une classe", exact=True)).to_be_visible()
    expect(page.get_by_text("Synthétique").first).to_be_visible()
    address = urlsplit(page.url)
    assert address.path == "/sequence-class"
    assert parse_qs(address.query) == {"data": ["integers"], "units": ["8"], "lang": ["fr"]}


@pytest.fixture
def drawn_parts(page):
    """Of each run of the script, the fragments that it draws: none if the whole page."""
    drawn = []

    def hear(frame):
        said = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        if said.WhichOneof("type") == "new_session":
            drawn.append(list(said.metadata.run.fragment_ids))

    page.on("websocket", lambda wire: wire.on("framereceived", hear))
    return drawn


def after(page, drawn, act, query):
    """What is drawn once ``act`` has the address say ``query``."""
    before = len(drawn)
    act()
    page.wait_for_url(re.compile(query))
    settled(page)
    return drawn[before:]


def test_a_setting_draws_what_tells_of_it_and_the_page_only_where_that_does(page, url, drawn_parts):
    page.goto(f"{url}?data=sine&lang=en")
    look = page.locator(".st-key-steps").get_by_text("Where does the linear equation win, and why?")
    expect(look).to_be_visible()
    switch = page.get_by_role("radiogroup", name="Cell")
    moved = []
    for cell in ("LSTM", "RNN", "LSTM"):
        move = partial(switch.get_by_role("radio", name=cell).click, force=True)
        moved.append(after(page, drawn_parts, move, f"cell={cell.lower()}"))
    # The page is no longer set as its step says: all of it tells so, once.
    assert [] in moved[0]
    expect(look).to_be_hidden()
    for runs in moved[1:]:
        assert runs and all(runs)


def test_where_a_run_stands_no_setting_draws_its_figures(page, url, drawn_parts):
    page.goto(f"{url}?{SETTINGS}&lang=en")
    note = page.get_by_text("These curves belong to another setting")
    button(page, "Train").click()
    expect(page.get_by_text("Finished: 2 epochs")).to_be_visible()
    settled(page)
    plot = page.get_by_role("slider", name=re.compile("^The series with its held-out part"))
    plot.evaluate("plot => plot.marked = plot._fullData")
    lstm = page.get_by_role("radiogroup", name="Cell").get_by_role("radio", name="LSTM")
    in_strip = after(page, drawn_parts, partial(lstm.click, force=True), "cell=lstm")
    page.get_by_role("button", name="More", exact=True).click()
    epochs = page.get_by_role("slider", name="Epochs")
    epochs.focus()
    behind_more = after(page, drawn_parts, partial(epochs.press, "ArrowRight"), "epochs=3")
    assert [] not in behind_more and behind_more[-1:] == in_strip and len(in_strip[0]) == 1
    expect(note).to_be_visible()
    assert plot.evaluate("plot => plot.marked === plot._fullData")
    page.keyboard.press("Escape")
    # Which controls there are depends on the data: the whole page is drawn for those.
    page.get_by_role("combobox", name="Data").click()
    integers = page.get_by_role("option", name="Integers")
    assert [] in after(page, drawn_parts, integers.click, "data=rule")
    expect(page.get_by_role("combobox", name="Rule of the integers")).to_be_visible()
