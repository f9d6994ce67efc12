"""How costs grow: a training step with time and units, a rerun and memory with the visitors.

``python -m benchmarks.curves FEW`` takes a point or two of each, to see that it works;
``benchmarks.record_costs`` draws them for README.md.
"""

import asyncio
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
_NAMES = {"keras": "Keras `fit`", "torch": "PyTorch `nn.LSTM`"}


@dataclass(frozen=True)
class Cost:
    """A point of some curves: on which axes it lies, where, its figures, and its line.

    at: name of an axis -> the place on it. figures: name of a curve -> ms, or MiB of memory.
    """

    at: Mapping[str, int]
    figures: Mapping[str, float]
    row: Row


def rows(few: bool = False) -> Iterator[Row]:
    return (cost.row for cost in costs(few))


def costs(few: bool = False) -> Iterator[Cost]:
    """Of axes "time", "units", "visitors" and "pages"."""
    yield from _steps(few)
    visitors = VISITORS[:2] if few else VISITORS
    yield from _reruns(visitors)
    yield from _page_memory(visitors)


def _steps(few: bool) -> Iterator[Cost]:
    """A step of an LSTM, in a process of its own: TensorFlow shall not stay in this one."""
    usual_units, usual_time = _USUAL
    sizes = [*((usual_units, t) for t in TIMES), *((u, usual_time) for u in UNITS)]
    for units, time_steps in dict.fromkeys(sizes[:1] if few else sizes):
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.curves", "step", str(units), str(time_steps)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        found = json.loads(said.splitlines()[-1])["steps"]
        beside = [f"{name} {found[side]:.1f} ms" for side, name in _NAMES.items() if side in found]
        what = f"one training step, LSTM of {units} units, {time_steps} steps, batch 64"
        at = {"time": time_steps} if units == usual_units else {}
        at |= {"units": units} if time_steps == usual_time else {}
        yield Cost(at, found, Row(what, f"{found['ours']:.1f} ms", ", ".join(beside)))


def _reruns(visitors: tuple[int, ...]) -> Iterator[Cost]:
    """How soon a setting answers beside a job, by how many visitors move one now and then."""
    with running() as server:
        server.wait_until("/health/ready")
        for count in visitors:
            times, _whole = asyncio.run(latency.measure(server, count))
            what = f"a setting is moved beside a training job, {count} visitors"
            figures = {
                "median": 1000 * statistics.median(times),
                "slow": 1000 * statistics.quantiles(times, n=20)[-1],
            }
            yield Cost({"visitors": count}, figures, Row(what, spread(times)))


def _page_memory(visitors: tuple[int, ...]) -> Iterator[Cost]:
    """The server's unique memory when so many have opened a lesson, one server each."""
    for count in visitors:
        with running() as server:
            server.wait_until("/health/ready")
            before = mib(server.process)
            asyncio.run(_open(server, LESSON, count))
            after = mib(server.process)
        row = Row(
            f"memory of the server, {count} visitors have opened a lesson",
            f"{after:.0f} MiB",
            f"{before:.0f} MiB before; {(after - before) / count:.1f} MiB a visitor",
        )
        yield Cost({"pages": count}, {"memory": after}, row)


if __name__ == "__main__":
    if sys.argv[1:2] == ["step"]:
        units, time_steps = map(int, sys.argv[2:])
        print(json.dumps(training_step.measure("lstm", units, time_steps, _ROUNDS)))
    else:
        for line in rows(few=bool(sys.argv[1:])):
            print(line, flush=True)
