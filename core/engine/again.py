"""A run that begins again because its machine was lost: what it need not tell a second time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.events import Changed, Epoch, Event, Paused, Resumed, Started, Step


@dataclass(frozen=True)
class Again:
    """How far a run has been heard: the same config and seed give the same events up to there.

    step, epoch: the last that were told, 0 for none. train_s: how long it had trained by then.
    changes: what was changed on the way: (from which step on, field, value). paused: it waits.
    """

    started: bool = False
    step: int = 0
    epoch: int = 0
    train_s: float = 0.0
    changes: Sequence[tuple[int, str, Any]] = ()
    paused: bool = False

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Again":
        """How far these events come."""
        started, paused, step, epoch, train_s = False, False, 0, 0, 0.0
        changes: list[tuple[int, str, Any]] = []
        for event in events:
            match event:
                case Started():
                    started = True
                case Step():
                    step, train_s = event.step, event.train_s
                case Epoch():
                    step, train_s, epoch = max(step, event.step), event.train_s, event.epoch
                case Changed():
                    changes.append((event.step, event.field, event.value))
                case Paused() | Resumed():
                    paused = isinstance(event, Paused)
        return cls(started, step, epoch, train_s, changes, paused)

    def news(self, events: Iterable[Event]) -> Iterator[Event]:
        """Of the events of the run from its beginning those that are new.

        Its seconds of training go on from where they were heard, whatever they are on this machine.
        """
        changes, slower_s = 0, 0.0
        for event in events:
            match event:
                case Started() if self.started:
                    continue
                case Changed() if changes < len(self.changes):
                    changes += 1
                    continue
                case Step() if event.step <= self.step:
                    slower_s = self.train_s - event.train_s
                    continue
                case Epoch() if event.epoch <= self.epoch:
                    slower_s = self.train_s - event.train_s
                    continue
                case Step() | Epoch():
                    event = replace(event, train_s=event.train_s + slower_s)
            yield event
