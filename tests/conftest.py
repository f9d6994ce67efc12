"""What all tests share."""

import ctypes
import gc
import os
import pickle
import sys

import psutil
import pytest
from filelock import FileLock
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

# One thread each: several workers whose libraries all take every core wait for one another, and the
# whole takes half as long again. Nothing has imported NumPy or Keras yet.
for name in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
):
    os.environ.setdefault(name, "1")

# What XLA compiles is used for a moment here: it need not be fast. The app's own level is tested by
# what browser tests train, and where it is asked for by XLA_FLAGS.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0")

# A busy machine is no failure: nothing here is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["tests.own_process"]
_WORKER = psutil.Process()  # not a fork, which ends with its file
_MUCH = 30e6  # bytes by which it may have grown before it looks for what it can give back
_size = [0]  # bytes that it had when it last did
pytest.register_assert_rewrite("tests.contracts.runs", "tests.pages.lesson")


class _ByFile(LoadFileScheduling):
    """One worker has all browser tests: a Chromium and a server that knows the pages take long."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "tests/browser" if file.startswith("tests/browser/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return _ByFile(config, log)


def pytest_collection_finish():
    """What is imported by now stays: it is looked through no more, nor copied into each fork."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # as app.py has it


def pytest_sessionfinish():
    """Streamlit leaves the folder of its scripts to the end of the process, which warns of it."""
    if app_test := sys.modules.get("streamlit.testing.v1.app_test"):
        app_test.TMP_DIR.cleanup()


@pytest.fixture(scope="module", autouse=True)
def _memory_is_given_back():
    """After a file: else what its figures and pages took stays with the worker to the end."""
    yield
    if _WORKER.pid == os.getpid() and _WORKER.memory_info().rss > _size[0] + _MUCH:
        gc.collect()
        if sys.platform == "linux":
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        _size[0] = _WORKER.memory_info().rss


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory):
    """What is kept goes into a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PANGLOSS_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _figures_are_checked():
    """A page tells the browser of a drawing without Plotly's checks: here each is made first."""
    import plotly.graph_objects as go

    from core.figures.drawing import Drawing

    def checked(figure):
        return go.Figure(figure._data, figure._layout).to_dict()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawing, "to_dict", checked)
        yield


@pytest.fixture(scope="session")
def small_run(tmp_path_factory):
    """The events of an experiment's small run: made once for the tests of all files and workers."""
    from core.experiments.kit.control import Control
    from tests.contracts.small import run_of, small

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # which all workers of this run have in common

    def small_run(name):
        file = folder / f"{name}.pickle"
        with FileLock(file.with_suffix(".lock")):
            if not file.exists():
                file.write_bytes(pickle.dumps(list(run_of(name)(small(name), Control()))))
            return pickle.loads(file.read_bytes())

    return small_run
