"""Several networks on the same batches: blocks in turn, clocks, changes, who drops out."""

from types import SimpleNamespace

import numpy as np
import pytest

from core.events import Changed, Epoch, Finished, Started, Step
from core.experiments.kit.control import Control
from core.experiments.kit.race import Race
from core.experiments.kit.run import train
from tests.events import began, ended, of


class Trainer:
    """Its loss is the number of its update; it diverges at one of them."""

    model = SimpleNamespace(count_params=lambda: 10)

    def __init__(self, diverges_at=np.inf):
        self.train_s, self.rates, self.seen, self.diverges_at = 0.0, [], [], diverges_at

    def steps_per_execution(self):
        return 2

    def steps(self, inputs, targets, rate):
        losses = [float(i) if i < self.diverges_at else np.nan for i in inputs]
        self.seen += list(inputs)
        self.rates += [rate] * len(inputs)
        self.train_s += len(inputs)
        return np.array(losses)


class Little(Race):
    name = "little"
    goal = np.inf  # updates after which a racer rests

    def __init__(self, trainers, control=None, epochs=2):
        config = SimpleNamespace(epochs=epochs, epoch_updates=8, learning_rate=0.1, to_dict=dict)
        super().__init__(config, control, trainers)
        self.references = {"baseline_trivial": 0.5, "goal": 0.1}

    def batches(self, chosen, update):
        assert chosen[0] == update
        return np.array(chosen), np.array(chosen)

    def measure(self, racer):
        racer.metrics["score"] = float(len(racer.trainer.seen))
        racer.arrays["answers"] = np.zeros(3)
        racer.done = len(racer.trainer.seen) >= self.goal

    def racer_weights(self, racer):
        return {"kernel": np.ones(2)}

    def files(self):
        return {}


def test_all_learn_from_the_same_batches_each_on_its_own_clock():
    trainers = {"a": Trainer(), "b": Trainer()}
    events = list(train(Little(trainers)))
    started, finished = began(events), ended(events)
    assert isinstance(started, Started) and isinstance(finished, Finished)
    assert (started.params, started.steps) == (20, 16)
    assert trainers["a"].seen == trainers["b"].seen == list(range(16))
    assert [step.metrics for step in of(events, Step)] == [
        {"a_loss": float(i), "b_loss": float(i)} for i in range(16)
    ]
    first, last = of(events, Epoch)
    assert first.metrics == {
        "a_loss": 3.5,
        "b_loss": 3.5,
        "baseline_trivial": 0.5,
        "a_score": 8,
        "b_score": 8,
        "a_train_s": 8,
        "b_train_s": 8,
    }
    assert first.train_s == 16 and set(last.arrays) == {"a_answers", "b_answers"}
    assert last.arrays["a_answers"].dtype == np.float32
    assert finished.metrics == {
        **last.metrics,
        "a_params": 10,
        "b_params": 10,
        "params": 20,
        "train_s": 32,
    }
    assert set(finished.arrays) == {"a/kernel", "b/kernel"}


def test_who_diverges_learns_no_more_and_leaves_no_weights():
    trainers = {"a": Trainer(), "b": Trainer(diverges_at=3)}
    events = list(train(Little(trainers)))
    assert trainers["a"].seen == list(range(16)) and trainers["b"].seen == [
        0,
        1,
        2,
        3,
        4,
    ]  # one, then by two
    told = [step.step for step in of(events, Step) if "b_loss" in step.metrics]
    assert told == [1, 2, 3]
    final = ended(events)
    assert final.metrics["b_diverged"] == 1 and "a_diverged" not in final.metrics
    assert "b_score" not in final.metrics and set(final.arrays) == {"a/kernel"}


def test_a_race_ends_when_all_rest_or_have_diverged(monkeypatch):
    events = list(train(Little({"a": Trainer(diverges_at=3), "b": Trainer(diverges_at=0)})))
    assert len(of(events, Epoch)) == 1 and not ended(events).stopped
    monkeypatch.setattr(Little, "goal", 8)
    events = list(train(Little({"a": Trainer(), "b": Trainer()}, epochs=5)))
    assert len(of(events, Epoch)) == 1 and not ended(events).stopped


class Steered(Control):
    """Changes the rate at the second checkpoint, and stops while it waits for the nth time."""

    checkpoints, waits = 0, 0

    def __init__(self, stops_at):
        self.stops_at = stops_at

    def checkpoint(self):
        self.checkpoints += 1
        return {"learning_rate": 0.01} if self.checkpoints == 2 else {}

    def wait(self):
        self.waits += 1
        self.stopped = self.waits >= self.stops_at


def test_a_change_holds_for_all_from_the_same_update_on():
    trainers = {"a": Trainer(), "b": Trainer()}
    events = list(train(Little(trainers, Steered(np.inf), epochs=1)))
    assert [(e.step, e.value) for e in of(events, Changed)] == [(2, 0.01)]
    assert trainers["a"].rates == trainers["b"].rates == [0.1] + [0.01] * 7


@pytest.mark.parametrize(("stops_at", "steps"), [(5, 1), (1, 0)])
def test_a_stop_tells_what_all_have_learned(stops_at, steps):
    trainers = {"a": Trainer(), "b": Trainer()}
    events = list(train(Little(trainers, Steered(stops_at))))
    assert len(of(events, Step)) == steps and ended(events).stopped
    assert len(of(events, Epoch)) == (1 if steps else 0)
