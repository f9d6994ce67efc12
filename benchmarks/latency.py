"""How long a rerun of the lesson takes while a job trains, for one visitor and for thirty."""

import asyncio
import secrets
import statistics

from benchmarks.row import Row
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


async def measure(server: Server, visitors: int) -> list[float]:
    """Seconds of each rerun of all visitors, the first of whom trains a model meanwhile."""
    corpus = "conte" if corpora.missing(_LESSON) else _LESSON
    most = experiment(_LESSON).Config.specs()["epochs"].high
    query = f"lang=en&corpus={corpus}&epochs={most:g}&seed={visitors}"
    people = [
        Session(server.url, secrets.token_hex(16), _LESSON, query) for _place in range(visitors)
    ]
    try:
        await asyncio.gather(*(person.open() for person in people))
        await people[0].use({f"{_LESSON}.train": True})
        await asyncio.sleep(5)  # the job has begun to train
        times = await asyncio.gather(*(_visit(p, i / visitors) for i, p in enumerate(people)))
    finally:
        await asyncio.gather(*(person.close() for person in people))
    return [seconds for some in times for seconds in some]


async def _visit(person: Session, phase: float) -> list[float]:
    """Move the temperature now and then; ``phase`` spreads the visitors over the pause."""
    await asyncio.sleep(phase * PAUSE_S)
    times = []
    for i in range(RERUNS):
        times.append(await person.use({f"{_LESSON}.temperature": [0.5 + 0.1 * (i % 5)]}))
        await asyncio.sleep(max(0.0, PAUSE_S - times[-1]))
    return times
