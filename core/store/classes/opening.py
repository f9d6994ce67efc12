"""A class is opened, held by who has its key, ended and deleted. Nothing here touches a file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.messages import N_, Problem
from core.store.classes import words
from core.store.schema import class_runs, classes, members, runs, work

MAX_NAME = 60  # characters
_NOT_HELD = N_("Only the browser that holds the key of this class can do that.")
_NAMELESS = N_("A class needs a name.")


@dataclass(frozen=True)
class SchoolClass:
    """A class as the database has it; its fields are those of ``schema.classes``, but for keys."""

    number: int
    code: str
    name: str
    opened_at: float
    ended_at: float | None
    version: int
    lesson: str
    settings: Mapping[str, Any]
    pushed: int
    task: str
    eyes_here: str
    anonymous: bool

    @property
    def ended(self) -> bool:
        """Whether its students are in it no more."""
        return self.ended_at is not None


def create(db: sa.Connection, visitor: str, name: str, now: float) -> tuple[int, str]:
    """Open a class that this visitor holds; returns its number and its recovery phrase.

    Raises Problem for a name that is none.
    """
    name, phrase = words.line(name, MAX_NAME), words.new_phrase()
    if not name:
        raise Problem(_NAMELESS)
    values = {
        "code": words.new_code(set(db.scalars(sa.select(classes.c.code)))),
        "name": name,
        "key_hash": visitor,
        "recovery_hash": words.hash_of(phrase),
        "opened_at": now,
        "version": 1,
        "pushed": 0,
        "settings": {},
        "anonymous": False,
    }
    empty = dict.fromkeys(("lesson", "task", "eyes_here"), "")
    made = sa.insert(classes).values(**values, **empty).returning(classes.c.number)
    return db.execute(made).scalar_one(), phrase


def recover(db: sa.Connection, visitor: str, phrase: str) -> tuple[int, str] | None:
    """Give the key to who knows the phrase, and take it from who had it; None for a wrong phrase.

    Returns the class's number and its new phrase: each is good for once.
    """
    given, found = words.hash_of(phrase), None
    for row in db.execute(sa.select(classes.c.number, classes.c.recovery_hash)):
        if words.same(given, row.recovery_hash):
            found = row.number
    if found is None:
        return None
    return found, new_phrase(db, found, visitor)


def new_phrase(db: sa.Connection, number: int, visitor: str) -> str:
    """Have a class held by this visitor, by a phrase that has not been shown before."""
    phrase = words.new_phrase()
    _set(db, number, key_hash=visitor, recovery_hash=words.hash_of(phrase))
    return phrase


def find(db: sa.Connection, number: int) -> SchoolClass | None:
    """The class of that number."""
    row = db.execute(sa.select(classes).where(classes.c.number == number)).one_or_none()
    return None if row is None else _class(row)


def version(db: sa.Connection, number: int) -> int | None:
    """What grows whenever something in the class has changed; None where it is deleted."""
    return db.scalar(sa.select(classes.c.version).where(classes.c.number == number))


def held_by(db: sa.Connection, visitor: str) -> list[SchoolClass]:
    """The classes that a visitor holds, the newest first."""
    asked = sa.select(classes).where(classes.c.key_hash == visitor)
    return [_class(row) for row in db.execute(asked.order_by(classes.c.number.desc()))]


def check_key(db: sa.Connection, number: int, visitor: str) -> None:
    """Raises Problem where this visitor does not hold the class."""
    key = db.scalar(sa.select(classes.c.key_hash).where(classes.c.number == number))
    if not words.same(visitor, key or ""):
        raise Problem(_NOT_HELD)


def change(db: sa.Connection, number: int, visitor: str, **values: Any) -> None:
    """Set columns of a class. Raises Problem for who does not hold it."""
    check_key(db, number, visitor)
    _set(db, number, **values)


def touch(db: sa.Connection, number: int) -> None:
    """Note that something in the class has changed."""
    _set(db, number)


def delete(db: sa.Connection, number: int) -> dict[str, str | None]:
    """Forget a class: its people, what was asked and answered, and the runs that were made there.

    A run stays with who has pinned it, and with who asked for it outside this class or before it
    was opened. Returns the runs that nobody has any more: id -> file.
    """
    here = sa.select(members.c.number).where(members.c["class"] == number)
    asked = (
        sa.select(members.c.visitor, class_runs.c.run)
        .join(members, members.c.number == class_runs.c.member)
        .where(class_runs.c.member.in_(here))
    )
    pairs = db.execute(asked).all()
    opened = sa.select(classes.c.opened_at).where(classes.c.number == number).scalar_subquery()
    for visitor, run in pairs:
        mine = (work.c.visitor == visitor) & (work.c.run == run) & ~work.c.pinned
        db.execute(sa.delete(work).where(mine & (work.c.asked_at >= opened)))
    numbers = {run for _visitor, run in pairs}
    had = set(db.scalars(sa.select(work.c.run).where(work.c.run.in_(numbers))))
    gone = db.execute(sa.select(runs.c.id, runs.c.file).where(runs.c.number.in_(numbers - had)))
    files = {row.id: row.file for row in gone}
    db.execute(sa.delete(runs).where(runs.c.number.in_(numbers - had)))
    db.execute(sa.delete(classes).where(classes.c.number == number))
    return files


def overdue(db: sa.Connection, before: float) -> Collection[int]:
    """The classes that were opened before a moment."""
    return db.scalars(sa.select(classes.c.number).where(classes.c.opened_at < before)).all()


def _set(db: sa.Connection, number: int, **values: Any) -> None:
    values["version"] = classes.c.version + 1
    db.execute(sa.update(classes).where(classes.c.number == number).values(**values))


def _class(row: sa.Row[Any]) -> SchoolClass:
    return SchoolClass(**{name: getattr(row, name) for name in SchoolClass.__dataclass_fields__})
