"""The app's frame in a real Chromium: its pages, its languages, its health, its cookie."""

import re
import time
from contextlib import suppress
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser import mapped
from tests.browser.language.voltaire import written
from tests.browser.lesson import button, chapter, settled
from tests.browser.visitors import PATIENCE_MS

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(visitor, app):
    """Opens a page of the app as a new visitor."""

    def visit(path, query="", at=app, **options):
        page = visitor(**options)
        page.goto(f"{at.url}{path}?{query}")
        return page

    return visit


def wait_until_ready(page, server):
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while (answer := page.request.get(f"{server.url}/health/ready")).status != 200:
        assert (answer.status, answer.json()) == (503, {"status": "warming"})
        assert time.monotonic() < deadline, "the engine was never ready"
    assert answer.json() == {"status": "ready"}


@pytest.mark.slow
def test_a_deep_link_is_the_first_request_after_a_start(serve, visit):
    with serve() as server:
        page = visit("/voltaire", at=server)
        expect(page.get_by_role("heading", name="The Voltaire generator")).to_be_visible()
        expect(chapter(page, "Language")).to_be_visible()
        expect(button(page, "FR")).to_be_visible()
        expect(written(page)).to_have_text(re.compile("^Le philosophe.{400}", re.DOTALL))
        settled(page)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert urlsplit(page.url).path == "/voltaire"
        page.close()  # before the server, whose loss it would report


def test_health_and_the_cookie(visit, app):
    page = visit("/")
    assert page.request.get(f"{app.url}/health/live").status == 200
    wait_until_ready(page, app)
    [cookie] = [c for c in page.context.cookies() if c["name"] == "pangloss_visitor"]
    assert cookie["httpOnly"] is True
    assert cookie["sameSite"] == "Lax"
    assert len(cookie["value"]) >= 32
    assert "pangloss_visitor" not in page.evaluate("document.cookie")


def test_the_home_page_leads_to_the_lesson(visit):
    page = visit("/")
    expect(page.get_by_role("heading", name="Pangloss", exact=True)).to_be_visible()
    expect(page.locator(".st-key-home_sample")).to_have_text(re.compile("^Candide.*…$", re.DOTALL))
    page.locator(".st-key-lesson_voltaire").get_by_role("link").click()
    expect(page.get_by_role("heading", name="The Voltaire generator")).to_be_visible()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    assert urlsplit(page.url).path == "/voltaire"


@pytest.mark.slow
def test_a_link_may_ask_for_french(visit):
    page = visit("/voltaire", query="lang=fr")
    expect(page.get_by_role("heading", name="Le générateur de Voltaire")).to_be_visible()
    expect(button(page, "Écrire")).to_be_visible()
    expect(button(page, "Write")).to_have_count(0)


@pytest.mark.slow
def test_a_browser_may_ask_for_french(visit):
    page = visit("/", locale="fr-CH")
    expect(page.get_by_role("heading", name="Le cours")).to_be_visible()
    expect(page.get_by_role("heading", name="The course")).to_have_count(0)


def test_the_server_has_no_tensorflow(visit, app):
    """Not even mapped. The process that jobs are forked from has it: the look is no blind one."""
    wait_until_ready(visit("/"), app)
    if not mapped.KNOWN:
        pytest.skip("psutil cannot tell here what a process has mapped")
    assert mapped.of_training(app.process) == set()
    theirs = set()
    for child in app.process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a job that has just ended
            theirs |= mapped.of_training(child)
    assert "tensorflow" in theirs


def test_an_answer_outlives_a_reload_and_back_undoes_one_setting_and_not_the_language(visit):
    page = visit("/autoencoder")
    answer = page.get_by_role("radio", name="By a small factor, such as 2.")
    page.get_by_text("By a small factor, such as 2.").click()
    expect(page.get_by_text("Your run will show it")).to_be_visible()
    settled(page)
    page.reload()
    expect(answer).to_be_checked()
    settled(page)
    layers = page.get_by_role("radiogroup", name="Layers")
    layers.get_by_role("radio", name="Convolutional").click()
    expect(page).to_have_url(re.compile("=conv"))
    settled(page)
    page.get_by_role("radio", name="Greedy, layer by layer").click()
    expect(page).to_have_url(re.compile("=greedy"))
    settled(page)
    button(page, "FR").click()
    expect(page).to_have_url(re.compile("lang=fr"))
    settled(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"^(?=.*=conv)(?=.*lang=fr)(?!.*greedy)"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Autoencodeurs")
    settled(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"^(?=.*lang=fr)(?!.*conv)"))


def test_an_address_without_a_page_leads_to_the_lessons(visit):
    page = visit("/nowhere", "lang=fr", error="404")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Il n’y a pas de page à l’adresse /nowhere"
    )
    assert page.request.get(page.url, headers={"accept": "text/html"}).status == 404
    expect(page.get_by_role("link", name="Le générateur de Voltaire")).to_be_visible()


def test_a_step_sets_the_page_and_a_drawing_is_moved_by_keys(visit):
    page = visit("/cell", query="lang=en")
    step = page.locator(".st-key-steps").get_by_role("button", name="Shut the forget gate")
    step.click()
    expect(page.get_by_text("What is the latch without its memory?")).to_be_visible()
    expect(page).to_have_url(re.compile("forget_gate=shut"))
    expect(step).to_contain_text("✓")
    slider = page.get_by_role("slider", name="Unfold")
    slider.press("Home")
    expect(page.locator(".pangloss-drawing p")).to_have_text(re.compile("^Folded: one cell"))
    slider.press("ArrowRight")
    expect(page.locator(".pangloss-drawing svg")).to_have_accessible_name(
        re.compile("^Unfolded over 1 step: ")
    )
    settled(page)
    page.reload()
    expect(step).to_contain_text("✓")
    page.goto(page.url.replace("?", "?view=class&"))
    order = page.locator(".st-key-running_order")
    expect(order).to_contain_text("4 of 5 ✓ · Shut the forget gate")
    order.get_by_role("button", name="→").click()
    expect(page).to_have_url(re.compile("show=gradients"))
    box = order.bounding_box()
    assert box["y"] + box["height"] == page.viewport_size["height"]
    assert box["height"] < 80
