"""From the server's start to page, text and first loss on screen, in a real browser."""

import time

from benchmarks.browser import chromium
from benchmarks.row import Row
from benchmarks.server import running
from core.data.language import corpora


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
            page.get_by_role("button", name="Train", exact=True).click()
            pressed = time.perf_counter()
            # It comes with the first loss.
            page.get_by_test_id("stProgress").wait_for(timeout=60_000)
            loss = time.perf_counter()
    return [
        Row("server start to its first answer", f"{live:.1f} s"),
        Row("server start to the home page on screen, browser's start included", f"{home:.1f} s"),
        Row("lesson opened to generated text on screen", f"{text - opened:.1f} s"),
        Row("server start until a training job would start at once", f"{ready:.1f} s"),
        Row("Train pressed, default settings, to first loss on screen", f"{loss - pressed:.1f} s"),
    ]
