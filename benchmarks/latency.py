"""How long a rerun of the lesson takes while a job trains, for one visitor and for thirty."""

import asyncio
import contextlib
import statistics
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.row import Row
from benchmarks.server import Server, running
from core.data.language import corpora
from core.experiments import experiment

VISITORS, RERUNS, PAUSE_S = 30, 6, 8.0


def rows() -> list[Row]:
    found = []
    with running() as server:
        server.wait_until("/health/ready")
        for visitors in (1, VISITORS):
            times = asyncio.run(measure(server, visitors))
            deciles = statistics.quantiles(times, n=20)
            found.append(
                Row(
                    f"rerun of the lesson while a job trains, {visitors} visitor"
                    + "s" * (visitors > 1),
                    f"median {1000 * statistics.median(times):.0f} ms, "
                    f"95% under {1000 * deciles[-1]:.0f} ms",
                    f"{len(times)} reruns, one every {PAUSE_S:.0f} s each",
                )
            )
    return found


@dataclass
class Visitor:
    """A browser's part of the conversation: it asks for reruns and waits for their end."""

    socket: websockets.ClientConnection
    query: str
    temperature: str = ""
    train: str = ""
    hash: str = ""
    heard: list[ForwardMsg] = field(default_factory=list)

    async def rerun(self, press: str = "", temperature: float | None = None) -> float:
        """Ask for a rerun of the lesson, pressing a button or moving the temperature; seconds."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = self.hash
        asked.rerun_script.page_name = "" if self.hash else "voltaire"
        if press:
            asked.rerun_script.widget_states.widgets.add(id=press, trigger_value=True)
        if temperature is not None:
            asked.rerun_script.widget_states.widgets.add(
                id=self.temperature
            ).double_array_value.data.append(temperature)
        began = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        while True:
            said = ForwardMsg.FromString(bytes(await self.socket.recv(decode=False)))
            self._learn(said)
            if said.WhichOneof("type") == "script_finished":
                return time.perf_counter() - began

    def _learn(self, said: ForwardMsg) -> None:
        if said.WhichOneof("type") == "new_session":
            self.hash = said.new_session.page_script_hash
        if said.WhichOneof("type") != "delta":
            return
        element = said.delta.new_element
        if element.WhichOneof("type") == "slider" and "temperature" in element.slider.id:
            self.temperature = self.temperature or element.slider.id
        if element.WhichOneof("type") == "button" and "train" in element.button.id:
            self.train = self.train or element.button.id


async def measure(server: Server, visitors: int) -> list[float]:
    """Seconds of each rerun of all visitors, the first of whom trains a model meanwhile."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    corpus = "conte" if corpora.missing("voltaire") else "voltaire"
    most = experiment("voltaire").Config.specs()["epochs"].high
    query = f"lang=en&corpus={corpus}&epochs={most:g}&seed={visitors}"
    async with contextlib.AsyncExitStack() as stack:
        people = [
            Visitor(
                await stack.enter_async_context(websockets.connect(address, max_size=None)), query
            )
            for _ in range(visitors)
        ]
        await asyncio.gather(*(person.rerun() for person in people))
        if not (people[0].train and all(person.temperature for person in people)):
            raise LookupError("the lesson's Train button or temperature slider was not found")
        await people[0].rerun(press=people[0].train)
        await asyncio.sleep(5)  # the job has begun to train
        times = await asyncio.gather(*(_visit(p, i / visitors) for i, p in enumerate(people)))
        return [seconds for some in times for seconds in some]


async def _visit(person: Visitor, phase: float) -> list[float]:
    """Move the temperature now and then; ``phase`` spreads the visitors over the pause."""
    await asyncio.sleep(phase * PAUSE_S)
    times = []
    for i in range(RERUNS):
        times.append(await person.rerun(temperature=0.5 + 0.1 * (i % 5)))
        await asyncio.sleep(max(0.0, PAUSE_S - times[-1]))
    return times
