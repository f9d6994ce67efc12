"""Every page for everybody: its first screen, all of it by axe's rules, and by the Tab key."""

import pytest

from tests.browser import access, first_screen
from tests.browser.lesson import (
    assert_labels_are_apart,
    assert_no_text_is_cut,
    assert_nothing_is_wider_than_the_page,
)
from tests.by_day import by_day
from ui.course import LESSONS

pytestmark = pytest.mark.browser

PATHS = ["", *LESSONS, "work", "class", "join"]
LANGUAGES, THEMES, WIDTHS = ("en", "fr"), ("light", "dark"), (1280, 390)
# By day one page of each kind in French, in one theme, as a class sees it or as a reader does on a
# telephone; by night each in all, after a run.
WAYS = [(language, theme, width) for width in WIDTHS for theme in THEMES for language in LANGUAGES]
OF_THE_DAY = [
    ("", "light", "read"),
    ("work", "dark", "read"),
    ("class", "light", "read"),
    ("join", "dark", "read"),
    ("applications", "dark", "read"),
    ("cell", "light", "projected"),
    ("denoising-autoencoder", "dark", "read"),
]
# A rectangle of the page that takes keys of its own is where Tab may be caught.
WALKED_BY_DAY = ("linear-autoencoder",)


@pytest.fixture(scope="module")
def address(serve):
    with serve("tests/browser/recorded_kit/lessons.py") as server:
        yield server.url


def assert_it_is_for_everybody(page, path, language):
    """Its language, its title, its width, its labels, and what axe finds."""
    assert page.evaluate("document.documentElement.lang") == language
    name = page.get_by_role("heading", level=1).inner_text()
    assert page.title() == (f"{name} · Pangloss" if path else "Pangloss")
    assert_nothing_is_wider_than_the_page(page)
    assert_labels_are_apart(page)
    if page.viewport_size["width"] == max(WIDTHS):
        assert_no_text_is_cut(page)
    assert access.violations(page) == []


@pytest.mark.parametrize(("path", "theme", "way"), OF_THE_DAY)
def test_a_page_shows_its_figure_first_and_is_for_everybody(page, app, path, theme, way):
    """One visit, for opening a page takes longer than looking at it."""
    page.emulate_media(color_scheme=theme)
    if path in LESSONS:
        ways = {"projected": way == "projected", "read": [first_screen.LOW] * (way == "read")}
        first_screen.assert_the_figure_is_in_it(page, app.url, path, **ways)
        access.unfold(page)
    else:
        access.open_whole(page, app.url, path, "fr")
    assert_it_is_for_everybody(page, path, "fr")


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_figure_is_first_on_every_screen(page, app, lesson):
    first_screen.assert_the_figure_is_in_it(page, app.url, lesson)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme", "width"), WAYS)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_with_a_run_is_for_everybody(page, address, path, language, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    access.open_whole(page, address, path, language, trained=True)
    assert_it_is_for_everybody(page, path, language)


@pytest.mark.parametrize("path", by_day(WALKED_BY_DAY, PATHS))
def test_a_page_is_walked_by_tab_there_and_back(page, app, path):
    page.set_viewport_size({"width": 1280, "height": 900})
    access.open_whole(page, app.url, path)
    assert access.walk(page) == {"missed": [], "missed back": [], "unseen": []}
