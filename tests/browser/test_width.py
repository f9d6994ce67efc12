"""Every page of the course, wide and narrow, all of it unfolded: nothing sticks out or is cut."""

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import (
    assert_labels_are_apart,
    assert_no_text_is_cut,
    assert_nothing_is_wider_than_the_page,
    settled,
)
from ui.course import CHAPTERS

pytestmark = pytest.mark.browser


# A lesson of each chapter in every run of the tests, the others at night.
LESSONS = [
    pytest.param(lesson.name, marks=[pytest.mark.slow] if i else [])
    for chapter in CHAPTERS
    for i, lesson in enumerate(chapter.lessons)
]


@pytest.mark.parametrize("path", ["", *LESSONS])
def test_nothing_is_wider_than_the_page(page, app, path):
    page.goto(f"{app.url}/{path}?lang=fr")  # whose words are the longer ones
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    for folded in page.get_by_test_id("stExpander").locator("summary").all():
        folded.click()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        settled(page)
        assert_nothing_is_wider_than_the_page(page)
        assert_labels_are_apart(page)
        if width > 1000:
            assert_no_text_is_cut(page)
