"""What keeping runs costs thirty visitors: their reruns without it and beside 200 runs kept."""

import asyncio
import contextlib
import os
import statistics
from collections.abc import Iterator

from benchmarks.latency import PAUSE_S, RERUNS, VISITORS, measure
from benchmarks.row import Row
from benchmarks.server import Server, computed_s, running
from core.cli.runs.record import Record
from core.experiments import experiment
from core.experiments.kit.control import Control

RUNS, ROUNDS = 200, 3


def rows() -> list[Row]:
    alone, beside, more_s = [], [], 0.0
    with running("benchmarks/archive_app.py") as server:
        server.wait_until("/health/ready")
        size = _record(server)
        for _ in range(ROUNDS):  # by turns: the machine may change
            began_s = computed_s(server)
            alone.append(_measured(server))
            between_s = computed_s(server)
            with _saving(server):
                beside.append(_measured(server))
            more_s += computed_s(server) - 2 * between_s + began_s
        saved = (server.home / "saved").read_text()
    more = 100 * (_p95(beside) / _p95(alone) - 1)
    return [
        Row(
            f"rerun, {VISITORS} visitors, a job that trains, {saved} runs of {size:.1f} MB kept "
            f"in {2 * ROUNDS} turns with and without, each {2 * VISITORS * RERUNS} reruns",
            _said(beside),
            f"without: {_said(alone)}; {more:+.0f}% at 95%, 10% allowed",
        ),
        Row(
            "what keeping one of these runs costs the server",
            f"{1000 * more_s / int(saved):.0f} ms of a core",
        ),
    ]


def _measured(server: Server) -> list[float]:
    """Seconds of a turn's reruns, of sections and of whole pages."""
    moved, whole = asyncio.run(measure(server, VISITORS))
    return moved + whole


def _record(server: Server) -> float:
    """Train the default autoencoder and hand its run to the server; its size in MB."""
    chosen = experiment("autoencoder")
    with Record(server.home / "training") as record:
        for event in chosen.run(chosen.Config(), Control()):
            record.add(event)
    file = server.home / "training" / "run.npz"
    size = file.stat().st_size / 1e6
    os.replace(file, server.home / "run.npz")
    return size


@contextlib.contextmanager
def _saving(server: Server) -> Iterator[None]:
    """Have the server keep its share of the runs, evenly over what is measured."""
    pause_s = 2 * PAUSE_S * RERUNS / (RUNS / ROUNDS)
    unfinished = server.home / "save.unfinished"
    unfinished.write_text(str(pause_s))
    os.replace(unfinished, server.home / "save")
    try:
        yield
    finally:
        (server.home / "save").unlink()


def _p95(turns: list[list[float]]) -> float:
    """Seconds under which 95% of a turn's reruns take, of the turns the median."""
    return statistics.median(statistics.quantiles(times, n=20)[-1] for times in turns)


def _said(turns: list[list[float]]) -> str:
    middle = statistics.median(statistics.median(times) for times in turns)
    return f"median {1000 * middle:.0f} ms, 95% under {1000 * _p95(turns):.0f} ms"
