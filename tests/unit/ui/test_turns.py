"""Turns: who goes first, and that nobody is kept waiting by one who takes long."""

import threading

import pytest

from ui.frame.turns import Kind, Turns

_PATIENCE_S = 30.0  # of a test that fails


class Visitor(threading.Thread):
    """One who asks for a turn, and keeps it until told; then says something, and has ended."""

    def __init__(
        self,
        turns: Turns,
        order: list[str],
        name: str,
        kind: Kind = Kind.PART,
        ahead: bool = False,
    ):
        super().__init__(name=name, daemon=True)
        self._turns, self._order, self._kind, self._ahead = turns, order, kind, ahead
        self.began, self.may_end = threading.Event(), threading.Event()
        self.start()

    def run(self):
        with self._turns.turn(self._kind, self._ahead):
            self._order.append(self.name)
            self.began.set()
            self.may_end.wait(_PATIENCE_S)
            self._turns.hold_on()
            self._order.append(f"end of {self.name}")

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


def begun(order: list[str]) -> list[str]:
    return [name for name in order if not name.startswith("end")]


def test_one_after_the_other_but_those_who_let_others_pass():
    turns, order = Turns(long_s=_PATIENCE_S, passed_s=_PATIENCE_S), []
    visitors = [Visitor(turns, order, "first")]
    assert visitors[0].began.wait(_PATIENCE_S)
    asked = [("news", Kind.NEWS), ("page", Kind.PAGE), ("second", Kind.PART), ("third", Kind.PART)]
    for place, (name, kind) in enumerate(asked, 1):
        visitors.append(Visitor(turns, order, name, kind))
        waiting(turns, place)
    for visitor in visitors:
        visitor.may_end.set()
    for visitor in visitors:
        visitor.join(_PATIENCE_S)
    assert begun(order) == ["first", "second", "third", "page", "news"]


def test_who_is_ahead_goes_before_all_who_wait():
    turns, order = Turns(long_s=_PATIENCE_S), []
    first = Visitor(turns, order, "first")
    assert first.began.wait(_PATIENCE_S)
    second = Visitor(turns, order, "second")
    waiting(turns, 1)
    teacher = Visitor(turns, order, "teacher", ahead=True)
    waiting(turns, 2)
    for visitor in (first, second, teacher):
        visitor.may_end.set()
    for visitor in (first, second, teacher):
        visitor.join(_PATIENCE_S)
    assert begun(order) == ["first", "teacher", "second"]


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


@pytest.mark.parametrize(
    ("kind", "other"), [(Kind.NEWS, Kind.PAGE), (Kind.NEWS, Kind.PART), (Kind.PAGE, Kind.PART)]
)
def test_who_lets_others_pass_holds_on_until_they_are_done(kind, other):
    turns, order = Turns(long_s=_PATIENCE_S, passed_s=_PATIENCE_S), []
    first = Visitor(turns, order, "first", kind)
    assert first.began.wait(_PATIENCE_S)
    too = Visitor(turns, order, "too", kind)
    waiting(turns, 1)
    passes = Visitor(turns, order, "passes", other)
    assert passes.began.wait(_PATIENCE_S) and not too.began.is_set()
    first.may_end.set()
    first.join(0.1)
    assert first.is_alive()  # it holds on
    passes.end()
    assert too.began.wait(_PATIENCE_S)
    too.end()
    ended = ["end of passes", "end of first", "too", "end of too"]
    assert order == ["first", "passes", *ended]


def test_nobody_holds_on_for_long():
    turns, order = Turns(long_s=0.01), []
    page = Visitor(turns, order, "page", Kind.PAGE)
    assert page.began.wait(_PATIENCE_S)
    part = Visitor(turns, order, "part")
    assert part.began.wait(_PATIENCE_S)
    page.end()
    assert order == ["page", "part", "end of page"]
    part.end()


def test_out_of_turn_nobody_holds_on():
    turns, order = Turns(), []
    part = Visitor(turns, order, "part")
    assert part.began.wait(_PATIENCE_S)
    turns.hold_on()
    part.end()


def test_who_takes_long_is_waited_for_no_longer():
    turns, order = Turns(long_s=0.01), []
    long = Visitor(turns, order, "long")
    assert long.began.wait(_PATIENCE_S)
    second = Visitor(turns, order, "second")
    assert second.began.wait(_PATIENCE_S)
    long.end()  # this is not the end of the second's turn
    assert len(turns._going) == 1
    second.end()
    assert not turns._going


def test_a_turn_that_fails_is_over():
    turns = Turns(long_s=_PATIENCE_S)
    with pytest.raises(ValueError, match="a page"), turns.turn():
        raise ValueError("a page")
    with turns.turn():
        pass


def test_many_at_once_all_have_their_turn():
    turns, order = Turns(long_s=0.001), []
    visitors = [Visitor(turns, order, str(i), Kind(i % 3)) for i in range(40)]
    for visitor in visitors:
        visitor.may_end.set()
    for visitor in visitors:
        visitor.join(_PATIENCE_S)
    assert sorted(begun(order)) == sorted(visitor.name for visitor in visitors)
    assert not turns._waiting and not turns._going
