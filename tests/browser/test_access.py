"""Every page for everybody: after a run, unfolded, by the rules of axe and by the Tab key."""

import pytest

from tests.browser import access
from ui.course import CHAPTERS

pytestmark = pytest.mark.browser

LESSONS = {lesson.name: lesson.title for chapter in CHAPTERS for lesson in chapter.lessons}
PATHS = ["", *LESSONS]
LANGUAGES, THEMES, WIDTHS = ("en", "fr"), ("light", "dark"), (1280, 390)
# By day each page in one of them, in turn; by night each in all.
WAYS = [(language, theme, width) for width in WIDTHS for theme in THEMES for language in LANGUAGES]
OF_THE_DAY = [(path, *WAYS[i % len(WAYS)]) for i, path in enumerate(PATHS)]
OF_THE_NIGHT = [
    pytest.param(path, *way, marks=pytest.mark.slow)
    for path in PATHS
    for way in WAYS
    if (path, *way) not in OF_THE_DAY
]
WALKED_BY_DAY = "cell", "linear-autoencoder"


@pytest.fixture(scope="module")
def address(serve):
    with serve("tests/browser/recorded_kit/lessons.py") as server:
        yield server.url


@pytest.mark.parametrize(("path", "language", "theme", "width"), [*OF_THE_DAY, *OF_THE_NIGHT])
def test_a_page_has_no_fault_that_axe_finds(page, address, path, language, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    access.open_whole(page, address, path, language)
    assert page.evaluate("document.documentElement.lang") == language
    name = page.get_by_role("heading", level=1).inner_text()
    assert page.title() == (f"{name} · Pangloss" if path else "Pangloss")
    assert access.violations(page) == []


@pytest.mark.parametrize(
    "path",
    [p if p in WALKED_BY_DAY else pytest.param(p, marks=pytest.mark.slow) for p in PATHS],
)
def test_a_page_is_walked_by_tab_there_and_back(page, address, path):
    page.set_viewport_size({"width": 1280, "height": 900})
    access.open_whole(page, address, path)
    assert access.walk(page) == {"missed": [], "missed back": [], "unseen": []}
