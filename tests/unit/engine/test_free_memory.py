"""Memory that was let go, given back."""

import numpy as np
import psutil
import pytest

from core.engine import free_memory
from core.engine.free_memory import FreeMemory

MANY, BYTES = 4000, 30_000


def resident():
    return psutil.Process().memory_info().rss


@pytest.mark.skipif(free_memory._trim() is None, reason="the C library is not glibc")
def test_room_between_what_stays_is_given_back(clock):
    memory = FreeMemory(every_s=30, clock=clock)
    arrays = [np.ones(BYTES, np.uint8) for _ in range(MANY)]
    arrays = arrays[::2]  # what goes lay between two that stay
    before = resident()
    assert not memory.give_back()
    clock.now_s += 30
    assert memory.give_back() and not memory.give_back()
    assert before - resident() > MANY // 2 * BYTES // 2


def test_without_glibc_nothing_is_done(monkeypatch, clock):
    monkeypatch.setattr(free_memory, "_trim", lambda: None)
    memory = FreeMemory(clock=clock)
    clock.now_s += 3600
    assert not memory.give_back()
