"""The app's server, started as the README does, and the memory of its processes."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A running server: its address, process, when it was started (perf_counter), its folder."""

    url: str
    process: psutil.Process
    began: float
    home: Path

    def wait_until(self, path: str, timeout_s: float = 120) -> float:
        """Seconds from the start until ``path`` answers 200."""
        while time.perf_counter() - self.began < timeout_s:
            with contextlib.suppress(OSError):  # refused, or no answer in time
                urllib.request.urlopen(self.url + path, timeout=5).close()
                return time.perf_counter() - self.began
            time.sleep(0.02)
        raise TimeoutError(path)


def computed_s(server: Server) -> float:
    """Seconds for which the server's own process has computed."""
    return sum(server.process.cpu_times()[:2])


@contextlib.contextmanager
def running(app: str = "app.py") -> Iterator[Server]:
    """A server on a free port, ended afterwards; what it keeps goes into a folder of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="pangloss-") as home,
        serving(home, free_port(), app) as server,
    ):
        yield server


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def serving(home: str, port: int, app: str = "app.py") -> Iterator[Server]:
    """A server with this folder and this port, ended afterwards if it has not been killed."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", app, "--server.address", "127.0.0.1"]
        + ["--server.port", str(port), "--server.headless", "true"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PANGLOSS_HOME": home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process_seen = psutil.Process(process.pid)
        yield Server(f"http://127.0.0.1:{port}", process_seen, began, Path(home))
    finally:
        process.terminate()
        process.wait(30)
