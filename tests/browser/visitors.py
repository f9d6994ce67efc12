"""Visitors of the browser tests: each with a browser context of its own."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page

PATIENCE_MS = 60_000  # the machine may be busy
WIDE = {"locale": "en-GB", "viewport": {"width": 1280, "height": 1400}}
# Under a deep link Streamlit asks for the first two before it tries the right place; a download
# button looks its file up once it is drawn, when a rerun may have replaced the file already.
EXPECTED_404 = re.compile(r"^(/[\w-]+/_stcore/(health|host-config)|/media/[\w.]+)$")
FILE_REPLACED = "Client Error: Download Button source error - 404"


@contextmanager
def visitors(chromium):
    """A function that opens an empty page as a new visitor.

    Its options are those of Playwright's ``new_context``; ``error`` has words of an error that the
    console is expected to report. At the end no page or console may have reported another.
    """
    contexts, errors, expected = [], [], []

    def visitor(error: str = "", **options) -> Page:
        expected.append(error)
        context = chromium.new_context(**{**WIDE, **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.extend(_complaints(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield visitor
    for context in contexts:
        context.close()
    assert [error for error in errors if not any(e and e in error for e in expected)] == []


def _complaints(message) -> list[str]:
    """What the console says that it should not: errors, but for the expected ones."""
    where = urlsplit(message.location["url"]).path
    missing = "404" in message.text and EXPECTED_404.match(where)
    forgiven = missing or FILE_REPLACED in message.text
    return [] if message.type != "error" or forgiven else [f"{message.text} ({where})"]
