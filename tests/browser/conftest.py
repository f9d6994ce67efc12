"""What browser tests share: a Chromium, and servers started as the README says."""

import gc
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

pytest.register_assert_rewrite("tests.browser.lesson", "tests.browser.visitors")

from benchmarks import browser  # noqa: E402
from tests.browser import mapped  # noqa: E402
from tests.browser.visitors import PATIENCE_MS, one_page, visitors  # noqa: E402

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120
# Megabytes in which a page's new objects lie before it looks which of them are needed still.
_YOUNG = ("--min-semi-space-size=64", "--max-semi-space-size=128", "--initial-heap-size=512")
_STOPPED = "stopped, and its processes with it"
expect.set_options(timeout=PATIENCE_MS)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}  # for the apps of the tests themselves
ENVIRONMENT.pop("XLA_FLAGS", None)  # jobs compile as they do for visitors


@dataclass(frozen=True)
class Server:
    """A running server: where it is, its process, and the file that has what it printed."""

    url: str
    process: psutil.Process
    log: Path


def pytest_collection_modifyitems(items):
    """Playwright's own event loop is left to the garbage collector at the end, which warns."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


@pytest.fixture(scope="session")
def browser_path():
    path = browser.installed()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium is installed, and CI needs one")
        pytest.skip(f"no Chromium is in the PATH: {', '.join(browser.NAMES)}")
    return path


@pytest.fixture(scope="package")
def chromium(browser_path):
    """One for all files. It does not optimize scripts that run for a second or two.

    Nor does it often look what memory it could give back: both are a tenth of its time.
    """
    scripts = ("--no-opt", "--no-flush-bytecode", "--single-threaded-gc", *_YOUNG)
    with browser.chromium(f"--js-flags={' '.join(scripts)}") as running:
        yield running
    gc.collect()  # Playwright's event loop, while its warning is ignored


@pytest.fixture(scope="session")
def serve(browser_path, tmp_path_factory):
    """A context in which an app is served, app.py by default.

    home: folder of what servers before it kept. end: what is to become of it. port: of a server
    before it, whose pages are to find it. settings: of its environment.

    At its end no process of the server may be left, and its log may tell of no failure.

    It asks for the browser, so that nothing is started where there is none.
    """

    @contextmanager
    def serve(app="app.py", home=None, end=_STOPPED, port=None, **settings):
        log = tmp_path_factory.mktemp("server") / "log.txt"
        environment = {**ENVIRONMENT, "PANGLOSS_HOME": str(home or log.parent / "home")}
        environment |= settings
        port = port or _free_port()
        command = [sys.executable, "-m", "streamlit", "run", app]
        command += ["--server.port", str(port), "--server.headless", "true"]
        with log.open("wb") as out:
            started = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )
        try:
            _wait_for(port, started, log)
            yield Server(f"http://127.0.0.1:{port}", psutil.Process(started.pid), log)
        finally:
            ended = _stop(started)
        assert ended == end
        printed = log.read_text("utf-8", "replace")
        assert "Traceback" not in printed and "A page failed" not in printed, printed

    return serve


@pytest.fixture(scope="package")
def app(serve):
    """The app, served once for all files: its processes take longer to start than most tests.

    However many lessons it has shown by the end, it has loaded nothing that only training needs.
    """
    with serve() as server:
        yield server
        assert not mapped.KNOWN or mapped.of_training(server.process) == set()


@pytest.fixture(scope="module")
def url(app, request):
    """Where the app is served for the tests of a file: the ``PATH`` that the file names."""
    return app.url + getattr(request.module, "PATH", "")


@pytest.fixture
def visitor(chromium, page):
    """Opens an empty page as a new visitor; at the end no error may have been reported."""
    with visitors(chromium, page) as visitor:
        yield visitor


@pytest.fixture(scope="package")
def _one_page(chromium):
    with one_page(chromium) as lend:
        yield lend


@pytest.fixture
def page(_one_page):
    """An empty page of a wide screen in English, the same for all tests.

    A test that changes more of it than its size and its theme asks for a ``visitor`` of its own.
    """
    with _one_page() as page:
        yield page


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen, log: Path):
    """Wait until the port is open, without a request: a test may want to make the first."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server did not start:\n" + log.read_text("utf-8", "replace"))


def _stop(server: subprocess.Popen) -> str:
    """End the server; returns what became of it and of the processes that it started."""
    if server.poll() is not None:
        return f"ended by itself with status {server.returncode}"
    family = psutil.Process(server.pid).children(recursive=True)
    server.terminate()
    server.wait(PATIENCE_S)
    _, left = psutil.wait_procs(family, PATIENCE_S)
    for process in left:
        process.kill()
    return f"left {left} behind" if left else _STOPPED
