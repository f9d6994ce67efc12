"""Browsers without a screen: sessions of the app over websockets, as Streamlit's page has."""

import asyncio
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui.server import COOKIE

_KEY = re.compile(r"\$\$ID-\w+-(.+)", re.DOTALL)  # of a widget's id

_PAUSE_S = 0.5  # before a browser tries again
_OLDEST = 2  # reruns for which a browser keeps a large message that it is not told of again


@dataclass
class Session:
    """A page that is open: what it has been sent, and what it sends.

    cookie: the browser's. elements: key of each widget -> it, and the fragment that it is in.
    on_element: is told of each element that is drawn, and of its kind. whole_s: seconds of each
    rerun that drew the whole page, whoever asked for it.
    """

    url: str
    cookie: str
    page: str
    query: str
    on_element: Callable[[str, Any], None] = lambda _kind, _element: None
    elements: dict[str, tuple[Any, str]] = field(default_factory=dict)
    whole_s: list[float] = field(default_factory=list)
    _socket: Any = None
    _hash: str = ""
    _polls: dict[str, tuple[float, float]] = field(default_factory=dict)  # when next, how often
    _known: dict[str, tuple[int, ForwardMsg]] = field(default_factory=dict)  # the rerun, by hash
    _reruns: int = 0
    _drawing: Sequence[str] = ()  # fragments that are drawn, none if it is the whole page

    async def open(self, patience_s: float = 60.0) -> float:
        """Connect, again and again until the server answers, and draw the page; seconds of that."""
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        headers = {"Cookie": f"{COOKIE}={self.cookie}"}
        until = time.monotonic() + patience_s
        while True:
            try:
                self._socket = await websockets.connect(
                    address, max_size=None, additional_headers=headers
                )
                break
            except (OSError, websockets.WebSocketException):
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(_PAUSE_S)
        self._hash = ""
        self._known.clear()
        return await self.rerun()

    @property
    def is_open(self) -> bool:
        """Whether it has been opened, and not closed since."""
        return self._socket is not None

    async def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def go(self, page: str, query: str) -> float:
        """Open another page; seconds until it is there."""
        self.page, self.query, self._hash = page, query, ""
        return await self.rerun()

    async def use(self, widgets: Mapping[str, Any]) -> float:
        """Press (True), write (str), count (float), choose or slide (list), by key; seconds.

        What is all in one fragment reruns that alone.
        """
        fragments = {self.elements[key][1] for key in widgets}
        return await self.rerun(fragments.pop() if len(fragments) == 1 else "", widgets)

    async def rerun(
        self, fragment: str = "", widgets: Mapping[str, Any] | None = None, poll: bool = False
    ) -> float:
        """Ask for a rerun, of a fragment alone, and wait for its end; seconds."""
        asked = BackMsg()
        script = asked.rerun_script
        script.query_string, script.page_script_hash = self.query, self._hash
        script.page_name = "" if self._hash else self.page
        script.fragment_id, script.is_auto_rerun = fragment, poll
        script.cached_message_hashes.extend(self._known)
        for key, value in (widgets or {}).items():
            state = script.widget_states.widgets.add(id=self.elements[key][0].id)
            if value is True:
                state.trigger_value = True
            elif isinstance(value, list):
                slides = isinstance(value[0], float)
                state_of = state.double_array_value if slides else state.string_array_value
                state_of.data.extend(value)
            elif isinstance(value, float):
                state.double_value = value
            else:
                state.string_value = value
        began = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        while not self._learn(await self._socket.recv(decode=False)):
            pass
        took_s = time.perf_counter() - began
        if not self._drawing:
            self.whole_s.append(took_s)
        return took_s

    async def poll(self, until: float) -> None:
        """Rerun each fragment as often as it wants to be, until a time of ``time.monotonic``."""
        while (now := time.monotonic()) < until:
            due = min((at for at, _every in self._polls.values()), default=until)
            if due > now:
                await asyncio.sleep(min(due, until) - now)
                continue
            fragment = next(name for name, (at, _every) in self._polls.items() if at == due)
            self._polls[fragment] = now + self._polls[fragment][1], self._polls[fragment][1]
            await self.rerun(fragment, poll=True)

    def param(self, name: str) -> str:
        """What the address says of a parameter."""
        return parse_qs(self.query).get(name, [""])[0]

    def _learn(self, message: bytes) -> bool:
        """Take note of a message; whether it says that the rerun is over."""
        said = ForwardMsg.FromString(bytes(message))
        if said.WhichOneof("type") == "ref_hash":
            said = self._known[said.ref_hash][1]
        if said.metadata.cacheable:
            self._known[said.hash] = self._reruns, said
        match said.WhichOneof("type"):
            case "new_session":
                self._drawing = said.metadata.run.fragment_ids
                if not self._drawing:
                    self._polls.clear()
            case "navigation":
                self._hash = said.navigation.page_script_hash
            case "page_info_changed":
                self.query = said.page_info_changed.query_string
            case "auto_rerun":
                every = said.auto_rerun.interval
                self._polls[said.auto_rerun.fragment_id] = time.monotonic() + every, every
            case "stop_auto_rerun":
                for fragment in said.stop_auto_rerun.fragment_ids:
                    self._polls.pop(fragment, None)
            case "delta" if said.delta.WhichOneof("type") == "new_element":
                kind = said.delta.new_element.WhichOneof("type") or ""
                element = getattr(said.delta.new_element, kind, None)
                named = _KEY.fullmatch(getattr(element, "id", ""))
                if named:
                    self.elements[named[1]] = element, said.delta.fragment_id
                self.on_element(kind, element)
            case "script_finished":
                is_over = said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
                if is_over:
                    self._forget()
                return is_over
        return False

    def _forget(self) -> None:
        """Let go of large messages of what was drawn that the last reruns did not name."""
        self._reruns += 1
        for name, (rerun, said) in list(self._known.items()):
            drawn = not self._drawing or said.delta.fragment_id in self._drawing
            if drawn and self._reruns - rerun > _OLDEST:
                del self._known[name]
