"""Visitors of the browser tests: each with a browser context of its own."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page

PATIENCE_MS = 120_000  # the machine may be busy
WIDE = {"reduced_motion": "reduce", "locale": "en-GB", "viewport": {"width": 1280, "height": 1400}}
# Under a deep link Streamlit asks for the first two before it tries the right place; a download
# button looks its file up once it is drawn, when a rerun may have replaced the file already.
EXPECTED_404 = re.compile(r"^((/[\w-]+)+/_stcore/(health|host-config)|/media/[\w.]+)$")
FILE_REPLACED = "Client Error: Download Button source error - 404"


@contextmanager
def visitors(chromium, known: Page | None = None):
    """A function that opens an empty page as a new visitor: the known one, then others.

    Its options are those of Playwright's ``new_context``; ``error`` has words of an error that the
    console is expected to report. With others than a size and permissions the page is another one,
    too. At the end no page or console may have reported another error.
    """
    free = [known] if known else []
    contexts, errors, expected = [], [], []

    def visitor(error: str = "", **options) -> Page:
        if free and not error and options.keys() <= {"viewport", "permissions"}:
            page = free.pop()
            page.set_viewport_size(options.get("viewport", WIDE["viewport"]))
            page.context.grant_permissions(options.get("permissions", []))
            return page
        expected.append(error)
        page = new_page(chromium, **options)
        contexts.append(page.context)
        listen(page, errors)
        return page

    yield visitor
    for context in contexts:
        context.close()
    assert [error for error in errors if not any(e and e in error for e in expected)] == []


def new_page(chromium, **options) -> Page:
    """An empty page of a context of its own, with Playwright's options for that."""
    context = chromium.new_context(**{**WIDE, **options})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def listen(page: Page, errors: list[str]):
    """Collect what the page and its console report as errors."""
    page.on("console", lambda message: errors.extend(_complaints(message)))
    page.on("pageerror", lambda error: errors.append(str(error)))


@contextmanager
def one_page(chromium):
    """A context manager that lends one page, each time to a visitor who has never been here.

    An address is opened in a third of the time where its scripts have been compiled before.
    """
    errors: list[str] = []
    first = new_page(chromium)
    listen(first, errors)
    context = first.context

    @contextmanager
    def lend():
        [page] = context.pages
        context.clear_cookies()
        context.clear_permissions()
        page.set_viewport_size(WIDE["viewport"])
        page.emulate_media(color_scheme="light")
        yield page
        if page.is_closed():
            page = context.new_page()
            listen(page, errors)
        elif page.url.startswith("http"):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto("about:blank")
        reported = list(errors)
        errors.clear()
        assert reported == []

    yield lend
    context.close()


def _complaints(message) -> list[str]:
    """What the console says that it should not: errors, but for the expected ones."""
    where = urlsplit(message.location["url"]).path
    missing = "404" in message.text and EXPECTED_404.match(where)
    forgiven = missing or FILE_REPLACED in message.text
    return [] if message.type != "error" or forgiven else [f"{message.text} ({where})"]
