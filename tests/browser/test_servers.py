"""Two web servers of one PostgreSQL and one folder, also behind the proxy of docs/Caddyfile."""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress

import pytest
from playwright.sync_api import expect

from benchmarks.server import free_port
from tests.browser.conftest import PATIENCE_S, ROOT
from tests.browser.lesson import button, new_seed, settled
from tests.browser.test_class import PHONE, SMALL, field, join, line, open_class, results, view
from tests.postgresql import postgresql, postgresql_server  # noqa: F401  its fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KIT, LESSONS = "tests/browser/kit/app.py", "tests/browser/recorded_kit/lessons.py"
FINISHED, STOPPED = re.compile("^Finished: "), re.compile("^Stopped after epoch")
BASE = "/pangloss"


@pytest.fixture
def two(serve, postgresql, tmp_path):  # noqa: F811  a fixture of another file
    """A context with two servers of an app, under a path."""

    @contextmanager
    def two(app, base=""):
        both = {"PANGLOSS_DATABASE": postgresql, "STREAMLIT_SERVER_BASE_URL_PATH": base}
        with ExitStack() as stack:
            yield [stack.enter_context(serve(app, tmp_path / "home", **both)) for _ in range(2)]

    return two


@contextmanager
def proxied(servers, folder):
    """The address of Caddy before servers."""
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("no Caddy is installed here: on Debian, apt-get install caddy")
    site = f"http://127.0.0.1:{free_port()}"
    upstreams = " ".join(one.url.removeprefix("http://") for one in servers)
    said = {"PANGLOSS_SITE": site, "PANGLOSS_SERVERS": upstreams, "XDG_DATA_HOME": str(folder)}
    command = [program, "run", "--config", ROOT / "docs" / "Caddyfile", "--adapter", "caddyfile"]
    with (folder / "caddy.txt").open("wb") as log:
        started = subprocess.Popen(
            command, env={**os.environ, **said}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield site
    finally:
        started.terminate()
        started.wait(PATIENCE_S)


def wait_until_ready(url):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{url}/health/ready", timeout=10) as answer:
            assert answer.read() == b'{"status":"ready"}'
            return
        time.sleep(0.1)
    pytest.fail(f"{url} is never ready")


def test_a_link_shows_the_same_run_on_each(visitor, two):
    ada, bob = visitor(), visitor()
    with two(KIT) as (here, there):
        ada.goto(f"{here.url}/?epochs=2&step_ms=0&{new_seed()}")
        button(ada, "Train").click()
        expect(ada.get_by_text(FINISHED).first).to_be_visible()
        bob.goto(ada.url.replace(here.url, there.url))
        said = ada.get_by_text(FINISHED).first.inner_text()
        expect(bob.get_by_text(said, exact=True).first).to_be_visible()

        ada.goto(f"{here.url}/?epochs=200&step_ms=150&{new_seed()}")
        button(ada, "Train").click()
        expect(ada.get_by_text(re.compile(r"^Epoch \d+ of 200"))).to_be_visible()
        bob.goto(ada.url.replace(here.url, there.url))
        waits = bob.get_by_text("This run is under way on another web server of this site.")
        expect(waits).to_be_visible()
        button(ada, "Stop").click()
        expect(ada.get_by_text(STOPPED)).to_be_visible()
        expect(bob.get_by_text(STOPPED)).to_be_visible()  # without a hand
        expect(waits).to_have_count(0)
        ada.goto("about:blank")
        bob.goto("about:blank")


def test_a_class_is_one_on_both(visitor, two):
    teacher, ada, bob = visitor(), visitor(**PHONE), visitor(**PHONE)
    with two(LESSONS) as (here, there):
        code = open_class(teacher, here)
        join(ada, here, code, by_link=True)
        join(bob, there, code, by_link=False)
        expect(teacher.get_by_text("2 are here")).to_be_visible()
        view(teacher, "Ask")
        field(teacher, "The question").fill("Faster?")
        field(teacher, "Its answers").fill("the GRU\nthe LSTM")
        button(teacher, "Ask it").click()
        for student, answer in ((ada, "the GRU"), (bob, "the LSTM")):
            student.get_by_role("radio", name=answer).click(force=True)
            expect(line(student)).to_contain_text("Your answer is in")
        expect(results(teacher)).to_contain_text("2 of 2 have answered")
        button(teacher, "Close the question").click()
        view(teacher, "Send")
        field(teacher, "With settings").fill(f"{here.url}/discover-patterns?{SMALL}")
        button(teacher, "Send everybody there").click()
        for student, server in ((ada, here), (bob, there)):
            student.wait_for_url(re.compile(f"^{server.url}/discover-patterns.*units=16"))
            button(student, "Train").first.click()
            expect(student.get_by_text(FINISHED).first).to_be_visible()
        view(teacher, "Wall")
        expect(teacher.get_by_text("Runs that have ended: 2 of 2.")).to_be_visible()
        for page in (teacher, ada, bob):
            page.goto("about:blank")


def test_a_browser_stays_with_a_server_behind_the_proxy(visitor, two, tmp_path):
    met = set()
    with two(LESSONS, BASE) as servers, proxied(servers, tmp_path) as site:
        for server in servers:  # asked as the proxy does, and as browsers do
            wait_until_ready(server.url)
            wait_until_ready(server.url + BASE)
        wait_until_ready(site + BASE)
        while len(met) < 2:
            page = visitor(viewport={"width": 1280, "height": 900})
            page.goto(f"{site}{BASE}/discover-patterns?{SMALL}")
            mine = server_of(page)
            button(page, "Train").first.click()
            expect(page.get_by_text(FINISHED).first).to_be_visible()
            expect(page.locator(".pangloss-plot[data-drawn]").first).to_be_visible()
            page.reload()
            expect(page.get_by_text(FINISHED).first).to_be_visible()
            settled(page)
            assert server_of(page) == mine
            met.add(mine)
            page.goto("about:blank")


def server_of(page):
    """Which server the proxy has given a browser to."""
    [cookie] = [one for one in page.context.cookies() if one["name"] == "pangloss_server"]
    return cookie["value"]
