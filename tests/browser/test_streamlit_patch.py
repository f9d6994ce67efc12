"""A server that is too busy to send at once, in a real Chromium."""

import re

import pytest

# Every run of the tests has tests/unit/ui/test_streamlit_patch.py.
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_page_that_draws_itself_outlives_a_busy_server(serve, page):
    with serve("tests/browser/busy_kit/app.py") as server:
        page.goto(server.url)
        page.get_by_text(re.compile(r"^drawn \d\d\d times")).wait_for()
        page.get_by_text("inner 2").wait_for()
        page.goto("about:blank")  # which misses no server
