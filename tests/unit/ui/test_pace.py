"""How often pages look again."""

import pytest

from ui.runs.following.pace import Pace


class Clocks:
    """Two clocks that are set by hand, in s."""

    def __init__(self):
        self.now = self.computed = 0.0
        self.pace = Pace(0.1, clock=lambda: self.now, computed=lambda: self.computed)

    def look(self, who: int, cost_s: float):
        """One looks, which takes so much computing."""
        with self.pace.look(who):
            self.computed += cost_s

    def fail(self, who: int, cost_s: float):
        """The same, of one who finds nothing."""
        with self.pace.look(who):
            self.computed += cost_s
            raise KeyError(who)


@pytest.fixture
def clocks():
    return Clocks()


def test_alone_it_is_once_a_second_whatever_it_costs(clocks):
    assert clocks.pace.every_s == 1.0
    for _ in range(5):
        clocks.look(1, 0.9)
        assert clocks.pace.every_s == 1.0


def test_many_take_their_share_together_and_no_more(clocks):
    for who in range(10):
        clocks.look(who, 0.036)  # and 0.004 of Streamlit's own
    assert clocks.pace.every_s == pytest.approx(4.0)
    for who in range(10):
        clocks.look(who, 0.005)
    assert clocks.pace.every_s == 1.0
    for who in range(10):
        clocks.look(who, 1.0)
    assert clocks.pace.every_s == 5.0


def test_who_has_not_looked_for_a_while_counts_no_more(clocks):
    for who in range(10):
        clocks.look(who, 0.036)
    clocks.now = 14.0
    for who in range(5):
        clocks.look(who, 0.036)
    assert clocks.pace.every_s == pytest.approx(4.0)
    clocks.now = 16.0
    assert clocks.pace.every_s == pytest.approx(2.0)


def test_a_look_that_fails_is_counted(clocks):
    for who in range(2):
        with pytest.raises(KeyError):
            clocks.fail(who, 0.096)
    assert clocks.pace.every_s == pytest.approx(2.0)
