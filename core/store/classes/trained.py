"""What the members of a class have trained there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from core.store.classes import opening
from core.store.classes.members import Member, ranked_members
from core.store.schema import class_runs, members, runs


@dataclass(frozen=True)
class Trained:
    """A run of a class: whose, its id, of which experiment, and since when (seconds since 1970).

    place: of its member, as of ``Member``.
    """

    place: int
    pseudonym: str
    run: str
    experiment: str
    asked_at: float


def note(db: sa.Connection, member: Member, run_id: str, now: float) -> None:
    """Note that a member has asked for a run; nothing where this server knows no such run."""
    known = (runs.c.id == run_id) & runs.c.made_here
    run = db.scalar(sa.select(runs.c.number).where(known))
    mine = (class_runs.c.member == member.number) & (class_runs.c.run == run)
    if run is None or db.execute(sa.select(class_runs).where(mine)).one_or_none():
        return
    values = {"member": member.number, "run": run, "asked_at": now}
    db.execute(sa.insert(class_runs).values(**values))
    opening.touch(db, member.of_class)


def is_of_a_class(db: sa.Connection, run_id: str) -> bool:
    """Whether a run was asked for in a class."""
    asked = sa.select(class_runs.c.run).join(runs, runs.c.number == class_runs.c.run)
    return db.execute(asked.where(runs.c.id == run_id).limit(1)).first() is not None


def classes_of(db: sa.Connection, ids: Collection[str]) -> Collection[int]:
    """The classes in which some of these runs were asked for."""
    asked = (
        sa.select(members.c["class"])
        .join(class_runs, class_runs.c.member == members.c.number)
        .join(runs, runs.c.number == class_runs.c.run)
        .where(runs.c.id.in_(ids))
    )
    return set(db.scalars(asked))


def of_class(db: sa.Connection, number: int) -> Sequence[Trained]:
    """All runs of a class, in the order in which they were asked for."""
    member = ranked_members(number)
    asked = (
        sa.select(
            member.c.place,
            member.c.pseudonym,
            runs.c.id,
            runs.c.experiment,
            class_runs.c.asked_at,
        )
        .join(member, member.c.number == class_runs.c.member)
        .join(runs, runs.c.number == class_runs.c.run)
        .order_by(class_runs.c.asked_at, runs.c.number)
    )
    return [Trained(*row) for row in db.execute(asked)]
