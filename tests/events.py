"""Of the events of a run, those of a kind."""

from collections.abc import Iterable
from typing import TypeVar

from core.events import Event, Finished, Started

_Event = TypeVar("_Event", bound=Event)


def of(events: Iterable[Event], kind: type[_Event]) -> list[_Event]:
    """The events of that kind."""
    return [event for event in events if isinstance(event, kind)]


def only(events: Iterable[Event], kind: type[_Event]) -> _Event:
    """The one event of that kind."""
    (event,) = of(events, kind)
    return event


def began(events: Iterable[Event]) -> Started:
    """The first event."""
    return only(list(events)[:1], Started)


def ended(events: Iterable[Event]) -> Finished:
    """The last event."""
    return only(list(events)[-1:], Finished)
