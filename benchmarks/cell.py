"""How long the server takes to answer a hand that turns a weight of the small cell."""

import asyncio
import statistics
import time

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.row import Row, spread
from benchmarks.server import Server, running
from pages.recurrent.cell.settings import CellSettings

REPEATS = 200
RERUNS, PAUSE_S = 40, 0.1
QUERY = "lang=en&cell=lstm&units=4&preset=random&output=linear&sequence=" + "+".join(12 * ["0.5"])


def rows() -> list[Row]:
    with running() as server:
        server.wait_until("/health/ready")
        times = asyncio.run(answers(server))
    return [
        Row(
            "LSTM of 4 units, 12 steps: every gate and every gradient, by NumPy",
            f"{1000 * computation():.2f} ms",
        ),
        Row(
            "the server's answer to a weight that is turned, diagram and chart included",
            spread(times),
            "100 ms allowed",
        ),
    ]


def computation() -> float:
    """Seconds of one reading with its gradients, the median of some."""
    config = CellSettings(
        units=4, preset="random", output="linear", sequence=" ".join(12 * ["0.5"])
    )
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        config.model().read(config.numbers).gradients()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


async def answers(server: Server) -> list[float]:
    """Seconds from each move of the slider to the end of the rerun, as a browser asks for it."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(address, max_size=None) as socket:
        asked = BackMsg()
        asked.rerun_script.query_string = QUERY
        asked.rerun_script.page_name = "cell"
        _, said = await _rerun(socket, asked)
        slider, fragment, page = _slider(said)
        times = []
        for i in range(RERUNS):
            moved = BackMsg()
            moved.rerun_script.query_string = QUERY
            moved.rerun_script.page_script_hash = page
            moved.rerun_script.fragment_id = fragment
            state = moved.rerun_script.widget_states.widgets.add(id=slider)
            state.double_array_value.data.append(-1 + i * 0.05)
            seconds, said = await _rerun(socket, moved)
            if not _has_diagram(said):
                raise LookupError("the server's answer has no diagram")
            times.append(seconds)
            slider = _slider(said)[0] or slider
            await asyncio.sleep(PAUSE_S)
    return times


async def _rerun(socket, asked: BackMsg) -> tuple[float, list[ForwardMsg]]:
    began = time.perf_counter()
    await socket.send(asked.SerializeToString())
    said = []
    while True:
        said.append(ForwardMsg.FromString(await socket.recv()))
        if said[-1].WhichOneof("type") == "script_finished":
            return time.perf_counter() - began, said


def _slider(said: list[ForwardMsg]) -> tuple[str, str, str]:
    """The slider of a weight, the fragment that it stands in, and the page's hash."""
    slider = fragment = page = ""
    for message in said:
        if message.WhichOneof("type") == "new_session":
            page = message.new_session.page_script_hash
        if message.WhichOneof("type") == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "slider" and "cell.slid" in element.slider.id:
                slider, fragment = element.slider.id, message.delta.fragment_id
    return slider, fragment, page


def _has_diagram(said: list[ForwardMsg]) -> bool:
    return any(
        message.WhichOneof("type") == "delta"
        and message.delta.new_element.WhichOneof("type") == "bidi_component"
        and "cell.diagram" in message.delta.new_element.bidi_component.id
        for message in said
    )
