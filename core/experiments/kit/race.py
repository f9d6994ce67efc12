"""The run of several networks that learn from the same batches, each on its own clock."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training
from core.numeric.recurrent.stack.code import keras_code


@dataclass
class Racer:
    """One of several networks that learn from the same batches, each on its own clock.

    metrics, arrays: what was last measured of it, by names without its own. done: it learns no
    more. diverged: its weights were lost to infinity.
    """

    name: str
    trainer: Any
    metrics: dict[str, float] = field(default_factory=dict)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    done: bool = False
    diverged: bool = False

    @property
    def model(self) -> Any:
        """Its Keras model."""
        return self.trainer.model

    def lose(self) -> None:
        """It has diverged, and learns no more."""
        self.done = self.diverged = True


class Race(Training):
    """The training of several networks on the same batches, in blocks of updates for each in turn.

    Metrics are RACER_METRIC: loss, train_s, diverged = 1 where it has, at the end params; what is
    measured of each; and the baselines among the references. Arrays are RACER_ARRAY; weights, told
    at the end alone, RACER/NAME.
    """

    weight_type = None
    block: ClassVar[int] = 5  # updates that a racer makes before it is the next one's turn

    def __init__(self, config: Any, control: Control | None, trainers: Mapping[str, Any]):
        super().__init__(config, control)
        self.racers = [Racer(name, trainer) for name, trainer in trainers.items()]
        self.updates = config.epoch_updates

    @staticmethod
    def trainers(config: Any, loss: str, clip_norm: float) -> dict[str, Any]:
        """A trainer of each of the config's networks, by name."""
        from core.models.recurrent.stack import build_stack
        from core.models.supervised import Trainer

        return {
            name: Trainer(build_stack(stack, config.input_shapes[name]), loss, clip_norm=clip_norm)
            for name, stack in config.networks.items()
        }

    @property
    def params(self) -> int:
        """The trainable weights of all of them together."""
        return sum(racer.model.count_params() for racer in self.racers)

    @property
    def train_s(self) -> float:
        """Seconds of all of them together."""
        return sum(racer.trainer.train_s for racer in self.racers)

    @abstractmethod
    def measure(self, racer: Racer) -> None:
        """Bring a racer's metrics and arrays up to date; it may have diverged, or be done."""

    def racer_weights(self, racer: Racer) -> dict[str, np.ndarray]:
        """A racer's weights by name; its network is one of the config's."""
        from core.models.recurrent.stack import stack_weights

        return stack_weights(racer.model, self.config.networks[racer.name])

    def inputs_of(self, racer: Racer, inputs: np.ndarray) -> np.ndarray:
        """The inputs as a racer reads them."""
        return inputs

    def learn(self, left: Any, update: int, rate: float) -> list[dict[str, float]]:
        """Make a block of updates with each racer; returns what losses are finite."""
        racing = [racer for racer in self.racers if not racer.done]
        if not racing:
            return []
        # The first losses are waited for: each racer's steps are compiled before them.
        inputs, targets = self.batches(left[: self.block if update else 1], update)
        losses = {
            racer.name: self._block(racer, self.inputs_of(racer, inputs), targets, rate)
            for racer in racing
        }
        return [
            {f"{name}_loss": loss[i] for name, loss in losses.items() if np.isfinite(loss[i])}
            for i in range(min(map(len, losses.values())))
        ]

    def _block(
        self, racer: Racer, inputs: np.ndarray, targets: np.ndarray, rate: float
    ) -> list[float]:
        """A racer's updates on a block, in calls short enough to wait between."""
        losses: list[float] = []
        while len(losses) < len(inputs):
            self.control.wait()
            if self.control.stopped:
                break
            some = slice(len(losses), len(losses) + racer.trainer.steps_per_execution())
            losses += racer.trainer.steps(inputs[some], targets[some], rate).tolist()
            if not np.isfinite(losses[-1]):
                racer.lose()
                losses += [float("nan")] * (len(inputs) - len(losses))
        return losses

    def score(self, last: bool) -> Scores:
        """Measure who still learns; tell what is known of all."""
        metrics = {n: v for n, v in self.references.items() if n.startswith("baseline_")}
        arrays: dict[str, np.ndarray] = {}
        for racer in self.racers:
            if not racer.done:
                self.measure(racer)
                self.control.wait()
            known = {**racer.metrics, "train_s": racer.trainer.train_s}
            if racer.diverged:
                known["diverged"] = 1.0
            metrics |= {f"{racer.name}_{name}": value for name, value in known.items()}
            arrays |= {f"{racer.name}_{name}": array for name, array in racer.arrays.items()}
        return Scores(metrics, arrays)

    def weights(self) -> dict[str, np.ndarray]:
        """The weights of those that have not diverged."""
        return {
            f"{racer.name}/{name}": weight
            for racer in self.racers
            if not racer.diverged
            for name, weight in self.racer_weights(racer).items()
        }

    def end(self) -> Scores:
        """How many weights each has."""
        return Scores({f"{r.name}_params": float(r.model.count_params()) for r in self.racers})

    def files(self) -> dict[str, bytes]:
        """RACER.keras, and the code that trains them."""
        from core.models.saving import keras_bytes

        models = {f"{racer.name}.keras": keras_bytes(racer.model) for racer in self.racers}
        return models | self.code()

    def code(self) -> dict[str, bytes]:
        """The Keras code that trains the config's networks."""
        networks = {
            name: keras_code(stack, self.config.input_shapes[name], name)
            for name, stack in self.config.networks.items()
        }
        return keras_files(self.name, self.config, NETWORKS=networks)
