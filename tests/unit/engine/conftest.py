"""Engines with real processes, which start fast because their fork server imports no Keras."""

import multiprocessing
import sys
import time
from multiprocessing import forkserver

import pytest
from engine_kit import Clock, Visit, Watch
from fake_experiments import find

from core.engine import Engine, Limits
from core.engine.local.processes import Forked, Spare


def _stop_fork_server():
    if sys.platform == "linux" and not multiprocessing.active_children():
        forkserver._forkserver._stop()  # type: ignore[attr-defined]  # Python's own, unlisted


@pytest.fixture(scope="package", autouse=True)
def fork_server_of_our_own():
    """The fork server is one for the whole process: leave none with our preload behind."""
    _stop_fork_server()
    yield
    _stop_fork_server()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_engine():
    """A function that opens an engine with some limits; all are closed afterwards."""
    engines = []
    quick = Forked if sys.platform == "linux" else Spare

    def open_(clock=time.monotonic, processes=None, archive=None, **limits):
        limits = Limits(**{"watch_s": 0.02, **limits})
        processes = processes or quick("core.engine")
        engine = Engine(limits, find=find, processes=processes, archive=archive, clock=clock)
        engines.append(engine)
        return engine

    yield open_
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(open_engine):
    return open_engine(at_once=4)


@pytest.fixture
def watch(engine):
    return Watch(engine)


@pytest.fixture
def ada(engine):
    return Visit(engine, "ada")


@pytest.fixture
def bob(engine):
    return Visit(engine, "bob")
