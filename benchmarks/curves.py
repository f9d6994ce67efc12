"""How costs grow: a training step with time and units, a rerun and memory with the visitors.

``python -m benchmarks.curves FEW`` takes a point or two of each, to see that it works.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks import latency, training_step
from benchmarks.class_opens import _open
from benchmarks.memory import mib
from benchmarks.row import Row, spread
from benchmarks.server import running

TIMES, UNITS = (10, 30, 100, 300), (8, 32, 128, 256)
VISITORS = (1, 10, 30, 60, 100)
LESSON = "voltaire"
_USUAL = 32, 100  # units and time where the other one grows
_ROUNDS = 7


def rows(few: bool = False) -> Iterator[Row]:
    yield from steps(few)
    visitors = VISITORS[:2] if few else VISITORS
    yield from reruns(visitors)
    yield from page_memory(visitors)


def steps(few: bool) -> Iterator[Row]:
    """A step of an LSTM, in a process of its own: TensorFlow shall not stay in this one."""
    units, time_steps = _USUAL
    sizes = [*((units, time) for time in TIMES), *((u, time_steps) for u in UNITS if u != units)]
    for size in sizes[:1] if few else sizes:
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.curves", "step", *map(str, size)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        found = json.loads(said.splitlines()[-1])["steps"]
        names = {"keras": "Keras `fit`", "torch": "PyTorch `nn.LSTM`"}
        beside = [f"{names[side]} {found[side]:.1f} ms" for side in names if side in found]
        what = f"one training step, LSTM of {size[0]} units, {size[1]} steps, batch 64"
        yield Row(what, f"{found['ours']:.1f} ms", ", ".join(beside))


def reruns(visitors: tuple[int, ...]) -> Iterator[Row]:
    """How soon a setting answers beside a job, by how many visitors move one now and then."""
    with running() as server:
        server.wait_until("/health/ready")
        for count in visitors:
            times, _whole = asyncio.run(latency.measure(server, count))
            what = f"a setting is moved beside a training job, {count} visitors"
            yield Row(what, spread(times))


def page_memory(visitors: tuple[int, ...]) -> Iterator[Row]:
    """The server's unique memory when so many have opened a lesson, one server each."""
    for count in visitors:
        with running() as server:
            server.wait_until("/health/ready")
            before = mib(server.process)
            asyncio.run(_open(server, LESSON, count))
            after = mib(server.process)
        yield Row(
            f"memory of the server, {count} visitors have opened a lesson",
            f"{after:.0f} MiB",
            f"{before:.0f} MiB before; {(after - before) / count:.1f} MiB a visitor",
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["step"]:
        units, time_steps = map(int, sys.argv[2:])
        print(json.dumps(training_step.measure("lstm", units, time_steps, _ROUNDS)))
    else:
        for line in rows(few=bool(sys.argv[1:])):
            print(line, flush=True)
