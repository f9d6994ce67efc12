"""Test files in processes of their own, forked from one that has imported Keras.

What TensorFlow compiles stays in memory until its process ends: a dozen megabytes for each network,
gigabytes for all tests. Tests marked ``own_process`` are run in a fork, as the app's training jobs
are: a file in one, or each in its own; the reports come back through a pipe. Where forking is
unsafe (macOS, Windows), and under a debugger (``--pdb``), they are run like all others.
"""

import importlib
import multiprocessing
import os
import sys
import warnings

import pytest
from _pytest.runner import runtestprotocol

_running = {}  # what shares a fork -> the pipe with its reports, the fork


def pytest_configure(config):
    """The marker."""
    words = "own_process(each=False): the tests of the file run in a fork, or each in its own"
    config.addinivalue_line("markers", words)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Reports what the fork says of a test; the first test of a file starts it."""
    shared = _fork_of(item)
    unsafe = sys.platform != "linux" or item.config.getoption("usepdb") or _has_computed()
    if shared is None or (unsafe and shared not in _running):
        return None
    if shared not in _running:
        _running[shared] = _forked([i for i in item.session.items if _fork_of(i) == shared])
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in _reports(item, _running[shared]):
        item.ihook.pytest_runtest_logreport(report=report)
    item.session._setupstate.teardown_exact(nextitem)  # what stood for both neighbours here
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _has_computed():
    """Whether TensorFlow has run something in this process, which a fork would not survive."""
    context = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    return getattr(context, "_context_handle", None) is not None


def _fork_of(item):
    """What the tests of a fork have in common, None for a test without."""
    marker = item.get_closest_marker("own_process")
    if marker is None:
        return None
    return item.nodeid if marker.kwargs.get("each") else str(item.path)


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
