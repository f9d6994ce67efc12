"""What a class is asked, what it answers, and how many said what."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.messages import N_, Problem
from core.store.classes import opening, words
from core.store.classes.members import Member
from core.store.schema import answers, members, questions

FEWEST, MOST = 2, 5  # choices
MAX_TEXT, MAX_CHOICE = 200, 80  # characters
MAX_QUESTIONS = 100  # of a class
CHOICE, NUMBER = "choice", "number"
_COUNT = N_("A question has {fewest} to {most} different choices, not {given}.")
_WORDLESS = N_("A question needs words.")
_CLOSED = N_("This question is closed.")
_NO_CHOICE = N_("Choose one of the answers.")
_NO_NUMBER = N_("The answer must be a number.")
_MANY = N_("A class can be asked {most} questions.")


@dataclass(frozen=True)
class Question:
    """A question to a class; its fields are those of ``schema.questions``."""

    number: int
    lesson: str
    name: str
    kind: str
    text: str
    choices: Sequence[str]
    open: bool

    def value(self, given: object) -> str:
        """An answer as it is kept. Raises Problem for what answers another question."""
        if self.kind == CHOICE:
            names = self.choices if self.lesson else map(str, range(len(self.choices)))
            if given not in list(names):
                raise Problem(_NO_CHOICE)
            return str(given)
        if (
            isinstance(given, bool)
            or not isinstance(given, int | float)
            or not math.isfinite(given)
        ):
            raise Problem(_NO_NUMBER)
        return f"{given:.12g}"


def ask_own(
    db: sa.Connection, number: int, visitor: str, text: str, choices: Sequence[str], now: float
) -> int:
    """Open a question in one's own words, and close the one before; returns its number.

    choices: none for a question that is answered by a number. Raises Problem for who does not hold
    the class, and for words or choices that are none.
    """
    text = words.line(text, MAX_TEXT)
    choices = [one for choice in choices if (one := words.line(choice, MAX_CHOICE))]
    if not text:
        raise Problem(_WORDLESS)
    if choices and not FEWEST <= len(set(choices)) == len(choices) <= MOST:
        raise Problem(_COUNT, fewest=FEWEST, most=MOST, given=len(set(choices)))
    kind = CHOICE if choices else NUMBER
    own = {"lesson": "", "name": "", "kind": kind, "text": text, "choices": choices}
    return _open(db, number, visitor, now, own)


def ask_of_lesson(
    db: sa.Connection,
    number: int,
    visitor: str,
    lesson: str,
    name: str,
    options: Sequence[str],
    now: float,
) -> int:
    """Open a question of a lesson, whose words stand in its texts; returns its number.

    options: the names of its answers. Raises Problem for who does not hold the class.
    """
    of = {"lesson": lesson, "name": name, "kind": CHOICE, "text": "", "choices": list(options)}
    return _open(db, number, visitor, now, of)


def close(db: sa.Connection, number: int, visitor: str) -> None:
    """Take no more answers. Raises Problem for who does not hold the class."""
    opening.change(db, number, visitor)
    of_class = questions.c["class"] == number
    db.execute(sa.update(questions).where(of_class).values(open=False))


def asked(db: sa.Connection, number: int) -> list[Question]:
    """All questions of a class, the last first."""
    of_class = questions.c["class"] == number
    rows = db.execute(
        sa.select(questions).where(of_class).order_by(questions.c.number.desc())
    ).all()
    return [_question(row) for row in rows]


def answer(db: sa.Connection, member: Member, question: int, given: object, now: float) -> None:
    """Answer an open question of one's class, or change one's answer.

    Raises Problem for another class's question, a closed one, and what is no answer to it.
    """
    of_class = (questions.c["class"] == member.of_class) & (questions.c.number == question)
    row = db.execute(sa.select(questions).where(of_class, questions.c.open)).one_or_none()
    if row is None:
        raise Problem(_CLOSED)
    values = {"value": _question(row).value(given), "given_at": now}
    mine = (answers.c.question == question) & (answers.c.member == member.number)
    if not db.execute(sa.update(answers).where(mine).values(**values)).rowcount:
        keys = {"question": question, "member": member.number}
        db.execute(sa.insert(answers).values(**keys, **values))
    opening.touch(db, member.of_class)


def answer_of(db: sa.Connection, member: Member, question: int) -> str | None:
    """What a member has answered."""
    mine = (answers.c.question == question) & (answers.c.member == member.number)
    return db.scalar(sa.select(answers.c.value).where(mine))


def given(db: sa.Connection, number: int) -> Mapping[int, str]:
    """What each member of a class has answered to its open question, by the member's number."""
    asked = sa.select(answers.c.member, answers.c.value).join(questions)
    rows = db.execute(asked.where(questions.c["class"] == number, questions.c.open))
    return {row.member: row.value for row in rows}


def counts(db: sa.Connection, number: int) -> Mapping[int, Mapping[str, int]]:
    """How often each answer was given to each question of a class, without names."""
    asked = (
        sa.select(answers.c.question, answers.c.value, sa.func.count())
        .join(members, members.c.number == answers.c.member)
        .where(members.c["class"] == number)
        .group_by(answers.c.question, answers.c.value)
    )
    found: dict[int, dict[str, int]] = {}
    for question, value, count in db.execute(asked):
        found.setdefault(question, {})[value] = count
    return found


def _open(
    db: sa.Connection, number: int, visitor: str, now: float, values: Mapping[str, Any]
) -> int:
    close(db, number, visitor)
    of_class = questions.c["class"] == number
    had = db.scalar(sa.select(sa.func.count()).select_from(questions).where(of_class)) or 0
    if had >= MAX_QUESTIONS:
        raise Problem(_MANY, most=MAX_QUESTIONS)
    row = {"class": number, "open": True, "asked_at": now, **values}
    made = sa.insert(questions).values(row).returning(questions.c.number)
    return db.execute(made).scalar_one()


def _question(row: sa.Row[Any]) -> Question:
    return Question(**{name: getattr(row, name) for name in Question.__dataclass_fields__})
