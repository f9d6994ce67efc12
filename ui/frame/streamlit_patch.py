"""The one place where functions of Streamlit's server are replaced.

Streamlit clears what a busy server has not sent yet when a fragment is drawn anew: the fragment's
own part of it is dropped. Where the whole page was drawn just before, as at the end of a run, what
stands behind or inside that part then comes to the browser without it, and the browser gives the
page up: "Bad delta path index", "Cannot set a node at a delta path". Here all of it is sent, in its
order.

Streamlit reads the theme from its 250 options at every rerun, of a fragment, too, six times over:
a sixth of what a fragment costs that has nothing to say. Here it is read once.

Streamlit runs the scripts of all visitors side by side, with one lock of Python's. Here they have
turns: ``ui/frame/turns.py``.

Streamlit wakes its loop twice for each of a page's hundred messages, and the script waits each time
until the loop has looked; then each is sent alone. Here what a script says is passed on together,
every fiftieth of a second and when it ends, and goes to the browser in one piece:
``ui/frame/together.py``.

Streamlit makes its socket so that asyncio does not know it for one of TCP, and leaves it to wait,
before a second small piece is sent, until the first has been acknowledged: 40 ms of each rerun.
Here each piece is sent at once.

Streamlit looks through the call stack and the files that it names, at a server's first element, for
a notebook in which it need not be run. Here it has been looked.

Streamlit copies the place that each fragment draws at with Python's general ``deepcopy``, twice a
rerun. Here it is copied by who knows what is in it.

Streamlit lists all that a session keeps for each widget that might have been emptied, and makes a
class for each component in the list. Here one entry is looked up.

``docs/decisions/0004-one-patch-of-streamlit.md`` has more.
"""

import logging
import socket
import threading
from asyncio import BaseTransport
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from copy import copy, deepcopy
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit import delta_generator
from streamlit.cursor import Cursor, SparseList
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.session_manager import ActiveSessionInfo
from streamlit.runtime.state.safe_session_state import SafeSessionState
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from ui.frame.together import Together
from ui.frame.turns import AHEAD, Kind, Turns

logger = logging.getLogger("pangloss")

LAST_CHECKED = (1, 67)  # the last minor version of Streamlit whose own functions were looked at
clear_queue = AppSession._clear_queue
read_theme = app_session._populate_theme_msg
run_script = ScriptRunner._run_script
take_queue = AppSession.flush_browser_queue
send_message = Runtime._send_message
connect = WebSocketsSansIOProtocol.connection_made
connect_first = AutoHTTPProtocol.connection_made
hear_script = AppSession._on_scriptrunner_event
wake_loop = Runtime._enqueued_some_message
list_state = cast(property, SafeSessionState.filtered_state)
_turns = Turns()
_TOGETHER_S = 0.02
_said: WeakKeyDictionary[AppSession, deque[tuple[Any, ...]]] = WeakKeyDictionary()
_saying = threading.Lock()


def apply(version: str = st.__version__) -> bool:
    """Replace them in this server; returns whether that was done.

    A later Streamlit than the last one checked keeps its own functions, with a warning in the log:
    what it does inside is not known.
    """
    if tuple(int(part) for part in version.split(".")[:2]) > LAST_CHECKED:
        logger.warning("Streamlit %s is newer than the patch of it, which is left out", version)
        return False
    AppSession._clear_queue = keep_pending
    app_session._populate_theme_msg = tell_theme
    ScriptRunner._run_script = run_in_turn
    AppSession._on_scriptrunner_event = cast(Any, hear_together)
    Runtime._enqueued_some_message = wake_loop_once
    AppSession.flush_browser_queue = cast(Any, take_queue_whole)
    Runtime._send_message = cast(Any, send_messages)
    WebSocketsSansIOProtocol.connection_made = connect_together
    AutoHTTPProtocol.connection_made = cast(Any, connect_at_once)
    cast(Any, SafeSessionState).filtered_state = property(State)
    cast(Any, Cursor).__deepcopy__ = copy_cursor
    delta_generator._use_warning_has_been_displayed = True
    return True


def keep_pending(self: AppSession, fragment_ids_this_run: Sequence[str] | None = None):
    """Clear a session's queue for a run of the whole page; for a fragment, keep all of it."""
    if fragment_ids_this_run:
        # What the fragment draws is added at the end, and never put into what stands there already.
        self._browser_queue._delta_index_map = {}
    else:
        clear_queue(self)


@cache
def _theme(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    read_theme(message, section)
    return message


def tell_theme(msg: CustomThemeConfig, section: str = "theme"):
    """Write a section of the theme into a message; the options are those of the server's start."""
    known = _theme(section)
    if known.ByteSize():  # an empty one would be noted as told
        msg.MergeFrom(known)


def run_in_turn(self: ScriptRunner, rerun_data: RerunData):
    """Run a visitor's script when it is its turn."""
    is_part = rerun_data.fragment_id or rerun_data.fragment_id_queue
    kind = Kind.PART if is_part else Kind.PAGE
    ahead = AHEAD in self._session_state
    if rerun_data.is_auto_rerun:
        kind = Kind.PAGE if ahead else Kind.NEWS
    with _turns.turn(kind, ahead):
        run_script(self, rerun_data)


def hear_together(
    self: AppSession, sender: ScriptRunner | None, event: ScriptRunnerEvent, **about: Any
):
    """Pass on what a script draws in a moment, with all that comes until then; its end at once."""
    if event is ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
        _turns.hold_on()
    with _saying:
        said = _said.setdefault(self, deque())
        said.append((sender, event, about))
        is_first = len(said) == 1

    def pass_on():
        while said:
            sender, event, about = said.popleft()
            self._handle_scriptrunner_event_on_event_loop(sender, event, **about)

    def pass_on_soon():
        self._event_loop.call_later(_TOGETHER_S, pass_on)

    if event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
        self._call_soon_on_event_loop(pass_on)
    elif is_first:
        self._call_soon_on_event_loop(pass_on_soon)


def wake_loop_once(self: Runtime):
    """Tell the loop that there is something to send, unless it has been told."""
    if not self._get_async_objs().need_send_data.is_set():
        wake_loop(self)


def take_queue_whole(self: AppSession) -> list[list[ForwardMsg]]:
    """Take all that is to be sent as one, after which the loop looks at the next session."""
    messages = take_queue(self)
    return [messages] if messages else []


def send_messages(self: Runtime, session_info: ActiveSessionInfo, messages: list[ForwardMsg]):
    """Send what ``take_queue_whole`` took."""
    for message in messages:
        send_message(self, session_info, message)


def connect_together(self: WebSocketsSansIOProtocol, transport: BaseTransport):
    """Have a connection send together what is written at once."""
    connect(self, transport)
    self.transport = cast(Any, Together(self.transport, self.loop))


def connect_at_once(self: Any, transport: BaseTransport):
    """Have a connection, which a websocket takes over, send at once what is written to it."""
    open_socket = transport.get_extra_info("socket")
    open_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connect_first(self, transport)


def copy_cursor(self: Cursor, memo: dict[int, Any]) -> Cursor:
    """A place on the page that moves on by itself; all but what is shown for a time is numbers."""
    copied = copy(self)
    if len(self._transient_elements):
        copied._transient_elements = deepcopy(self._transient_elements, memo)
    else:
        copied._transient_elements = SparseList()
    return copied


class State(Mapping[str, Any]):
    """What a session keeps, by the app's own keys; looked up one by one, listed if asked to."""

    def __init__(self, session: SafeSessionState):
        self._session = session

    def __getitem__(self, key: str) -> Any:
        return self._session[key]

    def __contains__(self, key: object) -> bool:
        return cast(str, key) in self._session

    def _listed(self) -> dict[str, Any]:
        return list_state.__get__(self._session)

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed())

    def __len__(self) -> int:
        return len(self._listed())

    def __repr__(self) -> str:
        return repr(self._listed())
