"""What the database knows of runs, and of each visitor's work. Nothing here touches a file."""

import math
import secrets as tokens
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from core.events import Epoch, Event, Failed, Finished, Step, flat
from core.store.schema import runs, secrets, work

UNDER_WAY, FAILED = "under way", "failed"
_SEAL_BYTES = 32


@dataclass(frozen=True)
class Kept:
    """A run as the database has it; its fields are those of ``schema.runs``.

    Times are seconds since 1970. metrics: those of its last epoch and its end, numbers alone.
    """

    id: str
    experiment: str
    version: str
    config: Mapping[str, Any]
    owner: str
    begun_at: float
    kept_at: float
    state: str = UNDER_WAY
    made_here: bool = True
    ended_at: float | None = None
    epochs: int = 0
    train_s: float = 0.0
    metrics: Mapping[str, float] = field(default_factory=dict)
    file: str | None = None
    bytes: int = 0

    @property
    def about(self) -> dict[str, Any]:
        """What its file says of it: whatever a database that has never heard of it needs."""
        names = ("id", "experiment", "version", "config", "state", "begun_at", "ended_at")
        return {name: getattr(self, name) for name in names}

    @property
    def ended(self) -> bool:
        """Whether it came to its end, and its events are kept."""
        return self.file is not None


@dataclass(frozen=True)
class Seen:
    """A run as one visitor has it: under a name of their own, "" for none, and pinned or not."""

    run: Kept
    name: str
    pinned: bool


def insert(db: sa.Connection, run: Kept) -> None:
    """Note a run. Raises IntegrityError if its id is there."""
    db.execute(sa.insert(runs).values(**vars(run)))


def finish(db: sa.Connection, run: Kept) -> bool:
    """Note how a run ended; returns whether it is still known: it may have been deleted."""
    changed = sa.update(runs).where(runs.c.id == run.id).values(**vars(run))
    return db.execute(changed).rowcount > 0


def find(db: sa.Connection, run_id: str) -> Kept | None:
    """The run of that id."""
    row = db.execute(sa.select(runs).where(runs.c.id == run_id)).one_or_none()
    return None if row is None else _kept(row)


def ask(
    db: sa.Connection, visitor: str, run_id: str, at: float, name: str = "", pinned: bool = False
) -> None:
    """Note that a visitor has asked for a run; nothing where it is noted, or there is no such run.

    at: seconds since 1970.
    """
    number = db.scalar(sa.select(runs.c.number).where(runs.c.id == run_id))
    where = (work.c.visitor == visitor) & (work.c.run == number)
    if number is not None and db.execute(sa.select(work).where(where)).one_or_none() is None:
        values = {"run": number, "name": name, "pinned": pinned, "asked_at": at}
        db.execute(sa.insert(work).values(visitor=visitor, **values))


def work_of(
    db: sa.Connection, visitor: str, ids: Collection[str] = (), experiment: str = ""
) -> list[Seen]:
    """A visitor's runs, the newest first: all, those with these ids, or those of an experiment."""
    asked = sa.select(runs, work.c.name, work.c.pinned).join(work, work.c.run == runs.c.number)
    asked = asked.where(work.c.visitor == visitor).order_by(runs.c.number.desc())
    if ids:
        asked = asked.where(runs.c.id.in_(ids))
    if experiment:
        asked = asked.where(runs.c.experiment == experiment)
    return [Seen(_kept(row), row.name, row.pinned) for row in db.execute(asked)]


def change(db: sa.Connection, visitor: str, ids: Collection[str], **values: Any) -> None:
    """Set name or pin of a visitor's runs."""
    db.execute(sa.update(work).where(_of(visitor, ids)).values(**values))


def leave(db: sa.Connection, visitor: str, ids: Collection[str]) -> dict[str, str | None]:
    """Forget a visitor's runs; those that nobody has any more are gone as well: id -> file."""
    mine = sa.select(runs.c.number, runs.c.id, runs.c.file).join(work).where(_of(visitor, ids))
    rows = db.execute(mine).all()
    db.execute(sa.delete(work).where(_of(visitor, ids)))
    had = set(db.scalars(sa.select(work.c.run).where(work.c.run.in_([row.number for row in rows]))))
    gone = {row.id: row.file for row in rows if row.number not in had}
    remove(db, gone)
    return gone


def disown(db: sa.Connection, run_id: str) -> None:
    """Have a run be nobody's work."""
    number = sa.select(runs.c.number).where(runs.c.id == run_id).scalar_subquery()
    db.execute(sa.delete(work).where(work.c.run == number))


def remove(db: sa.Connection, ids: Collection[str]) -> None:
    """Forget runs, whoever has them."""
    db.execute(sa.delete(runs).where(runs.c.id.in_(ids)))


def overdue(db: sa.Connection, now: float, keep_s: float, keep_bytes: float) -> dict[str, str]:
    """The runs that have to go, id -> file: the old that nobody pinned, the oldest of too many.

    Of these, what is pinned goes last. A run from the future, of a clock that has been set back
    since, is as old as the clock says now.
    """
    db.execute(sa.update(runs).where(runs.c.kept_at > now).values(kept_at=now))
    pinned = sa.exists().where((work.c.run == runs.c.number) & work.c.pinned).label("pinned")
    asked = sa.select(runs.c.id, runs.c.file, runs.c.bytes, runs.c.kept_at, pinned)
    rows = db.execute(asked.order_by(pinned, runs.c.number)).all()
    total, gone = sum(row.bytes for row in rows), {}
    for row in rows:
        old = not row.pinned and now - row.kept_at >= keep_s
        if old or (total > keep_bytes and row.file):
            gone[row.id] = row.file
            total -= row.bytes
    return gone


def files(db: sa.Connection) -> set[str]:
    """The hashes of all files that belong to a run."""
    return set(db.scalars(sa.select(runs.c.file).where(runs.c.file.is_not(None))))


def seal_key(db: sa.Connection) -> bytes:
    """The secret with which this installation seals its files; made when it is first asked for."""
    asked = sa.select(secrets.c.value).where(secrets.c.name == "seal")
    key = db.scalar(asked)
    if key is None:
        key = tokens.token_bytes(_SEAL_BYTES)
        db.execute(sa.insert(secrets).values(name="seal", value=key))
    return key


def _of(visitor: str, ids: Collection[str]) -> sa.ColumnElement[bool]:
    numbers = sa.select(runs.c.number).where(runs.c.id.in_(ids))
    return (work.c.visitor == visitor) & work.c.run.in_(numbers)


def _kept(row: sa.Row[Any]) -> Kept:
    return Kept(**{name: getattr(row, name) for name in Kept.__dataclass_fields__})


def ended(run: Kept, events: Sequence[Event], now: float) -> Kept:
    """A run once it has ended: how, when, and with which numbers. now: seconds since 1970."""
    result = events[-1]
    epochs = [event for event in events if isinstance(event, Epoch)]
    trained = [event.train_s for event in events if isinstance(event, Step | Epoch)]
    final = dict(flat(epochs[-1].metrics)) if epochs else {}
    if isinstance(result, Finished):
        final |= flat(result.metrics)
    stopped = isinstance(result, Finished) and result.stopped
    return replace(
        run,
        state=FAILED if isinstance(result, Failed) else "stopped" if stopped else "finished",
        ended_at=now,
        kept_at=now,
        epochs=epochs[-1].epoch if epochs else 0,
        train_s=max(trained, default=0.0),
        metrics={
            name: float(value)
            for name, value in final.items()
            if isinstance(value, int | float) and math.isfinite(value)  # as JSON has no others
        },
    )
