"""How often somebody may guess a code or a phrase: all servers of a database count together."""

import hmac
from collections.abc import Mapping

import sqlalchemy as sa

from core.messages import N_, Problem
from core.store.runs import seal_key
from core.store.schema import guesses

WINDOW_S = 600.0
_TOO_MANY = N_("That was wrong too often. Try again in {minutes} min.")


def check(db: sa.Connection, most: Mapping[str, int], now: float) -> None:
    """Raises Problem where one of these has guessed wrong as often as it may: who -> how often.

    It is to be asked before a guess is compared: then a right one is refused as well.
    """
    for who, allowed in most.items():
        asked = sa.select(guesses.c.at).where(guesses.c.who == _named(db, who), _recent(now))
        wrong = db.scalars(asked.order_by(guesses.c.at.desc()).limit(allowed)).all()
        if len(wrong) == allowed:
            left_s = WINDOW_S - (now - wrong[-1])
            raise Problem(_TOO_MANY, minutes=max(1, -int(-left_s // 60)))


def wrong(db: sa.Connection, who: Mapping[str, int], now: float) -> None:
    """Note a wrong guess of these, and forget what is of the past."""
    forget(db, now)
    db.execute(sa.insert(guesses), [{"who": _named(db, one), "at": now} for one in who])


def forget(db: sa.Connection, now: float) -> None:
    """Let go of guesses that do not count any more."""
    db.execute(sa.delete(guesses).where(~_recent(now)))


def _recent(now: float) -> sa.ColumnElement[bool]:
    return guesses.c.at.between(now - WINDOW_S, now)  # none of the future: clocks are set back


def _named(db: sa.Connection, who: str) -> str:
    """What is kept of an address or a visitor: only the database's key leads back to it."""
    return hmac.new(seal_key(db), b"guess " + who.encode(), "sha256").hexdigest()
