"""Test files in processes of their own, forked from one that has imported Keras.

What TensorFlow compiles stays in memory until its process ends: a dozen megabytes for each network,
gigabytes for all tests. A file marked ``own_process`` is run in a fork, as a training job of the
app is; its reports come back through a pipe. Where forking is unsafe (macOS, Windows), and under
a debugger (``--pdb``), its tests are run like all others.
"""

import importlib
import multiprocessing
import os
import sys
import warnings

import pytest
from _pytest.runner import runtestprotocol

_running = {}  # file -> the reports of its tests that are yet to come


def pytest_configure(config):
    """The marker."""
    config.addinivalue_line("markers", "own_process: all tests of the file run in a fork")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Reports what the fork says of a test; the first test of a file starts it."""
    marked = item.get_closest_marker("own_process") and sys.platform == "linux"
    if not marked or item.config.getoption("usepdb"):
        return None
    file = item.path
    if file not in _running:
        _running[file] = _forked([each for each in item.session.items if each.path == file])
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in _reports(item, _running[file]):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _forked(items):
    """Run the tests in a fork of this process; returns the pipe by which it reports."""
    importlib.import_module("core.engine.preload")  # once for all forks; it computes nothing
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads: none holds a lock
        forked = os.fork()
    if forked == 0:
        _run(items, theirs)
    theirs.close()
    return ours, forked


def _run(items, pipe):
    """Run the tests, report each, and end this process without what its parent has to end."""
    try:
        config = items[0].config
        for finalizers, _ in items[0].session._setupstate.stack.values():
            finalizers.clear()  # what stands already is the parent's to tear down
        for item, after in zip(items, [*items[1:], None], strict=True):
            reports = runtestprotocol(item, nextitem=after, log=False)
            hook = config.hook.pytest_report_to_serializable
            pipe.send((item.nodeid, [hook(config=config, report=report) for report in reports]))
    finally:
        os._exit(0)


def _reports(item, running):
    """The reports of a test; if its process has died, that it failed."""
    pipe, forked = running
    try:
        nodeid, data = pipe.recv()
        assert nodeid == item.nodeid
    except EOFError:
        status = os.waitpid(forked, 0)[1]
        words = f"the process of {item.path.name} ended with status {status}"
        return [_crash(item, words)]
    hook = item.config.hook.pytest_report_from_serializable
    return [hook(config=item.config, data=each) for each in data]


def _crash(item, words):
    return pytest.TestReport(
        item.nodeid, item.location, {}, "failed", words, "call", sections=[], duration=0
    )
