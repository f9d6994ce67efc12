"""The patch of Streamlit: whether it is still needed, and what it does."""

import asyncio
import logging
import socket
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import streamlit as st
from streamlit import config, delta_generator
from streamlit.cursor import Cursor, LockedCursor, RunningCursor
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.web.server.starlette import starlette_server
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

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


def theme_of(populate):
    """The theme as it is told with each section told by ``populate``."""
    told = NewSession().custom_theme
    for section, message in {
        "theme": told,
        "theme.light": told.light,
        "theme.dark": told.dark,
        "theme.sidebar": told.sidebar,
        "theme.light.sidebar": told.light.sidebar,
        "theme.dark.sidebar": told.dark.sidebar,
    }.items():
        populate(message, section)
    return told


def test_the_theme_is_told_as_streamlit_tells_it_and_read_once(monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[3])  # where its options stand
    config.get_config_options(force_reparse=True)
    streamlit_patch._theme.cache_clear()
    expected = theme_of(streamlit_patch.read_theme)
    assert (expected.light.primary_color, expected.dark.primary_color) == ("#2F4B9B", "#9DB4FF")
    asked = []
    read = config.get_options_for_section
    monkeypatch.setattr(
        config, "get_options_for_section", lambda section: asked.append(section) or read(section)
    )
    for _turn in range(2):
        assert theme_of(streamlit_patch.tell_theme) == expected
    assert len(asked) == len(set(asked)) == 6


@pytest.fixture
def unpatched(monkeypatch):
    """Streamlit as it is installed."""
    monkeypatch.setattr(AppSession, "_clear_queue", streamlit_patch.clear_queue)
    monkeypatch.setattr(app_session, "_populate_theme_msg", streamlit_patch.read_theme)
    monkeypatch.setattr(ScriptRunner, "_run_script", streamlit_patch.run_script)
    monkeypatch.setattr(AppSession, "_on_scriptrunner_event", streamlit_patch.hear_script)
    monkeypatch.setattr(Runtime, "_enqueued_some_message", streamlit_patch.wake_loop)
    monkeypatch.setattr(SafeSessionState, "filtered_state", streamlit_patch.list_state)
    monkeypatch.setattr(AppSession, "flush_browser_queue", streamlit_patch.take_queue)
    monkeypatch.setattr(Runtime, "_send_message", streamlit_patch.send_message)
    monkeypatch.setattr(WebSocketsSansIOProtocol, "connection_made", streamlit_patch.connect)
    monkeypatch.setattr(AutoHTTPProtocol, "connection_made", streamlit_patch.connect_first)
    monkeypatch.setattr(Cursor, "__deepcopy__", None, raising=False)  # that it be gone afterwards
    monkeypatch.delattr(Cursor, "__deepcopy__")
    monkeypatch.setattr(delta_generator, "_use_warning_has_been_displayed", False)


@pytest.mark.usefixtures("unpatched")
def test_the_patch_was_checked_with_the_installed_streamlit():
    assert streamlit_patch.apply(st.__version__)
    assert AppSession._clear_queue is streamlit_patch.keep_pending
    assert app_session._populate_theme_msg is streamlit_patch.tell_theme
    assert ScriptRunner._run_script is streamlit_patch.run_in_turn
    assert AppSession._on_scriptrunner_event is streamlit_patch.hear_together
    assert Runtime._enqueued_some_message is streamlit_patch.wake_loop_once
    assert SafeSessionState.filtered_state.fget is streamlit_patch.State
    assert AppSession.flush_browser_queue is streamlit_patch.take_queue_whole
    assert Runtime._send_message is streamlit_patch.send_messages
    assert WebSocketsSansIOProtocol.connection_made is streamlit_patch.connect_together
    assert AutoHTTPProtocol.connection_made is streamlit_patch.connect_at_once
    assert vars(Cursor)["__deepcopy__"] is streamlit_patch.copy_cursor
    assert delta_generator._use_warning_has_been_displayed


@pytest.mark.usefixtures("unpatched")
def test_an_unknown_streamlit_keeps_its_own_functions(caplog):
    major, minor = streamlit_patch.LAST_CHECKED
    with caplog.at_level(logging.WARNING, "pangloss"):
        assert not streamlit_patch.apply(f"{major}.{minor + 1}.0")
    assert AppSession._clear_queue is streamlit_patch.clear_queue
    assert app_session._populate_theme_msg is streamlit_patch.read_theme
    assert ScriptRunner._run_script is streamlit_patch.run_script
    assert AppSession._on_scriptrunner_event is streamlit_patch.hear_script
    assert Runtime._enqueued_some_message is streamlit_patch.wake_loop
    assert SafeSessionState.filtered_state is streamlit_patch.list_state
    assert AppSession.flush_browser_queue is streamlit_patch.take_queue
    assert Runtime._send_message is streamlit_patch.send_message
    assert WebSocketsSansIOProtocol.connection_made is streamlit_patch.connect
    assert AutoHTTPProtocol.connection_made is streamlit_patch.connect_first
    assert "__deepcopy__" not in vars(Cursor)
    assert not delta_generator._use_warning_has_been_displayed
    assert "newer than the patch" in caplog.text


class Hearing:
    """A session that notes what it is passed on, and how often its loop is woken."""

    def __init__(self):
        self._event_loop = asyncio.get_running_loop()
        self.heard, self.woken = [], 0

    def _call_soon_on_event_loop(self, callback):
        self.woken += 1
        self._event_loop.call_soon_threadsafe(callback)

    def _handle_scriptrunner_event_on_event_loop(self, _sender, event, **about):
        self.heard.append(about.get("forward_msg", event))


def test_what_a_script_draws_is_passed_on_together_and_in_order():
    drew, ended = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, ScriptRunnerEvent.SHUTDOWN

    async def hear():
        session: Any = Hearing()

        def script():
            for i in range(100):
                streamlit_patch.hear_together(session, None, drew, forward_msg=i)
            streamlit_patch.hear_together(session, None, ended)

        await asyncio.to_thread(script)
        while ended not in session.heard:
            await asyncio.sleep(0)
        assert session.heard == [*range(100), ended]
        return session

    assert asyncio.run(hear()).woken < 100


def test_what_a_script_draws_is_passed_on_before_it_ends():
    async def hear():
        session: Any = Hearing()
        for i in range(3):
            streamlit_patch.hear_together(
                session, None, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, forward_msg=i
            )
        while not session.heard:
            await asyncio.sleep(0)
        return session

    session = asyncio.run(hear())
    assert session.heard == [0, 1, 2] and session.woken == 1


def test_the_loop_is_woken_once_for_all_that_is_to_be_sent(monkeypatch):
    woken = []
    monkeypatch.setattr(streamlit_patch, "wake_loop", woken.append)
    news = SimpleNamespace(is_set=lambda: bool(woken))
    runtime: Any = SimpleNamespace(_get_async_objs=lambda: SimpleNamespace(need_send_data=news))
    for _message in range(3):
        streamlit_patch.wake_loop_once(runtime)
    assert woken == [runtime]


def test_a_session_s_state_is_looked_up_as_it_would_be_listed():
    kept = SafeSessionState(SessionState(), lambda: None)
    kept["seed"], kept["name"] = 3, None
    state, listed = streamlit_patch.State(kept), streamlit_patch.list_state.__get__(kept)
    assert dict(state) == listed == {"seed": 3, "name": None} and repr(state) == repr(listed)
    assert "name" in state and state["name"] is None and "other" not in state
    assert len(state) == 2 and set(state) == {"seed", "name"}


def place(cursor):
    """All that a cursor is, in values."""
    about = dict(vars(cursor))
    return type(cursor), list(about.pop("_transient_elements").items()), about


@pytest.mark.usefixtures("unpatched")
def test_a_place_on_the_page_is_copied_as_python_would_copy_it():
    running = RunningCursor(0, (1, 2))
    running.lock_element()
    spinning = running.get_transient_cursor()
    spinning.transient_elements[0] = cast(Any, drawn((0, 1), INNER))
    for cursor in (RunningCursor(0), running.open_block(), spinning, LockedCursor(0, (3,), 4)):
        copied, by_python = streamlit_patch.copy_cursor(cursor, {}), deepcopy(cursor)
        assert place(copied) == place(by_python) == place(cursor)
        assert copied.transient_elements is not cursor.transient_elements
        before = place(cursor)
        copied.lock_element()
        copied.transient_elements[9] = cast(Any, "another")
        assert place(cursor) == before


def sends_at_once(connection_made, monkeypatch):
    """Whether a connection to a socket like Streamlit's sends each small piece at once."""
    monkeypatch.setattr(streamlit_patch, "connect_first", lambda _self, _transport: None)

    async def connected():
        loop = asyncio.get_running_loop()
        made = loop.create_future()

        class Protocol(asyncio.Protocol):
            def connection_made(self, transport):
                connection_made(self, transport)
                wire = transport.get_extra_info("socket")
                made.set_result(wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

        own = starlette_server._bind_socket("127.0.0.1", 0, 1)
        async with await loop.create_server(Protocol, sock=own):
            _reader, writer = await asyncio.open_connection(*own.getsockname())
            told = await made
            writer.close()
            await writer.wait_closed()
            return bool(told)

    return asyncio.run(connected())


def test_streamlit_s_connections_still_wait_with_a_second_small_piece(monkeypatch):
    assert not sends_at_once(lambda _self, _transport: None, monkeypatch)


def test_a_connection_sends_each_small_piece_at_once(monkeypatch):
    assert sends_at_once(streamlit_patch.connect_at_once, monkeypatch)


def test_all_that_a_session_has_to_send_is_sent_in_its_order(session, monkeypatch):
    sent = []
    monkeypatch.setattr(streamlit_patch, "take_queue", lambda one: one._browser_queue.flush())
    monkeypatch.setattr(
        streamlit_patch, "send_message", lambda _runtime, _info, one: sent.append(one)
    )
    for messages in streamlit_patch.take_queue_whole(session):
        streamlit_patch.send_messages(cast(Any, None), cast(Any, None), messages)
    assert [tuple(one.metadata.delta_path) for one in sent] == [(0, 0), (0, 0, 0)]
    assert streamlit_patch.take_queue_whole(session) == []
