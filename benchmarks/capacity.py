"""What so many students need, on paper: from what the benchmarks measure and what students do.

``python -m benchmarks.capacity`` prints the tables of docs/capacity.md, with ``rerun_ms=40`` behind
it those of another figure.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from math import ceil

STUDENTS = (30, 300, 3000)


def _given(value: float, source: str) -> float:
    return field(default=value, metadata={"source": source})


@dataclass(frozen=True)
class Inputs:
    """What is put in, each with where it comes from. ms, s, min: times; mib: memory."""

    moved_ms: float = _given(31, "`pages`: a setting of a run that is moved, of a core")
    whole_ms: float = _given(92, "`pages`: a rerun of the whole page, of a core")
    follow_percent: float = _given(1.7, "`pages`: a page that follows a run, of a core")
    page_mib: float = _given(0.1, "`pages`: memory of an open page")
    server_mib: float = _given(133, "`memory`: the server's own")
    fork_mib: float = _given(266, "`memory`: the process that jobs are forked from")
    job_mib: float = _given(124, "`memory`: one training job")
    begin_s: float = _given(1.4, "`training`: submit to first loss")
    relay_percent: float = _given(1.3, "`cluster`: the web server's share for 12 runs")
    scheduler_percent: float = _given(1.3, "`cluster`: the scheduler's share for 12 runs")
    move_every_s: float = _given(8, "assumed: each student changes something so often")
    train_every_s: float = _given(180, "assumed: each trains so often")
    run_s: float = _given(20, "assumed: a run takes so long on a core, once it has begun")
    connections: float = _given(15, "SQLAlchemy's pool: what a server opens at most")
    server_load_percent: float = _given(50, "chosen: more, and reruns wait for one another")
    worker_load_percent: float = _given(80, "chosen: more, and runs wait in the queue")


@dataclass(frozen=True)
class Need:
    """What ``students`` need who all work at the same time. Cores are those of the benchmarks."""

    students: int
    servers: int
    server_mib: float
    runs: float
    worker_cores: int
    worker_mib: float
    scheduler_percent: float
    transactions: float
    connections: float


def need(students: int, given: Inputs) -> Need:
    """The sizes that keep web servers and workers below their load; runs: under way at once."""
    runs = students * (given.begin_s + given.run_s) / given.train_every_s
    moved = given.moved_ms / given.move_every_s
    drawn = 2 * given.whole_ms / given.train_every_s  # where a run begins, and where it ends
    pages = students * (moved + drawn) / 1000
    followed = runs * (given.follow_percent + given.relay_percent / 12) / 100
    servers = ceil((pages + followed) / (given.server_load_percent / 100))
    cores = ceil(runs / (given.worker_load_percent / 100))
    return Need(
        students,
        servers,
        given.server_mib + given.page_mib * students / servers,
        runs,
        cores,
        given.fork_mib + cores * given.job_mib,
        given.scheduler_percent * runs / 12,
        3 * students / given.train_every_s,  # begun, asked for, ended
        servers * given.connections,
    )


def tables(given: Inputs) -> Iterator[str]:
    """Lines of Markdown: what is needed, and what was put in."""
    yield (
        "| students at once | web servers, one core each | memory of each | runs under way | "
        "cores of workers | their memory | scheduler | PostgreSQL: transactions of runs | "
        "its connections at most |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in (need(students, given) for students in STUDENTS):
        yield (
            f"| {one.students:,} | {one.servers} | {one.server_mib:.0f} MiB | {one.runs:.0f} | "
            f"{one.worker_cores} | {one.worker_mib / 1024:.1f} GiB | "
            f"{one.scheduler_percent:.1f}% of a core | {one.transactions:.1f} a second | "
            f"{one.connections:,.0f} |"
        )
    yield ""
    yield "| put in | figure | from |"
    yield "|---|---|---|"
    for one in fields(given):
        yield f"| `{one.name}` | {getattr(given, one.name):g} | {one.metadata['source']} |"


if __name__ == "__main__":
    words = [word.partition("=") for word in sys.argv[1:]]
    for line in tables(Inputs(**{name: float(value) for name, _, value in words})):
        print(line)
