"""How fast a decoded image follows a dragging hand, and the exact one its letting go."""

import asyncio
import json
import statistics
import threading
import time

import websockets
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.browser import chromium
from benchmarks.row import Row
from benchmarks.server import Server, running

LESSON, PLANES = "autoencoder", "autoencoder.planes"
VISITORS, PICKS, PAUSE_S = 30, 15, 1.0
# Drags over the latent plane, a place a frame; resolves to the milliseconds from each move of the
# pointer until the decoded picture is another one.
_DRAG = """async (moves) => {
  const glass = document.querySelector(".pangloss-planes .scatters canvas:nth-of-type(2)");
  const canvas = document.querySelector(".pangloss-planes .decoded canvas");
  const box = glass.getBoundingClientRect();
  const at = (kind, share) => glass.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, button: 0, pointerId: 1,
    clientX: box.left + box.width * (0.25 + 0.5 * share),
    clientY: box.top + box.height * (0.4 + 0.2 * Math.sin(9 * share)),
  }));
  const picture = () => canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height).data.join();
  const frame = () => new Promise(requestAnimationFrame);
  glass.setPointerCapture = () => {};
  at("pointerdown", 0);
  await frame();
  const times = [];
  for (let i = 1; i <= moves; i++) {
    const before = picture();
    const began = performance.now();
    at("pointermove", i / moves);
    for (let frames = 0; frames < 10; frames++) {
      await frame();
      if (picture() !== before) { times.push(performance.now() - began); break; }
    }
  }
  return times;
}"""


def rows() -> list[Row]:
    with running() as server, chromium() as browser:
        server.wait_until("/health/ready")
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        page.goto(f"{server.url}/{LESSON}?lang=en")
        page.locator(".pangloss-planes[data-decoded]").first.wait_for(timeout=60_000)
        alone = drag(page)
        picks: list[float] = []
        class_ = threading.Thread(target=lambda: picks.extend(asyncio.run(thirty(server))))
        class_.start()
        time.sleep(5)  # until all have the page
        among = drag(page)
        class_.join()
    return [
        Row("decoded image follows a dragging hand, one visitor", said(alone), "50 ms allowed"),
        Row(
            f"the same, beside {VISITORS} visitors who let go once a second, on the same machine",
            said(among),
            "50 ms allowed",
        ),
        Row(
            f"exact decoding where a hand lets go, planes redrawn, {VISITORS} visitors",
            said([1000 * seconds for seconds in picks]),
            f"{len(picks)} picks",
        ),
    ]


def said(times_ms: list[float]) -> str:
    """Median and 95 % quantile."""
    worst = statistics.quantiles(times_ms, n=20)[-1]
    return f"median {statistics.median(times_ms):.0f} ms, 95% under {worst:.0f} ms"


def drag(page: Page, moves: int = 120) -> list[float]:
    """Milliseconds until the picture follows, of each move that changes it."""
    times = page.evaluate(_DRAG, moves)
    if len(times) < moves / 2:
        raise LookupError(f"only {len(times)} of {moves} moves changed the decoded picture")
    return times


async def thirty(server: Server) -> list[float]:
    """Seconds from each letting go to the end of the page's answer, of all visitors."""
    times = await asyncio.gather(*(_visit(server, i / VISITORS) for i in range(VISITORS)))
    return [seconds for some in times for seconds in some]


async def _visit(server: Server, phase: float) -> list[float]:
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(address, max_size=None) as socket:
        asked = BackMsg()
        asked.rerun_script.query_string = "lang=en"
        asked.rerun_script.page_name = LESSON
        _seconds, heard = await _rerun(socket, asked)
        planes, fragment, page = _where(heard)
        await asyncio.sleep(phase * PAUSE_S)
        times = []
        for serial in range(1, PICKS + 1):
            let_go = BackMsg()
            let_go.rerun_script.query_string = "lang=en"
            let_go.rerun_script.page_script_hash = page
            let_go.rerun_script.fragment_id = fragment
            picked = {"plane": "latent", "x": serial / PICKS, "y": phase, "serial": serial}
            state = let_go.rerun_script.widget_states.widgets.add(id=planes)
            state.json_value = json.dumps({"picked": picked})
            seconds, heard = await _rerun(socket, let_go)
            if not _is_exact(heard):
                raise LookupError("the server's answer has no exact image")
            times.append(seconds)
            await asyncio.sleep(max(0.0, PAUSE_S - seconds))
    return times


async def _rerun(socket, asked: BackMsg) -> tuple[float, list[ForwardMsg]]:
    began = time.perf_counter()
    await socket.send(asked.SerializeToString())
    heard = []
    while True:
        heard.append(ForwardMsg.FromString(await socket.recv()))
        if heard[-1].WhichOneof("type") == "script_finished":
            return time.perf_counter() - began, heard


def _components(heard: list[ForwardMsg]):
    """The planes among the components in what the server said, and the message of each."""
    for message in heard:
        if message.WhichOneof("type") == "delta":
            found = message.delta.new_element.bidi_component  # empty in any other element
            if found.id.endswith(f"-{PLANES}"):
                yield found, message


def _where(heard: list[ForwardMsg]) -> tuple[str, str, str]:
    """The planes' id, the fragment that they stand in, and the page's hash."""
    found, message = next(_components(heard))
    page = next(m.new_session for m in heard if m.WhichOneof("type") == "new_session")
    return found.id, message.delta.fragment_id, page.page_script_hash


def _is_exact(heard: list[ForwardMsg]) -> bool:
    return any(json.loads(found.json)["exact"] for found, _message in _components(heard))
