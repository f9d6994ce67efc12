"""An experiment of next to no computation, for the kit's tests: all kinds of field, no Keras."""

import time
from dataclasses import dataclass

import numpy as np

from core.events import Changed, Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.kit.config import Config, choice, flag, real, text, whole
from core.messages import Problem

STEPS = 5  # an epoch
SAMPLE = "<b>not bold</b> *nor this*\nÉcrasez l'infâme"


@dataclass(frozen=True)
class KitConfig(Config):
    """A field of every kind."""

    cell: str = choice("lstm", {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}, "Cell", "Which cell.")
    optimizer: str = choice(
        "adam", {o: o for o in ("adam", "sgd", "lion", "adagrad", "lamb")}, "Way"
    )
    units: int = whole(64, 8, 512, "Units", log=True)
    learning_rate: float = real(0.01, 1e-4, 1.0, "Learning rate", log=True, live=True)
    dropout: float = real(0.0, 0.0, 0.9, "Dropout", step=0.05)
    epochs: int = whole(4, 1, 200, "Epochs")
    seed: int = whole(0, 0, 999_999, "Seed")
    shuffle: bool = flag(True, "Shuffle")
    name: str = text("Pangloss", 1, 20, "Name")
    step_ms: int = whole(5, 0, 1000, "Milliseconds a step")


def run(config, control):
    """A loss that falls; a rate above 0.9 fails, as a bad choice might."""
    if config.learning_rate > 0.9:
        raise Problem("The loss of {name} is not a number.", name=config.name)
    rate, step, began, valid = config.learning_rate, 0, time.perf_counter(), 4.2
    steps = STEPS * config.epochs
    yield Started(
        "kit", config.to_dict(), 1000 + config.units, steps, config.epochs, {"guess": 3.0}
    )
    for epoch in range(1, config.epochs + 1):
        for _ in range(STEPS):
            for field, value in control.checkpoint().items():
                rate = value
                yield Changed(step + 1, field, value)
            if control.stopped:
                break
            time.sleep(config.step_ms / 1000)
            step += 1
            loss = 4 / (1 + 10 * rate * step)
            yield Step(step, step / STEPS, time.perf_counter() - began, {"loss": loss})
        valid = 4.2 / (1 + 10 * rate * step)
        yield Epoch(
            epoch,
            step,
            time.perf_counter() - began,
            {"valid_loss": valid},
            {"values": np.linspace(-1, 1, len(SAMPLE))},
            {"sample": SAMPLE},
        )
        if control.stopped:
            break
    yield Finished(
        {"valid_loss": valid},
        files={"train.py": b"print('trained')\n", "model.keras": b"keras"},
        stopped=control.stopped,
    )


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "The kit's", KitConfig, run)
