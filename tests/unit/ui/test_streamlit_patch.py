"""The patch of Streamlit: whether it is still needed, and what it does."""

import logging
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from ui.frame import streamlit_patch

OUTER, INNER = "outer", "inner"


def drawn(path, fragment, block=False):
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.fragment_id = fragment
    if block:
        message.delta.add_block.SetInParent()
    else:
        message.delta.new_element.text.body = "text"
    return message


@pytest.fixture
def session():
    """A session that has drawn a page and sent nothing: a fragment's column, another in it."""
    queue = ForwardMsgQueue()
    for message in (drawn((0, 0), OUTER, block=True), drawn((0, 0, 0), INNER)):
        queue.enqueue(message)
    return SimpleNamespace(_browser_queue=queue)


def paths(session):
    return [tuple(message.metadata.delta_path) for message in session._browser_queue.flush()]


def test_streamlit_still_sends_an_element_without_the_block_around_it(session):
    """Where this fails, Streamlit has mended it: delete the patch, its tests and its record."""
    streamlit_patch.clear_queue(session, [OUTER])
    assert paths(session) == [(0, 0, 0)]


def test_what_is_pending_is_kept_when_a_fragment_is_drawn_anew(session):
    streamlit_patch.keep_pending(session, [OUTER])
    session._browser_queue.enqueue(drawn((0, 0), OUTER))
    assert paths(session) == [(0, 0), (0, 0, 0), (0, 0)]


def test_what_is_pending_is_cleared_when_the_page_is_drawn_anew(session):
    streamlit_patch.keep_pending(session)
    assert paths(session) == []


def test_the_patch_was_checked_with_the_installed_streamlit(monkeypatch):
    monkeypatch.setattr(AppSession, "_clear_queue", streamlit_patch.clear_queue)
    assert streamlit_patch.apply(st.__version__)
    assert AppSession._clear_queue is streamlit_patch.keep_pending


def test_an_unknown_streamlit_keeps_its_own_method(monkeypatch, caplog):
    monkeypatch.setattr(AppSession, "_clear_queue", streamlit_patch.clear_queue)
    major, minor = streamlit_patch.LAST_CHECKED
    with caplog.at_level(logging.WARNING, "pangloss"):
        assert not streamlit_patch.apply(f"{major}.{minor + 1}.0")
    assert AppSession._clear_queue is streamlit_patch.clear_queue
    assert "newer than the patch" in caplog.text
