"""From the server's start to page, text and first loss on screen, in a real browser."""

import time
from typing import Any

from benchmarks.browser import chromium
from benchmarks.row import Row
from benchmarks.server import running
from core.data.language import corpora

_STILL_S = 5.0
_TRAIN = "Train pressed to first loss on screen"


def rows() -> list[Row]:
    corpus = "conte" if corpora.missing("voltaire") else "voltaire"
    with running() as server:
        live = server.wait_until("/health/live")
        with chromium() as browser:
            page = browser.new_page()
            page.goto(server.url + "/?lang=en")
            page.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
            home = time.perf_counter() - server.began
            opened = time.perf_counter()
            page.goto(f"{server.url}/voltaire?lang=en&corpus={corpus}")
            page.locator(".st-key-voltaire-text-reading .pangloss-reading .text").first.wait_for(
                timeout=60_000
            )
            text = time.perf_counter()
            ready = server.wait_until("/health/ready")
            at_once = _first_loss(page)
            page.get_by_role("button", name="Stop", exact=True).click()
            page.get_by_text("Stopped").first.wait_for(timeout=60_000)
            page.goto(f"{server.url}/voltaire?lang=en&corpus={corpus}&seed=2")
            time.sleep(_STILL_S)
            prepared = _first_loss(page)
    return [
        Row("server start to its first answer", f"{live:.1f} s"),
        Row("server start to the home page on screen, browser's start included", f"{home:.1f} s"),
        Row("lesson opened to generated text on screen", f"{text - opened:.1f} s"),
        Row("server start until a training job would start at once", f"{ready:.1f} s"),
        Row(f"{_TRAIN}, settings just opened", f"{at_once:.1f} s"),
        Row(f"{_TRAIN}, settings that stood for {_STILL_S:.0f} s", f"{prepared:.1f} s"),
    ]


def _first_loss(page: Any) -> float:
    """Seconds from Train to the first loss, with which the progress bar comes."""
    page.get_by_role("button", name="Train", exact=True).click()
    pressed = time.perf_counter()
    page.get_by_test_id("stProgress").wait_for(timeout=60_000)
    return time.perf_counter() - pressed
