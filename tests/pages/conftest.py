"""What all page tests share."""

from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_runner

from core.data import fetch, uploads
from tests import recorded
from ui.runs.following import replay
from ui.runs.following.replay import Replay


class AtOnce(Replay):
    """A replay that is over when it begins."""

    def __init__(self, _times_s, _start_s=0.0):
        super().__init__([])


@pytest.fixture(scope="session", autouse=True)
def quick_runs():
    """Without what takes most of the time of a page's run and is the same for all pages.

    Streamlit ends Keras's session after every run of a page, where Keras has been imported: the
    server never imports it, but other tests in this process may have. For every page it looks for
    components through all packages that are installed, as a server does once. And a run that
    another test has left is told at once, not at its own pace.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script_runner, "_clean_problem_modules", lambda: None)
        packages = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", packages)
        patch.setattr(replay, "Replay", AtOnce)
        yield


@pytest.fixture(scope="module", autouse=True)
def forgotten():
    """What a file's pages have cached is let go, or the worker keeps that of all."""
    yield
    st.cache_data.clear()
    recorded.runs.cache_clear()


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """Neither data sets nor uploads, and no cached resource that knows of any."""
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
    st.cache_resource.clear()
