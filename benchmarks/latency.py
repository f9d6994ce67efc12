"""How long the lesson takes to answer while a job trains, for one visitor and for thirty."""

import asyncio
import secrets

from benchmarks.row import Row, spread
from benchmarks.server import Server, running
from benchmarks.sessions import Session
from core.data.language import corpora
from core.experiments import experiment

VISITORS, RERUNS, PAUSE_S = 30, 6, 8.0
_LESSON = "voltaire"


def rows() -> list[Row]:
    found = []
    with running() as server:
        server.wait_until("/health/ready")
        for visitors in (1, VISITORS):
            moved, whole = asyncio.run(measure(server, visitors))
            found += [
                _row("a setting is moved", visitors, moved),
                _row("the whole page is drawn", visitors, whole),
            ]
    return found


def _row(what: str, visitors: int, times: list[float]) -> Row:
    return Row(
        f"{what} while a job trains, {visitors} visitor" + "s" * (visitors > 1),
        spread(times),
        f"{len(times)} times; each visitor asks every {PAUSE_S:.0f} s",
    )


async def measure(server: Server, visitors: int) -> tuple[list[float], list[float]]:
    """Seconds until a moved setting's section, and the whole page, is there, of all visitors.

    The first of them trains a model meanwhile.
    """
    corpus = "conte" if corpora.missing(_LESSON) else _LESSON
    most = experiment(_LESSON).Config.specs()["epochs"].high
    query = f"lang=en&corpus={corpus}&epochs={most:g}&seed={visitors}"
    people = [
        Session(server.url, secrets.token_hex(16), _LESSON, query) for _place in range(visitors)
    ]
    moved: list[float] = []
    whole: list[float] = []
    try:
        await asyncio.gather(*(person.open() for person in people))
        await people[0].use({f"{_LESSON}.train": True})
        await asyncio.sleep(5)  # the job has begun to train
        visits = (_visit(p, i / visitors, moved, whole) for i, p in enumerate(people))
        await asyncio.gather(*visits)
    finally:
        await asyncio.gather(*(person.close() for person in people))
    return moved, whole


async def _visit(person: Session, phase: float, moved: list[float], whole: list[float]):
    """Move the temperature now and then; ``phase`` spreads the visitors over the pause."""
    await asyncio.sleep(phase * PAUSE_S)
    for i in range(RERUNS):
        moved.append(await person.use({f"{_LESSON}.temperature": [0.5 + 0.1 * (i % 5)]}))
        await asyncio.sleep(max(0.0, PAUSE_S - moved[-1]))
        whole.append(await person.rerun())
        await asyncio.sleep(max(0.0, PAUSE_S - whole[-1]))
