"""Tests that compute with Keras: collected by one process of their own, run in forks of it.

What TensorFlow compiles stays in memory until its process ends: a dozen megabytes for each network,
gigabytes for all tests; and its mere import is half of what else a worker needs. So a worker forks
a *nursery* before it has imported anything, which imports Keras and these files and names their
tests; a file of them is then run in a fork of the nursery, as the app's training jobs are forks of
theirs, and each test marked ``own_process(each=True)`` in one of its own. Where forking is unsafe
(macOS, Windows), and under a debugger (``--pdb``), they are collected and run like all others.
"""

import importlib
import multiprocessing
import os
import re
import sys
import warnings
from functools import cache
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

_KERAS = re.compile(
    r"^\s*(import|from) (keras|tensorflow|core\.models)\b|importorskip\(.(keras|tensorflow)"
    r"|mark\.own_process\b",
    re.MULTILINE,
)
_KEPT = {"slow", "browser"}  # marks by which tests are chosen
_nursery = pytest.StashKey()


@cache
def trains(file):
    """Whether a file's tests compute with Keras: by its folder, what it imports, or its marks."""
    inside = file.is_relative_to(Path(__file__).parent / "unit" / "experiments")
    return inside or _KERAS.search(file.read_text("utf-8")) is not None


def pytest_configure(config):
    """The marker."""
    words = "own_process(each=False): of what computes with Keras, each test in a fork of its own"
    config.addinivalue_line("markers", words)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    """Fork the nursery, before anything has been collected."""
    config = session.config
    unsafe = sys.platform != "linux" or config.getoption("usepdb")
    shares = not hasattr(config, "workerinput") and config.getoption("dist", "no") != "no"
    if not (unsafe or shares) and any(map(trains, _files(config.args))):
        config.stash[_nursery] = _Nursery(session)


def _files(args):
    """The files of tests that are named, or are in folders that are."""
    for path in (Path(arg.split("::")[0]).absolute() for arg in args):
        yield from path.rglob("test_*.py") if path.is_dir() else [path]


def pytest_ignore_collect(collection_path, config):
    """The nursery looks at nothing else."""
    inside = isinstance(config.stash.get(_nursery, None), _Inside)
    if inside and collection_path.suffix == ".py" and collection_path.name != "__init__.py":
        return not trains(collection_path) or None
    return None


def pytest_pycollect_makemodule(module_path, parent):
    """A worker has such a file collected by its nursery."""
    has_nursery = isinstance(parent.config.stash.get(_nursery, None), _Nursery)
    return (
        _File.from_parent(parent, path=module_path) if has_nursery and trains(module_path) else None
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Reports what the fork says of a test; the first test of a fork starts it."""
    if not isinstance(item, _Test):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in item.config.stash[_nursery].reports(item):
        item.ihook.pytest_runtest_logreport(report=report)
    item.session._setupstate.teardown_exact(nextitem)  # what stood for both neighbours here
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


class _File(pytest.File):
    """A file that the nursery has collected."""

    def collect(self):
        tests = self.config.stash[_nursery].tests()
        if isinstance(tests, str):
            raise self.CollectError(tests)
        for name, place, fork, marks in tests.get(str(self.path), []):
            yield _Test.from_parent(self, name=name, place=place, fork=fork, marks=marks)


class _Test(pytest.Item):
    """A test there; fork: what the tests that share one have in common."""

    def __init__(self, *, place, fork, marks, **names):
        super().__init__(**names)
        self.place, self.fork = place, fork
        for mark in marks:
            self.add_marker(mark)

    def runtest(self):
        raise NotImplementedError("the nursery runs it")

    def reportinfo(self):
        return self.path, self.place[1], self.place[2]


class _Nursery:
    """The nursery as its worker sees it."""

    def __init__(self, session):
        session.config._tmp_path_factory.getbasetemp()  # else each fork would make it anew
        self._pipe, theirs = multiprocessing.Pipe()
        if _fork() == 0:
            self._pipe.close()
            _Inside(session, theirs).serve()
        theirs.close()
        self._tests = None
        self._asked, self._reports, self._ends = set(), {}, {}

    def tests(self):
        """Of each file its tests, as soon as all are collected; a text if that failed."""
        if self._tests is None:
            self._tests = self._pipe.recv()
        return self._tests

    def reports(self, item):
        """The reports of a test; if its process has died, that it failed."""
        if item.fork not in self._asked:
            self._asked.add(item.fork)
            together = [i for i in item.session.items if getattr(i, "fork", None) == item.fork]
            self._pipe.send((item.fork, [i.nodeid for i in together]))
        while item.nodeid not in self._reports and item.fork not in self._ends:
            kind, name, data = self._pipe.recv()
            (self._reports if kind == "reports" else self._ends)[name] = data
        if item.nodeid not in self._reports:
            words = f"the process of {item.path.name} ended with status {self._ends[item.fork]}"
            return [
                pytest.TestReport(
                    item.nodeid, item.location, {}, "failed", words, "call", duration=0
                )
            ]
        hook = item.config.hook.pytest_report_from_serializable
        return [hook(config=item.config, data=data) for data in self._reports.pop(item.nodeid)]


class _Inside:
    """The nursery itself."""

    def __init__(self, session, pipe):
        self._session, self._pipe = session, pipe
        session.config.stash[_nursery] = self

    def serve(self):
        """Say which tests there are, then run what is asked for, until the worker ends."""
        try:
            items = self._collected()
        except BaseException as error:  # the worker says it, whatever it is
            self._pipe.send(f"{type(error).__name__}: {error}")
            os._exit(1)
        try:
            while True:
                fork, nodeids = self._pipe.recv()
                child = _fork()
                if child == 0:
                    self._run([items[nodeid] for nodeid in nodeids])
                self._pipe.send(("end", fork, os.waitpid(child, 0)[1]))
        except (EOFError, ConnectionError):
            os._exit(0)

    def _collected(self):
        importlib.import_module("core.engine.local.preload")  # it computes nothing
        config, session = self._session.config, self._session
        for plugin in config.pluginmanager.get_plugins():  # that would speak for the worker
            if type(plugin).__name__ in ("WorkerInteractor", "TerminalReporter"):
                config.pluginmanager.unregister(plugin)
        files = {arg: Path(arg.split("::")[0]).absolute() for arg in config.args}
        args = [arg for arg, file in files.items() if file.is_dir() or trains(file)]
        failed = _Failed()
        config.pluginmanager.register(failed)
        items = session.perform_collect(args)
        if failed.reports:
            raise ImportError("\n".join(failed.reports))
        tests = {}
        for item in items:
            marks = _KEPT & {mark.name for mark in item.iter_markers()}
            marker = item.get_closest_marker("own_process")
            each = marker is not None and marker.kwargs.get("each")
            fork = item.nodeid if each else str(item.path)
            tests.setdefault(str(item.path), []).append((item.name, item.location, fork, marks))
        self._pipe.send(tests)
        return {item.nodeid: item for item in items}

    def _run(self, items):
        """Run the tests, report each, and end this process without what its parent has to end."""
        try:
            hook = self._session.config.hook.pytest_report_to_serializable
            for item, after in zip(items, [*items[1:], None], strict=True):
                reports = runtestprotocol(item, nextitem=after, log=False)
                data = [hook(config=item.config, report=report) for report in reports]
                self._pipe.send(("reports", item.nodeid, data))
        finally:
            os._exit(0)


class _Failed:
    """A plugin that keeps what could not be collected."""

    def __init__(self):
        self.reports = []

    def pytest_collectreport(self, report):
        if report.failed:
            self.reports.append(report.longreprtext)


def _fork():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads: none holds a lock
        return os.fork()
