"""What a first visit of a lesson transfers, and how long it takes where a class shares the line."""

import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks.browser import chromium
from benchmarks.line import Line, line
from benchmarks.row import Row
from benchmarks.server import running
from ui.course import LESSONS

LIMIT_BYTES = 2_200_000
CLASS_BITS_PER_S, ROUND_TRIP_S = 50e6 / 30, 0.02  # 50 Mbit/s for thirty
_SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_CHARTS = """() => [...document.querySelectorAll(".pangloss-plot")]
  .filter((plot) => plot.checkVisibility() && plot.getBoundingClientRect().top < innerHeight)
  .every((plot) => plot.dataset.drawn)
  && !document.querySelector('[data-testid="stSkeleton"]')"""
_STILL_S = 1.5  # without a byte


@dataclass(frozen=True)
class Visit:
    """Bytes down, requests, those refused, seconds to the script's end and to the last chart.

    The charts are those in the window: others are drawn as they are scrolled to.
    """

    down_bytes: int
    requests: int
    refused: int
    settled_s: float
    charts_s: float


def rows() -> list[Row]:
    found = []
    with running() as server, chromium() as browser:
        server.wait_until("/health/ready")
        for lesson in ("", *LESSONS):
            with line(server.url) as wide:
                first, second = both(browser, wide, lesson)
            with line(server.url, CLASS_BITS_PER_S, ROUND_TRIP_S) as narrow:
                shared = first_visit(browser, narrow, lesson)
            found.append(
                Row(
                    f"first visit of {lesson or 'the home page'}",
                    f"{first.down_bytes / 1e6:.2f} MB, {first.requests} requests",
                    f"one of 30 on 50 Mbit/s: settled {shared.settled_s:.1f} s, "
                    f"last chart {shared.charts_s:.1f} s; as a second lesson "
                    f"{second.down_bytes / 1e3:.0f} kB",
                )
            )
    return found


def both(browser: Browser, wide: Line, lesson: str) -> tuple[Visit, Visit]:
    """A lesson as the first that a browser sees, and as the second, after another."""
    first = first_visit(browser, wide, lesson)
    context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    visit(page, wide, "long-memory" if lesson != "long-memory" else "gradient-flow")
    second = visit(page, wide, lesson)
    context.close()
    return first, second


def first_visit(browser: Browser, to: Line, lesson: str) -> Visit:
    """With a browser that keeps nothing from before."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
    try:
        return visit(context.new_page(), to, lesson)
    finally:
        context.close()


def visit(page: Page, to: Line, lesson: str) -> Visit:
    """Open a lesson and wait until its charts stand and nothing comes any more."""
    requests, refused = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda answer: refused.extend([answer.url] * (answer.status >= 400)))
    before_bytes, began = to.down_bytes, time.perf_counter()
    page.goto(f"{to.url}/{lesson}?lang=en", timeout=180_000, wait_until="commit")
    page.locator(_SETTLED).wait_for(timeout=180_000)
    settled_s = time.perf_counter() - began
    page.wait_for_function(_CHARTS, timeout=180_000)
    charts_s = time.perf_counter() - began
    known_bytes, still_since = to.down_bytes, time.perf_counter()
    while time.perf_counter() - still_since < _STILL_S:
        page.wait_for_timeout(100)
        if to.down_bytes != known_bytes:
            known_bytes, still_since = to.down_bytes, time.perf_counter()
    page.wait_for_function(_CHARTS, timeout=180_000)
    over_the_line = [url for url in requests if url.startswith(to.url)]
    return Visit(
        to.down_bytes - before_bytes, len(over_the_line), len(refused), settled_s, charts_s
    )
