"""A small world that tells stories: who goes where, takes what and leaves it. Synthetic.

Its questions are bAbI's first two tasks: of persons (one supporting fact), of things (two). As
there, what is asked for was named lately, and a thing that is still held has been carried on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from core.data.language.stories.rules import RECENT
from core.data.language.stories.story import (
    GETS,
    GOES,
    LEAVES,
    PERSONS,
    PLACES,
    THINGS,
    Asked,
    Sentence,
)

QUESTIONS = 5  # of a story
_GOES, _GETS = 0.65, 0.85  # shares of the sentences in task two, as in bAbI


@dataclass
class _World:
    """Where everybody and everything is, and which sentence said so."""

    rng: np.random.Generator
    sentences: list[Sentence] = field(default_factory=list)
    place: dict[str, str] = field(default_factory=dict)  # of a person, a thing that was left
    went: dict[str, int] = field(default_factory=dict)  # the sentence of a person's last move
    holder: dict[str, str] = field(default_factory=dict)  # who holds a thing
    handled: dict[str, tuple[int, int]] = field(default_factory=dict)  # a thing that was left

    def go(self) -> None:
        person = self._one(PERSONS)
        others = [place for place in PLACES if place != self.place.get(person)]
        self.place[person] = self._one(others)
        self.went[person] = self._say(f"{person} {self._one(GOES)} to the {self.place[person]}")

    def get(self) -> None:
        free = [
            (person, thing)
            for person in self.went
            for thing in THINGS
            if thing not in self.holder
            and self.place.get(thing, self.place[person]) == self.place[person]
        ]
        if not free:
            return self.go()
        person, thing = free[int(self.rng.integers(len(free)))]
        self.holder[thing] = person
        at = self._say(f"{person} {self._one(GETS)} the {thing} there")
        self.handled[thing] = (at, -1)
        return None

    def leave(self) -> None:
        held = sorted(self.holder)
        if not held:
            return self.get()
        thing = self._one(held)
        person = self.holder.pop(thing)
        self.place[thing] = self.place[person]
        there = " there" if self.rng.random() < 0.2 else ""
        at = self._say(f"{person} {self._one(LEAVES)} the {thing}{there}")
        self.handled[thing] = (at, self.went[person])
        return None

    def of_person(self, within: int) -> Asked:
        recent = [p for p, at in self.went.items() if at >= len(self.sentences) - within]
        person = self._one(sorted(recent))
        facts = (self.went[person],)
        return Asked(tuple(self.sentences), ("where", "is", person), self.place[person], facts)

    def of_thing(self, within: int) -> Asked:
        thing = self._one(self.recent_things(within))
        at, went = self.handled[thing]
        if thing in self.holder:
            went = self.went[self.holder[thing]]
        place = self.place[self.holder.get(thing, thing)]
        return Asked(tuple(self.sentences), ("where", "is", "the", thing), place, (at, went))

    def recent_things(self, within: int) -> list[str]:
        """Things that may be asked for: left lately, or taken lately and carried on since."""
        begin = len(self.sentences) - within
        return sorted(
            thing
            for thing, (at, _went) in self.handled.items()
            if at >= begin and (within > RECENT or self._was_moved(thing, at))
        )

    def _was_moved(self, thing: str, at: int) -> bool:
        """Whether a thing was left, or carried on since it was taken in sentence ``at``."""
        return thing not in self.holder or self.went[self.holder[thing]] > at

    def _say(self, text: str) -> int:
        self.sentences.append(tuple(text.split()))
        return len(self.sentences) - 1

    def _one(self, choices: tuple[str, ...] | list[str]) -> str:
        return choices[int(self.rng.integers(len(choices)))]


def stories(task: str, count: int, seed: int, within: int = RECENT) -> list[Asked]:
    """So many questions, QUESTIONS to a story, drawn by ``seed``. task: "one" or "two".

    within: how many sentences back the last one that names the person or thing may be; where that
    is more than RECENT, a thing may be held where it was taken, too.
    """
    rng = np.random.default_rng([45, seed])
    asked: list[Asked] = []
    while len(asked) < count:
        asked += _story(task, rng, within)
    return asked[:count]


def _story(task: str, rng: np.random.Generator, within: int) -> list[Asked]:
    world, asked = _World(rng), []
    while len(asked) < QUESTIONS:
        if task == "one":
            world.go()
            world.go()
            asked.append(world.of_person(within))
            continue
        before = len(world.sentences)
        while len(world.sentences) < before + int(rng.integers(2, 8)) or not world.recent_things(
            within
        ):
            draw = rng.random()
            if draw < _GOES:
                world.go()
            elif draw < _GETS:
                world.get()
            else:
                world.leave()
        asked.append(world.of_thing(within))
    return asked
