"""Classes as a server uses them: each call is one transaction, or a sentence."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa

from core.messages import N_, Problem
from core.store.classes import clicker, guesses, members, opening, trained, words
from core.store.classes.clicker import Question
from core.store.classes.members import Member
from core.store.classes.opening import SchoolClass
from core.store.classes.trained import Trained
from core.store.database import Database, in_a_sentence

MAX_LINE = 160  # characters of a task, and of what is said to all
PER_VISITOR, PER_ADDRESS = 8, 60  # wrong guesses in ten minutes: a class may share one address
_NOT_READ = N_("The class cannot be read or changed now: {why}.")
_NO_CODE = N_("No class that goes on has the code {code}. It has six letters.")
_SIX_LETTERS = N_("A class’s code has six letters; your teacher has it on the screen.")
_NO_PHRASE = N_("No class has this recovery phrase. Each phrase is good for once.")
_GONE = N_("This class is no longer here.")
_NOT_IN = N_("You are not in this class any more.")

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Snapshot:
    """A class at one moment. members: who is in it now. questions: the last first.

    counts: of each question's number -> how often each answer was given. given: member's number ->
    what that member, who alone may see it, has answered to the open question.
    """

    of: SchoolClass
    members: Sequence[Member]
    questions: Sequence[Question]
    counts: Mapping[int, Mapping[str, int]]
    trained: Sequence[Trained]
    given: Mapping[int, str] = field(default_factory=dict)

    @property
    def question(self) -> Question | None:
        """The one that is open."""
        return next((question for question in self.questions if question.open), None)


class Classes:
    """All classes of a database. Thread-safe; every call may raise Problem.

    opened: the database, or raises Problem. remove_files: deletes runs' files by their hashes.
    clock: seconds since 1970. keep_s: how long a class is kept. Whoever steers is told from others
    by ``visitor``, the name that the server has for a browser's cookie.
    """

    def __init__(
        self,
        opened: Callable[[], Database],
        remove_files: Callable[[Mapping[str, str | None]], None],
        clock: Callable[[], float] = time.time,
        *,
        keep_s: float,
    ):
        self._opened, self._remove_files, self._clock = opened, remove_files, clock
        self.keep_s = keep_s

    # --- whoever holds a class ---

    def open(self, visitor: str, name: str) -> tuple[int, str]:
        """Open a class; returns its number, and the phrase that moves it to another browser."""
        with self._writing() as db:
            return opening.create(db, visitor, name, self._clock())

    def recover(self, visitor: str, phrase: str, address: str) -> tuple[int, str]:
        """Take over the class of a phrase; returns its number and its new phrase."""
        found = self._guess(visitor, address, lambda db: opening.recover(db, visitor, phrase))
        if found is None:
            raise Problem(_NO_PHRASE)
        return found

    def new_phrase(self, visitor: str, number: int) -> str:
        """Another recovery phrase; the one before is good no more."""
        with self._writing() as db:
            opening.check_key(db, number, visitor)
            return opening.new_phrase(db, number, visitor)

    def held_by(self, visitor: str) -> list[SchoolClass]:
        """The classes of a visitor, the newest first."""
        with self._reading() as db:
            return opening.held_by(db, visitor)

    def push(
        self, visitor: str, number: int, lesson: str, settings: Mapping[str, Any], task: str
    ) -> None:
        """Send everybody to a lesson. settings: name -> value, or a list that is shared out.

        task: what is to be done there, "" for nothing. Whether there is such a lesson, and what its
        settings are, is for the pages to know.
        """
        task = words.line(task, MAX_LINE)
        pushed = sa.literal_column("pushed") + 1
        where = {"lesson": lesson, "settings": dict(settings), "task": task, "pushed": pushed}
        self._change(visitor, number, **where)

    def set_task(self, visitor: str, number: int, task: str) -> None:
        """Say what is to be done, "" for nothing."""
        self._change(visitor, number, task=words.line(task, MAX_LINE))

    def set_eyes_here(self, visitor: str, number: int, sentence: str) -> None:
        """Dim everybody's pages with a sentence; "" releases them."""
        self._change(visitor, number, eyes_here=words.line(sentence, MAX_LINE))

    def anonymise(self, visitor: str, number: int, anonymous: bool) -> None:
        """Hide the pseudonyms, or show them."""
        self._change(visitor, number, anonymous=anonymous)

    def ask(self, visitor: str, number: int, text: str, choices: Sequence[str]) -> int:
        """Open a question of one's own, as of ``clicker.ask_own``."""
        with self._writing() as db:
            return clicker.ask_own(db, number, visitor, text, choices, self._clock())

    def ask_of_lesson(
        self, visitor: str, number: int, lesson: str, name: str, options: Sequence[str]
    ) -> int:
        """Open a lesson's question, as of ``clicker.ask_of_lesson``."""
        with self._writing() as db:
            now = self._clock()
            return clicker.ask_of_lesson(db, number, visitor, lesson, name, options, now)

    def close_question(self, visitor: str, number: int) -> None:
        """Take no more answers."""
        with self._writing() as db:
            clicker.close(db, number, visitor)

    def end(self, visitor: str, number: int) -> None:
        """Have nobody in the class any more; what was done in it is kept."""
        self._change(visitor, number, ended_at=self._clock(), eyes_here="")

    def delete(self, visitor: str, number: int) -> list[str]:
        """Forget the class and all in it; returns the ids of the runs that are gone with it."""
        with self._writing() as db:
            opening.check_key(db, number, visitor)
            gone = opening.delete(db, number)
        return self._erase(gone)

    # --- whoever is in one ---

    def join(self, visitor: str, code: str, address: str) -> Member:
        """Be in the class of a code. address: from where it is asked."""

        def enter(db: sa.Connection) -> Member | None:
            number = members.class_of_code(db, code)
            if number is None:
                return None
            return members.join(db, visitor, number, self._clock())

        if not (letters := words.tidied(code)):
            raise Problem(_SIX_LETTERS)
        member = self._guess(visitor, address, enter)
        if member is None:
            raise Problem(_NO_CODE, code=letters[: words.CODE])
        return member

    def membership(self, visitor: str) -> Member | None:
        """In which class a visitor is now, and as whom."""
        with self._reading() as db:
            return members.membership(db, visitor, self._clock())

    def leave(self, visitor: str) -> None:
        """Be in no class any more."""
        with self._writing() as db:
            members.leave(db, visitor, self._clock())

    def rename(self, visitor: str, pseudonym: str) -> None:
        """Be called otherwise in one's class."""
        with self._writing() as db:
            members.rename(db, visitor, self._in(db, visitor), pseudonym)

    def answer(self, visitor: str, question: int, given: object) -> None:
        """Answer one's class's open question; it is kept when this returns."""
        with self._writing() as db:
            clicker.answer(db, self._in(db, visitor), question, given, self._clock())

    def answer_of(self, visitor: str, question: int) -> str | None:
        """What one has answered oneself."""
        with self._reading() as db:
            return clicker.answer_of(db, self._in(db, visitor), question)

    def note_run(self, visitor: str, run_id: str) -> None:
        """Note that a visitor has asked for a run; nothing for who is in no class."""
        if self.membership(visitor) is not None:
            with self._writing() as db:
                trained.note(db, self._in(db, visitor), run_id, self._clock())

    # --- the server ---

    def version(self, number: int) -> int | None:
        """What grows with each change of the class; None where it is gone."""
        with self._reading() as db:
            return opening.version(db, number)

    def snapshot(self, number: int) -> Snapshot:
        """All that the class's pages show."""
        with self._reading() as db:
            of = opening.find(db, number)
            if of is None:
                raise Problem(_GONE)
            since = self._clock() - members.DAY_S
            everybody = members.of_class_(db, number)
            here = [one for one in everybody if one.here and one.joined_at > since]
            questions, counts = clicker.asked(db, number), clicker.counts(db, number)
            given = clicker.given(db, number)
            return Snapshot(of, here, questions, counts, trained.of_class(db, number), given)

    def purge(self) -> list[str]:
        """Forget the classes that were opened ``keep_s`` ago; returns the runs gone with them."""
        gone: dict[str, str | None] = {}
        with self._writing() as db:
            guesses.forget(db, self._clock())
            for number in opening.overdue(db, self._clock() - self.keep_s):
                gone |= opening.delete(db, number)
        return self._erase(gone)

    def _erase(self, gone: Mapping[str, str | None]) -> list[str]:
        self._remove_files(gone)
        self._opened().erase()
        return list(gone)

    def _change(self, visitor: str, number: int, **values: Any) -> None:
        with self._writing() as db:
            opening.change(db, number, visitor, **values)

    def _guess(
        self, visitor: str, address: str, use: Callable[[sa.Connection], _Found | None]
    ) -> _Found | None:
        """What ``use`` finds by a code or a phrase; None is a wrong one, which is counted."""
        who = {visitor: PER_VISITOR, address: PER_ADDRESS}
        with self._writing() as db:
            guesses.check(db, who, self._clock())
            found = use(db)
            if found is None:
                guesses.wrong(db, who, self._clock())
        return found

    def _in(self, db: sa.Connection, visitor: str) -> Member:
        member = members.membership(db, visitor, self._clock())
        if member is None:
            raise Problem(_NOT_IN)
        return member

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with in_a_sentence(_NOT_READ), self._opened().reading() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with in_a_sentence(_NOT_READ), self._opened().writing() as db:
            yield db
