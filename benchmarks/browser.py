"""The Chromium of this machine, for benchmarks and browser tests."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The first is Chromium without what a window needs: it takes a tenth less time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)


def installed() -> str | None:
    """Where the first is that there is; None if there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """It, running; with ``arguments`` of the command line."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed(), args=["--no-sandbox", "--disable-gpu", *arguments]
        )
        yield browser
        browser.close()
