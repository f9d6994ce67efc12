"""The line that says how far a sweep is."""

import io

from core.sweeps.progress import ProgressLine


class Clock:
    now_s = 0.0

    def __call__(self):
        return self.now_s


def test_a_line_says_how_far_it_is_and_how_long_it_takes():
    clock, out = Clock(), io.StringIO()
    line = ProgressLine(10, out, clock)
    for seconds, done, ended in [(0, 2, 2), (0.1, 3, 3), (1, 3, 3), (2, 3.5, 3), (6, 5.5, 5)]:
        clock.now_s = seconds
        line(done, ended)
    clock.now_s = 6.1
    line(6, 6)  # too soon after the last
    line(10, 10)
    assert out.getvalue().split("\r")[1:] == [
        "2 of 10 runs",
        "3 of 10 runs",
        "3 of 10 runs",
        "5 of 10 runs, about 9 s left",
        "10 of 10 runs               \n",
    ]


def test_minutes_are_told_where_there_are_many():
    clock, out = Clock(), io.StringIO()
    line = ProgressLine(100, out, clock)
    line(0, 0)
    clock.now_s = 60
    line(10, 10)
    assert out.getvalue().endswith("10 of 100 runs, about 9 min left")


def test_what_is_left_is_told_to_whom_it_may_concern(capsys):
    ProgressLine(1)(1, 1)
    assert capsys.readouterr().err == "\r1 of 1 runs\n"
