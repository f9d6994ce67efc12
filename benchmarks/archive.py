"""What keeping runs costs thirty visitors: their reruns without it and beside 200 runs kept."""

import asyncio
import contextlib
import os
import sqlite3
import statistics
from collections.abc import Iterator

from benchmarks.latency import PAUSE_S, RERUNS, VISITORS, measure
from benchmarks.row import Row
from benchmarks.server import Server, running
from core.cli.record import Record
from core.experiments import experiment
from core.experiments.kit.control import Control

RUNS, ROUNDS = 200, 3


def rows() -> list[Row]:
    times: dict[str, list[float]] = {"alone": [], "beside": []}
    with running("benchmarks/archive_app.py") as server:
        server.wait_until("/health/ready")
        size = _record(server)
        for _ in range(ROUNDS):  # by turns: the machine may change
            times["alone"] += asyncio.run(measure(server, VISITORS))
            with _saving(server):
                times["beside"] += asyncio.run(measure(server, VISITORS))
        kept = _kept(server)
    alone, beside = times["alone"], times["beside"]
    return [
        Row(
            f"rerun, {VISITORS} visitors, a job that trains, {kept} runs of {size:.1f} MB kept "
            f"beside, {len(beside)} reruns",
            _said(beside),
            f"without: {_said(alone)}; 10 % more allowed at 95 %, "
            f"{100 * (_p95(beside) / _p95(alone) - 1):+.0f} % measured",
        )
    ]


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
    pause_s = PAUSE_S * RERUNS / (RUNS / ROUNDS)
    unfinished = server.home / "save.unfinished"
    unfinished.write_text(str(pause_s))
    os.replace(unfinished, server.home / "save")
    try:
        yield
    finally:
        (server.home / "save").unlink()


def _kept(server: Server) -> int:
    with contextlib.closing(sqlite3.connect(server.home / "pangloss.db")) as db:
        return db.execute("SELECT count(*) FROM runs WHERE file IS NOT NULL").fetchone()[0]


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _said(times: list[float]) -> str:
    return (
        f"median {1000 * statistics.median(times):.0f} ms, 95 % under {1000 * _p95(times):.0f} ms"
    )
