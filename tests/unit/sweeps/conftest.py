"""An engine whose fork server imports no Keras."""

import multiprocessing
import sys
from multiprocessing import forkserver

import pytest
from fake_sweeps import find

from core.engine import Engine, Limits
from core.engine.local.processes import for_this_machine


@pytest.fixture(scope="package", autouse=True)
def fork_server_of_our_own():
    """The fork server is one for the whole process: leave none with our preload behind."""
    _stop_fork_server()
    yield
    _stop_fork_server()


def _stop_fork_server():
    if sys.platform == "linux" and not multiprocessing.active_children():
        forkserver._forkserver._stop()  # type: ignore[attr-defined]  # Python's own, unlisted


@pytest.fixture
def engine():
    """An engine for the fake."""
    limits = Limits(at_once=2, beside=2, watch_s=0.02)
    engine = Engine(limits, find=find, processes=for_this_machine("core.events"))
    yield engine
    engine.close()
