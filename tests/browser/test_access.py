"""Every page for everybody: after a run, unfolded, by the rules of axe and by the Tab key."""

import pytest

from tests.browser import access
from tests.browser.lesson import (
    assert_labels_are_apart,
    assert_no_text_is_cut,
    assert_nothing_is_wider_than_the_page,
)
from ui.course import LESSONS

pytestmark = pytest.mark.browser

PATHS = ["", *LESSONS]
LANGUAGES, THEMES, WIDTHS = ("en", "fr"), ("light", "dark"), (1280, 390)
# By day each page in one of them, in turn; by night each in all, with a run that has ended.
WAYS = [(language, theme, width) for width in WIDTHS for theme in THEMES for language in LANGUAGES]
OF_THE_DAY = [(path, *WAYS[i % len(WAYS)]) for i, path in enumerate(PATHS)]
# A rectangle of the page that takes keys of its own is where Tab may be caught.
WALKED_BY_DAY = ("linear-autoencoder",)


@pytest.fixture(scope="module")
def address(serve):
    with serve("tests/browser/recorded_kit/lessons.py") as server:
        yield server.url


def look_at(page, address, path, language, theme, width, *, trained):
    """A page in one way: its language, its title, its width, its labels, and what axe finds."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    access.open_whole(page, address, path, language, trained=trained)
    assert page.evaluate("document.documentElement.lang") == language
    name = page.get_by_role("heading", level=1).inner_text()
    assert page.title() == (f"{name} · Pangloss" if path else "Pangloss")
    assert_nothing_is_wider_than_the_page(page)
    assert_labels_are_apart(page)
    if width == max(WIDTHS):
        assert_no_text_is_cut(page)
    assert access.violations(page) == []


@pytest.mark.parametrize(("path", "language", "theme", "width"), OF_THE_DAY)
def test_a_page_is_for_everybody(page, address, path, language, theme, width):
    look_at(page, address, path, language, theme, width, trained=False)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme", "width"), WAYS)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_with_a_run_is_for_everybody(page, address, path, language, theme, width):
    look_at(page, address, path, language, theme, width, trained=True)


@pytest.mark.parametrize(
    "path",
    [p if p in WALKED_BY_DAY else pytest.param(p, marks=pytest.mark.slow) for p in PATHS],
)
def test_a_page_is_walked_by_tab_there_and_back(page, address, path):
    page.set_viewport_size({"width": 1280, "height": 900})
    access.open_whole(page, address, path)
    assert access.walk(page) == {"missed": [], "missed back": [], "unseen": []}
