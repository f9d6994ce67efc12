"""A run whose machine was lost, as its page reads it."""

from dataclasses import dataclass
from typing import Any

from core.engine import JobView
from core.events import Epoch, Finished, Moved, Started, Step
from core.experiments.kit.config import Config
from ui.runs.run import Follower
from ui.texts import say


@dataclass(frozen=True)
class Nothing(Config):
    """No settings."""


def run_of(*told):
    events = [
        *(Started("kit", {}, 1, 2, 1), Step(1, 0.5, 1.0, {"loss": 1.0}), *told),
        *(Step(2, 1.0, 2.0, {"loss": 0.5}), Epoch(1, 2, 2.0, {}), Finished({})),
    ]
    return Follower.of(JobView("id", "kit", Nothing(), "finished", 0), events).view()


def test_it_says_so_and_its_curve_is_that_of_one_run():
    moved = run_of(Moved(1))
    assert moved.moved is not None
    assert say(moved.moved.note) == (
        "The machine that computed this run was lost after step 1: another one repeats it, and the "
        "curve goes on from there."
    )
    assert list(moved.steps.step) == [1, 2]
    assert run_of().moved is None


def test_one_that_was_lost_before_it_began_has_no_step():
    assert str(Moved(0).note) == (
        "The machine that was to compute this run was lost: another one takes it over."
    )


def test_one_that_ended_unheard_and_was_let_go_is_read_from_the_archive():
    told = [Started("kit", {}, 1, 2, 1), Epoch(1, 2, 2.0, {}), Finished({})]
    running, ended = (
        JobView("id", "kit", Nothing(), state, 0) for state in ("running", "finished")
    )

    class Letting:
        """An engine that lets the run go, and has it again once it is recalled."""

        here = told[:2]

        def job(self, _id):
            return running

        def recall(self, _id):
            return running if self.here is not told else ended

        def events(self, _id, since):
            return self.here[since:]

    engine: Any = Letting()
    follower = Follower(running, is_mine=True)
    follower.catch_up(engine)
    assert follower.running
    engine.here = told
    follower.catch_up(engine)
    assert not follower.running and follower.view().finished == Finished({})
