"""The strip at a page's head: what only a browser can tell of theme, link and word."""

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import copied

pytestmark = pytest.mark.browser

DARK, LIGHT = "rgb(20, 23, 31)", "rgb(251, 250, 246)"


@pytest.fixture
def page(visitor):
    clipboard = ["clipboard-read", "clipboard-write"]
    return visitor(permissions=clipboard)


def has_background(page, colour):
    page.wait_for_function(
        """colour => {
            const app = document.querySelector('.stApp'); // a page that is loaded anew has none yet
            return app && getComputedStyle(app).backgroundColor === colour;
        }""",
        arg=colour,
    )


@pytest.mark.slow
def test_the_theme_is_switched_and_holds_on_every_page(page, url):
    page.goto(url)
    has_background(page, LIGHT)
    page.get_by_role("button", name="Dark", exact=True).click()
    has_background(page, DARK)
    page.goto(f"{url}/voltaire")
    has_background(page, DARK)
    page.get_by_role("button", name="Light", exact=True).click()
    has_background(page, LIGHT)
    page.goto(url)
    has_background(page, LIGHT)


def test_the_link_to_the_page_as_it_is_is_copied(page, url):
    page.goto(f"{url}/?lang=fr")
    link = page.locator(".pangloss-tools .link")
    expect(link).to_have_text("Copier le lien")
    assert copied(page, link, "Copié") == f"{url}/?lang=fr"
    expect(link).to_have_text("Copier le lien")


@pytest.mark.slow
def test_the_class_view_is_a_third_larger(page, url):
    sizes = []
    for query in ("", "?view=class"):
        page.goto(url + query)
        page.get_by_role("button", name="Copy link").wait_for()
        sizes.append(
            page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        )
    assert sizes[0] == 17
    assert sizes[1] / sizes[0] == pytest.approx(4 / 3, abs=0.01)


def test_a_letter_that_is_looked_at_says_what_the_network_expects(page, url):
    page.goto(f"{url}/?word=abc")
    letters = page.locator(".pangloss-unrolled .step")
    letters.nth(2).wait_for()
    assert letters.count() == 3
    for i, so_far in enumerate(("a", "ab", "abc")):
        letters.nth(i).hover()
        page.get_by_text(f"After “{so_far}” the network expects").wait_for()
