"""A class of thirty for ten minutes: what its board costs, and what is lost when the server dies.

``python -m benchmarks.class_board MINUTES STUDENTS`` takes another time and another class.
"""

import asyncio
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.class_lesson import Lesson
from benchmarks.memory import mib
from benchmarks.row import Row, spread
from benchmarks.server import computed_s, free_port, serving
from core.store import Archive, Settings
from ui.server import name_of

MINUTES, STUDENTS = 10.0, 30


def rows(minutes: float = MINUTES, students: int = STUDENTS) -> Iterator[Row]:
    """A lesson of so many minutes, and one of half of them in whose middle the server is killed."""
    with tempfile.TemporaryDirectory(prefix="pangloss-") as home:
        lesson, memory_mib, busy = asyncio.run(_lesson(home, 60 * minutes, students))
        lost = _lost(Path(home), lesson)
    about = f"a class of {students} over {minutes:g} min"
    yield Row(
        f"{about}: a student moves a setting or trains, {len(lesson.reruns)} times",
        spread(lesson.reruns),
        "150 ms allowed",
    )
    yield Row(
        f"{about}: a student's whole page is drawn, {len(lesson.whole)} times",
        spread(lesson.whole),
        "as where a run begins and ends",
    )
    behind = [at - asked for asked, at in _pairs(lesson)]
    apart = [b - a for a, b in zip(lesson.drawn, lesson.drawn[1:], strict=False)]
    yield Row(
        f"{about}: how long after it was asked for a run is on the wall, of {len(behind)}",
        f"{max(behind, default=float('nan')):.1f} s at most; between two drawings of the wall "
        f"{max(apart, default=float('nan')):.1f} s at most",
        "2 s allowed",
    )
    yield Row(
        f"{about}: the server's memory, in the second half",
        f"{memory_mib[0]:.0f} MiB, then {memory_mib[1]:.0f} MiB",
        "10 MiB more allowed",
    )
    yield Row(
        f"{about}: the server's own process",
        f"{busy:.0%} of a core",
        "without the runs, which are processes of their own",
    )
    yield Row(f"{about}: acknowledged, and not there afterwards", lost, "none allowed")
    with tempfile.TemporaryDirectory(prefix="pangloss-") as home:
        lesson = asyncio.run(_lesson_with_a_crash(home, 30 * minutes, students))
        lost = _lost(Path(home), lesson)
    yield Row(
        f"the same over {minutes / 2:g} min, the server killed in the middle",
        lost,
        f"none allowed; {len(lesson.away_s)} pages of {students + 2} were back, the last after "
        f"{max(lesson.away_s, default=float('nan')):.1f} s",
    )


def _new_lesson(url: str, seconds: float, students: int) -> Lesson:
    cookies = [secrets.token_hex(16) for _ in range(students)]
    return Lesson(url, cookies, time.monotonic() + seconds)


async def _lesson(home: str, seconds: float, students: int) -> tuple[Lesson, list[float], float]:
    """A lesson, the server's memory in its middle and at its end, and the share of a core it took.

    The share is of time in which it computed: what else the machine does is not in it.
    """
    with serving(home, free_port()) as server:
        await asyncio.to_thread(server.wait_until, "/health/ready")
        lesson = _new_lesson(server.url, seconds, students)
        before_s, began = computed_s(server), time.monotonic()
        held = asyncio.create_task(lesson.hold())
        await asyncio.wait([held], timeout=seconds / 2)
        memory_mib = [mib(server.process)]
        await asyncio.wait([held], timeout=max(0.0, lesson.until - time.monotonic() - 1))
        memory_mib.append(mib(server.process))
        took_s = computed_s(server) - before_s
        busy = took_s / (time.monotonic() - began)
        await held
    return lesson, memory_mib, busy


async def _lesson_with_a_crash(home: str, seconds: float, students: int) -> Lesson:
    port = free_port()
    with ExitStack() as servers:
        server = servers.enter_context(serving(home, port))
        await asyncio.to_thread(server.wait_until, "/health/ready")
        lesson = _new_lesson(server.url, seconds, students)
        held = asyncio.create_task(lesson.hold())
        await asyncio.wait([held], timeout=seconds / 2)
        server.process.kill()
        server.process.wait()
        servers.enter_context(serving(home, port))
        await held
    return lesson


def _lost(home: Path, lesson: Lesson) -> str:
    """How many of the answers and finished runs that the pages told of are not kept."""
    archive = Archive(Settings(home))
    try:
        kept = [
            archive.classes.answer_of(name_of(cookie), question) == str(choice)
            for (cookie, question), choice in lesson.answers.items()
        ]
        runs = [archive.find(run_id) for run_id in lesson.finished]
        there = [bool(run and run.ended and run.file) for run in runs]
    finally:
        archive.close()
    return (
        f"{kept.count(False)} of {len(kept)} answers, "
        f"{there.count(False)} of {len(there)} finished runs"
    )


def _pairs(lesson: Lesson) -> Iterator[tuple[float, float]]:
    """When the n-th student's first run was asked for, and when the wall counted n or more."""
    for n, asked in enumerate(sorted(lesson.asked), start=1):
        seen = [at for count, at in lesson.counted.items() if count >= n]
        if seen:
            yield asked, min(seen)


if __name__ == "__main__":
    asked = dict(zip(("minutes", "students"), sys.argv[1:], strict=False))
    about = float(asked.get("minutes", MINUTES)), int(asked.get("students", STUDENTS))
    for row in rows(*about):
        print(row, flush=True)
