"""Who is in a class: they join by its code, are called by a pseudonym, and leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.messages import N_, Problem
from core.store.classes import opening, words
from core.store.schema import classes, members

DAY_S = 16 * 3600  # from the first lesson until late in the evening, not to the next morning
MAX_PSEUDONYM = 24  # characters
MAX_MEMBERS = 200
_FULL = N_("This class is full: it has {most} members.")
_TAKEN = N_("Somebody in this class is called {name} already.")
_NAMELESS = N_("A name needs a letter at least.")


@dataclass(frozen=True)
class Member:
    """Somebody in a class. here: has not left it. place: 0 for the first who joined."""

    number: int
    of_class: int
    pseudonym: str
    place: int
    joined_at: float
    here: bool


def class_of_code(db: sa.Connection, code: str) -> int | None:
    """The class that goes on and has this code. All codes are compared, whichever it is."""
    found, given = None, words.tidied(code)
    going_on = sa.select(classes.c.number, classes.c.code).where(classes.c.ended_at.is_(None))
    for row in db.execute(going_on):
        if words.same(given, row.code):
            found = row.number
    return found


def join(db: sa.Connection, visitor: str, number: int, now: float) -> Member:
    """Be in a class, under the pseudonym of before or a new one; who is in another leaves it.

    Raises Problem where the class is full.
    """
    leave(db, visitor, now, but=number)
    mine = _of(visitor) & (members.c["class"] == number)
    known = db.execute(sa.select(members).where(mine)).one_or_none()
    if known is None:
        of_class = members.c["class"] == number
        taken = set(db.scalars(sa.select(members.c.folded).where(of_class)))
        if len(taken) >= MAX_MEMBERS:
            raise Problem(_FULL, most=MAX_MEMBERS)
        name = words.new_pseudonym(taken)
        values = {"pseudonym": name, "folded": words.folded(name), "joined_at": now}
        db.execute(sa.insert(members).values({"class": number, "visitor": visitor, **values}))
    else:
        db.execute(sa.update(members).where(mine).values(joined_at=now, left_at=None))
    opening.touch(db, number)
    return next(member for member in of_class_(db, number, visitor) if member.here)


def membership(db: sa.Connection, visitor: str, now: float) -> Member | None:
    """In which class a visitor is now, and as whom."""
    asked = (
        sa.select(members.c["class"])
        .join(classes)
        .where(_of(visitor), members.c.left_at.is_(None), classes.c.ended_at.is_(None))
        .where(members.c.joined_at > now - DAY_S)
    )
    number = db.scalar(asked.order_by(members.c.joined_at.desc()).limit(1))
    return None if number is None else of_class_(db, number, visitor)[0]


def of_class_(db: sa.Connection, number: int, visitor: str | None = None) -> Sequence[Member]:
    """Who is or was in a class, in the order in which they joined; visitor: that one alone."""
    ranked = ranked_members(number)
    asked = sa.select(ranked).order_by(ranked.c.number)
    if visitor is not None:
        asked = asked.where(ranked.c.visitor == visitor)
    return [_member(row) for row in db.execute(asked)]


def ranked_members(number: int) -> sa.Subquery:
    """The rows of a class's members, each with its place in their order."""
    place = sa.func.row_number().over(order_by=members.c.number) - 1
    return sa.select(members, place.label("place")).where(members.c["class"] == number).subquery()


def leave(db: sa.Connection, visitor: str, now: float, but: int | None = None) -> None:
    """Be in no class any more, but for one that is named."""
    here = _of(visitor) & members.c.left_at.is_(None)
    if but is not None:
        here &= members.c["class"] != but
    for number in db.scalars(sa.select(members.c["class"]).where(here)).all():
        opening.touch(db, number)
    db.execute(sa.update(members).where(here).values(left_at=now))


def rename(db: sa.Connection, visitor: str, member: Member, pseudonym: str) -> None:
    """Be called otherwise. Raises Problem for what is no name, or is another's."""
    pseudonym = words.line(pseudonym, MAX_PSEUDONYM)
    if not any(letter.isalnum() for letter in pseudonym):
        raise Problem(_NAMELESS)
    like = words.folded(pseudonym)
    others = (members.c["class"] == member.of_class) & (members.c.visitor != visitor)
    if db.scalar(sa.select(members.c.number).where(others, members.c.folded == like)) is not None:
        raise Problem(_TAKEN, name=pseudonym)
    mine = _of(visitor) & (members.c["class"] == member.of_class)
    db.execute(sa.update(members).where(mine).values(pseudonym=pseudonym, folded=like))
    opening.touch(db, member.of_class)


def _of(visitor: str) -> sa.ColumnElement[bool]:
    return members.c.visitor == visitor


def _member(row: sa.Row[Any]) -> Member:
    told = row._mapping
    names = ("number", "pseudonym", "place", "joined_at")
    here = told["left_at"] is None
    return Member(**{name: told[name] for name in names}, of_class=told["class"], here=here)
