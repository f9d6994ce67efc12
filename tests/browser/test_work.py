"""What was trained outlasts the server: by its link, and on the page My work."""

import re
import signal
import time

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser import access
from tests.browser.lesson import assert_nothing_is_wider_than_the_page, button, new_seed, settled

pytestmark = pytest.mark.browser
FINISHED = re.compile("^Finished:")
SMALL = "depth=1&width=32&batch_size=128&epochs=2"  # of the recorded run


@pytest.fixture
def serve_lessons(serve, tmp_path):
    """A function that serves the lessons with recorded runs, and what was kept before."""
    return lambda app="recorded_kit/lessons.py": serve(f"tests/browser/{app}", home=tmp_path)


def train(page, server, path, query):
    page.goto(f"{server.url}/{path}?lang=en&{query}&{new_seed()}")
    button(page, "Train").first.click()
    expect(page.get_by_text(FINISHED).first).to_be_visible()
    return page.url.removeprefix(server.url)


def rows(page):
    return page.locator('[class*="st-key-work_run_"]')


def open_work(page, server, count, lang="en"):
    page.goto(f"{server.url}/work?lang={lang}")
    expect(rows(page)).to_have_count(count)
    settled(page)


def assert_it_is_for_everybody(page):
    """The page of work as it stands, with a run that is chosen."""
    rows(page).get_by_role("checkbox").first.check(force=True)
    access.unfold(page)
    assert_nothing_is_wider_than_the_page(page)
    assert access.violations(page) == []
    if page.viewport_size["width"] == 1280:
        assert access.walk(page) == {"missed": [], "missed back": [], "unseen": []}


@pytest.mark.slow
def test_a_run_outlasts_the_server_and_is_found_in_my_work(visitor, serve_lessons, tmp_path):
    page = visitor(accept_downloads=True)
    with serve_lessons() as server:
        link = train(page, server, "autoencoder", SMALL)
        page.goto("about:blank")
    with serve_lessons() as server:
        page.goto(server.url + link)
        expect(page.get_by_text(FINISHED).first).to_be_visible()
        expect(page.get_by_text("Someone has already trained")).to_have_count(0)  # it is one's own
        train(page, server, "autoencoder", SMALL)

        page.emulate_media(color_scheme="dark")
        open_work(page, server, 2, "fr")
        assert_it_is_for_everybody(page)
        open_work(page, server, 2)
        for row in rows(page).all():
            row.get_by_role("checkbox").check(force=True)
        expect(button(page, "Compare")).to_be_enabled()
        button(page, "Compare").click()
        expect(page.locator(".pangloss-plot[data-drawn]")).to_have_count(1)

        with page.expect_download() as download:
            page.get_by_role("link", name="Take away").click()
        file = tmp_path / "taken.zip"
        download.value.save_as(file)
        button(page, "Delete").click()
        delete = page.get_by_role("button", name="Delete them")  # over the page, not in it
        delete.click()
        expect(rows(page)).to_have_count(0)
        expect(delete).to_have_count(0)
        page.goto(server.url + link)
        expect(page.get_by_text("The run of this link is no longer kept")).to_be_visible()

        page.goto(f"{server.url}/work?lang=en")
        button(page, "Bring back").click()
        page.locator('input[type="file"]').set_input_files(file)
        expect(rows(page)).to_have_count(2)
        expect(page.get_by_text("Brought back: 2 runs.")).to_be_visible()
        expect(page.locator('input[type="file"]')).to_have_count(0)  # nor does it hide the rows
        button(page, "Open").last.click()
        expect(page.get_by_text(FINISHED).first).to_be_visible()
        assert "/autoencoder?" in page.url and "width=32" in page.url

        stranger = visitor(locale="fr-FR")
        stranger.goto(f"{server.url}/work")
        expect(stranger.get_by_text("Rien encore")).to_be_visible()
        stranger.goto(server.url + link)  # who has the link may watch
        expect(stranger.get_by_text(FINISHED).first).to_be_visible()
        for one in (page, stranger):
            one.goto("about:blank")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_kill_9_in_the_middle_loses_no_finished_run_and_offers_the_other_again(
    visitor, serve, tmp_path
):
    page = visitor()
    expected = "ended by itself with status -9"
    with serve("tests/browser/kit/app.py", home=tmp_path, end=expected) as server:
        page.goto(f"{server.url}/?epochs=2&step_ms=0&{new_seed()}")
        button(page, "Train").click()
        expect(page.get_by_text(FINISHED).first).to_be_visible()
        finished = page.url.removeprefix(server.url)
        page.goto(f"{server.url}/?epochs=200&step_ms=150&{new_seed()}")
        button(page, "Train").click()
        expect(page.get_by_text(re.compile(r"^Epoch \d+ of 200"))).to_be_visible()
        going_on = page.url.removeprefix(server.url)
        page.goto("about:blank")
        children = server.process.children(recursive=True)
        server.process.send_signal(signal.SIGKILL)
        assert psutil.wait_procs(children, 120)[1] == []  # no job outlives it
        while server.process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.05)
    with serve("tests/browser/kit/app.py", home=tmp_path) as server:
        page.goto(server.url + finished)
        expect(page.get_by_text(FINISHED).first).to_be_visible()
        page.goto(server.url + going_on)
        expect(page.get_by_text("The server was stopped while this run")).to_be_visible()
        button(page, "Train it again").click()
        expect(page.get_by_text(re.compile(r"^Epoch \d+ of 200"))).to_be_visible()
        button(page, "Stop").click()
        expect(page.get_by_text("Stopped after epoch")).to_be_visible()
        page.goto("about:blank")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("theme", "lang", "width"), [("light", "en", 390), ("light", "en", 1280), ("dark", "fr", 390)]
)
def test_my_work_with_runs_is_for_everybody(visitor, serve_lessons, theme, lang, width):
    page = visitor(color_scheme=theme, viewport={"width": width, "height": 900})
    with serve_lessons() as server:
        train(page, server, "autoencoder", SMALL)
        open_work(page, server, 1, lang)
        assert_it_is_for_everybody(page)
        page.goto("about:blank")
