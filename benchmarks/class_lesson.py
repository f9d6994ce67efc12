"""A lesson of a class over websockets: students who answer and train, and their teacher."""

import asyncio
import random
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import websockets

from benchmarks.latency import PAUSE_S
from benchmarks.sessions import Session

_LESSON, _SETTINGS = "next-value", "lang=en&data=sine&epochs=40&seed="
_ASK_S = 20.0  # from one question to the next
_UNITS = (16.0, 24.0, 32.0)
_CHOICES = ("yes", "no", "I do not know")
_CODE = re.compile("[A-Z]{6}")
_COUNTED = re.compile(r"Runs that have ended\\?: \d+ of (\d+)")
_ACCEPTED, _FINISHED = "✓", "Finished"


@dataclass
class Lesson:
    """A lesson, and what was seen of it. Times are of ``time.monotonic``, in s.

    url: of the server. cookies: a student's each. until: when it is over.
    answers: (cookie, question) -> which answer the page has acknowledged. finished: ids of runs
    whose page said so. reruns: seconds until a student's page had answered, of each setting moved
    and each Train; whole: of each drawing of a student's whole page, as where a run begins and
    ends. asked: when students' first runs were asked for; counted: n -> when the wall first counted
    n of them.
    drawn: when the wall was drawn. away_s: of each page that lost its server, until it was back.
    """

    url: str
    cookies: list[str]
    until: float
    answers: dict[tuple[str, int], int] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    reruns: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    counted: dict[int, float] = field(default_factory=dict)
    drawn: list[float] = field(default_factory=list)
    away_s: list[float] = field(default_factory=list)
    _code: str = ""

    async def hold(self) -> None:
        """The whole of it."""
        key = secrets.token_hex(16)
        asks = Session(self.url, key, "class", "lang=en", self._hear_code)
        await asks.open()
        await asks.use({"class.name": "3B", "class.open": True})
        wall = Session(self.url, key, "class", "lang=en", self._hear_wall)
        students = [
            Student(self, self._session(cookie), place)
            for place, cookie in enumerate(self.cookies, start=1)
        ]
        await asyncio.gather(
            self._through(asks, lambda: asks.use({"class.view": ["Ask"]}), lambda: self._ask(asks)),
            self._through(
                wall, lambda: wall.use({"class.view": ["Wall"]}), lambda: wall.poll(self.until)
            ),
            *(self._through(one.session, one.enter, one.turn) for one in students),
        )

    def _session(self, cookie: str) -> Session:
        query = f"lang=en&code={self._code}"
        return Session(self.url, cookie, "join", query, whole_s=self.whole)

    async def _through(
        self,
        session: Session,
        enter: Callable[[], Awaitable[Any]],
        turn: Callable[[], Awaitable[Any]],
    ) -> None:
        """Do turn after turn; find the way back, as a browser does, where the server is gone."""
        entered, lost_at = False, 0.0
        while time.monotonic() < self.until:
            try:
                if not session.is_open:
                    await session.open()
                if lost_at:
                    self.away_s.append(time.monotonic() - lost_at)
                if not entered:
                    await enter()
                entered, lost_at = True, 0.0
                await turn()
            except websockets.ConnectionClosed:
                entered, lost_at = False, lost_at or time.monotonic()
                await session.close()
        await session.close()

    async def _ask(self, session: Session) -> None:
        end = min(self.until, time.monotonic() + _ASK_S)
        answers = "\n".join(_CHOICES)
        asked = {"class.own": f"Until {end:.0f}?", "class.choices": answers, "class.ask": True}
        await session.use(asked)
        await session.poll(end)

    def _hear_code(self, kind: str, element: Any) -> None:
        if kind == "text" and _CODE.fullmatch(element.body):
            self._code = element.body

    def _hear_wall(self, kind: str, element: Any) -> None:
        counted = _COUNTED.match(element.body) if kind == "markdown" else None
        if counted:
            now = time.monotonic()
            self.drawn.append(now)
            self.counted.setdefault(int(counted[1]), now)


class Student:
    """One who answers, trains and tries things out."""

    def __init__(self, lesson: Lesson, session: Session, place: int):
        self.session, self._lesson, self._place = session, lesson, place
        self._hand = random.Random(place)
        self._joined, self._trained, self._accepted, self._over = False, 0, False, True
        session.on_element = self._hear

    async def enter(self) -> None:
        """Join, and open the lesson."""
        if not self._joined:
            await self.session.use({"class.join": True})
            self._joined = True
        if self.session.page != _LESSON:
            await self.session.go(_LESSON, f"{_SETTINGS}{1000 * self._place}")
        self._over = True  # a run that was cut off is trained anew
        # Thirty hands are not moved at the same moment.
        phase = self._place / len(self._lesson.cookies)
        await self.session.poll(min(self._lesson.until, time.monotonic() + phase * PAUSE_S))

    async def turn(self) -> None:
        """Answer what is open, train if nothing is under way, or else try another setting."""
        lesson, session = self._lesson, self.session
        await self._answer()
        if self._over:
            self._trained, self._over = self._trained + 1, False
            seed = 1000 * self._place + self._trained
            lesson.reruns.append(await session.use({"next_value.seed": float(seed)}))
            lesson.reruns.append(await session.use({f"{_LESSON}.train": True}))
            if self._trained == 1:
                lesson.asked.append(time.monotonic())
        else:
            stop = self._hand.choice(_UNITS)
            lesson.reruns.append(await session.use({"next_value.units": [stop]}))
        # No two hands keep time: in step, all would ask whenever one has asked.
        pause_s = self._hand.uniform(0.5, 1.5) * PAUSE_S
        await session.poll(min(lesson.until, time.monotonic() + pause_s))

    async def _answer(self) -> None:
        asked = [key for key in self.session.elements if key.startswith("class.answer.")]
        question = max((int(key.rsplit(".", 1)[1]) for key in asked), default=0)
        mine = self.session.cookie, question
        if question and mine not in self._lesson.answers:
            key, choice = f"class.answer.{question}", (question + self._place) % len(_CHOICES)
            words = self.session.elements[key][0].options[choice]
            self._accepted = False
            await self.session.use({key: words})
            if self._accepted:
                self._lesson.answers[mine] = choice

    def _hear(self, kind: str, element: Any) -> None:
        if kind != "markdown":
            return
        self._accepted = self._accepted or element.body.startswith(_ACCEPTED)
        if element.body.startswith(_FINISHED) and self.session.param("job"):
            self._over = True
            self._lesson.finished.add(self.session.param("job"))
