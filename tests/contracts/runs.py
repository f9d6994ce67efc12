"""What every experiment's run must do, whatever it trains."""

import time

import numpy as np
import pytest

from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.kit.config import Config, ConfigError
from core.experiments.kit.control import Control
from tests.events import began, ended, of

PAUSE_S = 0.5


def check_order(name: str, config: Config, events: list[Event]) -> None:
    """Started, then steps and epochs as announced, at last Finished with its scores."""
    started, *middle, finished = events
    assert isinstance(started, Started) and isinstance(finished, Finished)
    assert (started.experiment, started.config) == (name, config.to_dict())
    assert {type(event) for event in middle} == {Step, Epoch}
    steps, epochs = of(middle, Step), of(middle, Epoch)
    assert [epoch.epoch for epoch in epochs] == list(range(1, started.epochs + 1))
    assert middle[-1] is epochs[-1] and epochs[-1].step == started.steps
    assert [step.step for step in steps] == list(range(1, started.steps + 1))
    at = [event.step for event in middle if isinstance(event, Step | Epoch)]
    assert at == sorted(at)
    for step in steps:
        assert 0 < step.epoch <= started.epochs and step.train_s > 0
        assert step.metrics.keys() == steps[0].metrics.keys()
        assert np.isfinite(list(step.metrics.values())).all()
    assert finished.metrics.items() >= epochs[-1].metrics.items() and not finished.stopped
    assert finished.files
    assert all(isinstance(content, bytes) for content in finished.files.values())


def check_epochs(events: list[Event]) -> None:
    """All epochs tell the same, in arrays that hold no objects."""
    first, *others = of(events, Epoch)
    for epoch in others:
        assert epoch.metrics.keys() == first.metrics.keys()
        assert epoch.texts.keys() == first.texts.keys()
        for name, array in epoch.arrays.items():  # what does not change may be told once
            assert (array.dtype, array.ndim) == (first.arrays[name].dtype, first.arrays[name].ndim)
    for event in of(events, Epoch) + of(events, Finished):
        for array in event.arrays.values():
            assert isinstance(array, np.ndarray) and array.dtype.kind in "biuf"


class Steered(Control):
    """Waits at the first checkpoint, changes a setting at the second and stops at the third."""

    def __init__(self, field: str, value):
        self.calls, self.change = 0, {field: value}

    def checkpoint(self):
        """The change, once."""
        self.calls += 1
        if self.calls == 1:
            time.sleep(PAUSE_S)
        self.stopped = self.calls >= 3
        return self.change if self.calls == 2 else {}


def live_change(config: Config) -> tuple[str, object]:
    """A field that may be changed in mid-run, and another value of it."""
    field, spec = next((n, s) for n, s in config.specs().items() if s.live)
    value = getattr(config, field)
    return field, value / 2 if value / 2 >= spec.low else value * 2


def check_steering(run, config: Config, events: list[Event]) -> None:
    """A pause is no training; a change is told with its step; a stopped run keeps what it has.

    Until the change it is, by its seed, the run that nobody disturbed.
    """
    field, value = live_change(config)
    start = time.perf_counter()
    steered = list(run(config, Steered(field, value)))
    took = time.perf_counter() - start
    assert steered[0] == began(events)
    (changed,) = of(steered, Changed)
    assert (changed.field, changed.value) == (field, value)
    finished = steered[-1]
    assert isinstance(finished, Finished) and finished.stopped
    steps = of(steered, Step)
    assert 1 < changed.step <= len(steps) < began(events).steps
    assert steps[-1].train_s < took - PAUSE_S
    before = [dict(step.metrics) for step in steps[: changed.step - 1]]
    undisturbed = [dict(step.metrics) for step in of(events, Step)[: changed.step - 1]]
    assert before == [pytest.approx(metrics, rel=1e-6) for metrics in undisturbed]
    scored = of(steered, Epoch)[-1]
    assert finished.metrics.items() >= scored.metrics.items()
    assert finished.metrics.keys() == ended(events).metrics.keys()
    assert finished.arrays.keys() == ended(events).arrays.keys()
    assert finished.files.keys() == ended(events).files.keys()


def check_seed(run, config: Config) -> None:
    """Another seed is another run."""
    first, other = (
        _first_step(run, config.replace(seed=config.to_dict()["seed"] + i)) for i in range(2)
    )
    assert first.metrics != other.metrics


def _first_step(run, config: Config) -> Step:
    events = run(config, Control())
    first = next(event for event in events if isinstance(event, Step))
    events.close()
    return first


def wrong_values(config: type[Config]):
    """Values that fields do not take, (field, value) each."""
    for field, spec in config.specs().items():
        match spec.kind:
            case "int" | "float":
                yield from ((field, spec.low - 1), (field, spec.high + 1), (field, "x"))
                yield field, float("nan")
            case "choice":
                yield field, "no such choice"
            case "bool":
                yield field, "perhaps"
            case _:
                yield field, "x" * (int(spec.high) + 1)


def check_wrong_values(config: type[Config]) -> None:
    """Each field refuses what it does not take, in a sentence with its name and what it takes."""
    for field, value in wrong_values(config):
        with pytest.raises(ConfigError) as caught:
            config.parse({field: value})
        assert caught.value.field == field
        assert str(caught.value).startswith(f"{field} must be {config.specs()[field].allowed}, not")
    with pytest.raises(ConfigError, match=r"^'nonsense' is not a setting here; the settings are "):
        config.parse({"nonsense": 1})


def check_values(config: type[Config]) -> None:
    """Defaults are allowed; what a config writes it reads, as it stands in a URL, too."""
    default = config()
    assert config.parse(default.to_dict()) == default
    assert config.parse({name: str(value) for name, value in default.to_dict().items()}) == default
