"""Turns: who goes first, and that nobody is kept waiting by one who takes long."""

import threading

import pytest

from ui.frame.turns import Turns

_PATIENCE_S = 30.0  # of a test that fails


class Visitor(threading.Thread):
    """One who asks for a turn, and keeps it until told."""

    def __init__(self, turns: Turns, order: list[str], name: str, news: bool = False):
        super().__init__(name=name, daemon=True)
        self._turns, self._order, self._news = turns, order, news
        self.began, self.may_end = threading.Event(), threading.Event()
        self.start()

    def run(self):
        with self._turns.turn(self._news):
            self._order.append(self.name)
            self.began.set()
            self.may_end.wait(_PATIENCE_S)

    def end(self):
        self.may_end.set()
        self.join(_PATIENCE_S)


def waiting(turns: Turns, count: int):
    """Wait until so many wait."""
    for _ in range(3000):
        if len(turns._waiting) == count:
            return
        threading.Event().wait(0.01)
    pytest.fail(f"{len(turns._waiting)} wait, not {count}")


def test_one_after_the_other_but_those_who_look_for_news():
    turns, order = Turns(long_s=_PATIENCE_S, news_s=_PATIENCE_S), []
    visitors = [Visitor(turns, order, "first")]
    assert visitors[0].began.wait(_PATIENCE_S)
    for place, (name, news) in enumerate([("news", True), ("second", False), ("third", False)], 1):
        visitors.append(Visitor(turns, order, name, news))
        waiting(turns, place)
    for visitor in visitors:
        visitor.may_end.set()
    for visitor in visitors:
        visitor.join(_PATIENCE_S)
    assert order == ["first", "second", "third", "news"]


def test_while_one_has_the_turn_the_next_waits():
    turns, order = Turns(long_s=_PATIENCE_S), []
    first = Visitor(turns, order, "first")
    assert first.began.wait(_PATIENCE_S)
    second = Visitor(turns, order, "second")
    waiting(turns, 1)
    assert order == ["first"] and not second.began.is_set()
    first.end()
    assert second.began.wait(_PATIENCE_S)
    second.end()


def test_who_only_looks_for_news_is_waited_for_by_those_alone_who_do_so_too():
    turns, order = Turns(long_s=_PATIENCE_S, news_s=_PATIENCE_S), []
    looks = Visitor(turns, order, "looks", news=True)
    assert looks.began.wait(_PATIENCE_S)
    too = Visitor(turns, order, "too", news=True)
    waiting(turns, 1)
    asks = Visitor(turns, order, "asks")
    assert asks.began.wait(_PATIENCE_S) and not too.began.is_set()
    looks.end()  # this is not the end of the other's turn
    assert turns._whose is not None and not too.began.is_set()
    asks.end()
    assert too.began.wait(_PATIENCE_S)
    too.end()
    assert order == ["looks", "asks", "too"]


def test_who_takes_long_is_waited_for_no_longer():
    turns, order = Turns(long_s=0.01), []
    long = Visitor(turns, order, "long")
    assert long.began.wait(_PATIENCE_S)
    second = Visitor(turns, order, "second")
    assert second.began.wait(_PATIENCE_S)
    long.end()  # this is not the end of the second's turn
    assert turns._whose is not None
    second.end()
    assert turns._whose is None


def test_a_turn_that_fails_is_over():
    turns = Turns(long_s=_PATIENCE_S)
    with pytest.raises(ValueError, match="a page"), turns.turn():
        raise ValueError("a page")
    with turns.turn():
        pass


def test_many_at_once_all_have_their_turn():
    turns, order = Turns(long_s=0.001), []
    visitors = [Visitor(turns, order, str(i), news=i % 2 == 0) for i in range(40)]
    for visitor in visitors:
        visitor.may_end.set()
    for visitor in visitors:
        visitor.join(_PATIENCE_S)
    assert sorted(order) == sorted(visitor.name for visitor in visitors)
    assert not turns._waiting and turns._whose is None
