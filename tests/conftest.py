"""What all tests share."""

import ctypes
import gc
import os
import re
import sys
from functools import cache
from pathlib import Path

import psutil
import pytest
from hypothesis import settings

# One thread each: several workers whose libraries all take every core wait for one another, and the
# whole takes half as long again. Nothing has imported NumPy or Keras yet.
for name in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
):
    os.environ.setdefault(name, "1")

# A busy machine is no failure: nothing here is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["tests.own_process"]
pytest.register_assert_rewrite("tests.contracts.runs", "tests.pages.lesson")
KERAS = re.compile(r"^\s*(import|from) (keras|tensorflow|core\.models)\b", re.MULTILINE)
MOST_BYTES = 1e9  # of a process that runs tests: two fit beside a browser and a server


@pytest.fixture(scope="module", autouse=True)
def memory_is_given_back():
    """After each file Keras forgets its models and traces, and the process is not too large."""
    yield
    if "keras" in sys.modules:
        sys.modules["keras"].utils.clear_session()
    gc.collect()
    if sys.platform == "linux":  # what is free between pieces in use goes back to the system, too
        ctypes.CDLL(None).malloc_trim(0)
    size = psutil.Process().memory_info().rss
    assert size < MOST_BYTES, f"{size / 1e9:.2f} GB are in use after this file"


def pytest_collection_modifyitems(items):
    """What trains or computes with Keras has a process of its own."""
    for item in items:
        if trains(item.path) and not item.get_closest_marker("own_process"):
            item.add_marker(pytest.mark.own_process)


@cache
def trains(file):
    """Whether the tests of a file compute with Keras: by its folder, or by what it imports."""
    inside = file.is_relative_to(Path(__file__).parent / "unit" / "experiments")
    return inside or KERAS.search(file.read_text("utf-8")) is not None
