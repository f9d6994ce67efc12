"""What this process knows of the classes, for all its sessions: asked of the database rarely."""

import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field

from core.messages import Problem
from core.store.classes.members import Member
from core.store.classes.service import Classes, Snapshot
from ui import server

_FRESH_S = 1.0  # of a class: who has it on the screen asks about it once a second
_MEMBER_S = 60.0  # until it is looked up again whether somebody is in a class
_VISITORS = 1000  # the least recent go first


@dataclass
class _Known:
    """A class as it was last read, and when it was last asked for."""

    snapshot: Snapshot | None = None
    asked_s: float = -_FRESH_S
    lock: threading.Lock = field(default_factory=threading.Lock)


_lock = threading.Lock()
_classes: dict[int, _Known] = {}
_members: OrderedDict[str, tuple[float, Member | None]] = OrderedDict()


def classes() -> Classes:
    """The classes that this server keeps."""
    return server.archive().classes


def membership() -> Member | None:
    """In which class this visitor is; None, too, where that cannot be told now."""
    visitor, now = server.visitor(), time.monotonic()
    at, member = _members.get(visitor, (-_MEMBER_S, None))
    if now - at >= _MEMBER_S:
        try:
            member = classes().membership(visitor)
        except Problem:
            return member
        with _lock:
            _members[visitor] = now, member
            _members.move_to_end(visitor)
            while len(_members) > _VISITORS:
                _members.popitem(last=False)
    return member


def moved():
    """This visitor has joined a class, or left it."""
    with _lock:
        _members.pop(server.visitor(), None)


def snapshot(number: int) -> Snapshot | None:
    """A class as it was a second ago at most, or before the database failed; None if it is gone."""
    with _lock:
        known = _classes.setdefault(number, _Known())
    with known.lock:
        now = time.monotonic()
        if now - known.asked_s >= _FRESH_S:
            known.asked_s = now
            with suppress(Problem):  # the log has it; what was known is shown
                _read(number, known)
        return known.snapshot


def changed(number: int):
    """Something was done in a class: it is to be read again at once."""
    with _lock:
        known = _classes.setdefault(number, _Known())
    known.asked_s = -_FRESH_S


def _read(number: int, known: _Known):
    version = classes().version(number)
    if version is None:
        known.snapshot = None
        with _lock:
            _classes.pop(number, None)
    elif known.snapshot is None or known.snapshot.of.version != version:
        known.snapshot = classes().snapshot(number)
