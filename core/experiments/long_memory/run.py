"""The run of the experiment long-memory."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.data.sequences.memory_tasks import (
    TRIVIAL_ACCURACY,
    TRIVIAL_RMSE,
    held_out,
    training_batch,
    validation,
)
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.race import Race, Racer
from core.experiments.kit.run import Scores, stacked, train
from core.experiments.long_memory.config import LongMemoryConfig

SCORE = {"adding": "test_rmse", "copy": "accuracy"}
GOAL = {"adding": 0.05, "copy": 0.99}
TRIVIAL = {"adding": TRIVIAL_RMSE, "copy": TRIVIAL_ACCURACY}
SHOWN = 200  # test examples whose answers every epoch tells
_TEST = 1000
_VALIDATION = 500  # who is at the goal by these may rest: the test decides nothing
_PART = 250  # test examples in one compiled call


def run(config: LongMemoryConfig, control: Control | None = None) -> Iterator[Event]:
    """Race, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Every cell learns from the same fresh examples in the same order and is tested on the same
    fixed ones; by others it is decided who is at the goal. Metrics, of each cell by its name:
    CELL_test_rmse (adding) or CELL_accuracy (copy), CELL_validation, the same of those others,
    CELL_train_s on its own clock, CELL_params, CELL_goal_s if it reached the goal,
    CELL_diverged = 1 if its weights were lost to infinity; baseline_trivial. Arrays of an epoch, on
    the first test examples: targets, CELL_answers; of copy also CELL_right, what share is right by
    place. Names of weights as in ``weight_names`` of ``core.numeric.recurrent.stack``.
    """
    yield from train(LongMemory(config, control))


class LongMemory(Race):
    """The race of ``run``, of the config's networks unless ``trainers`` are given."""

    name = "long-memory"

    def __init__(
        self,
        config: LongMemoryConfig,
        control: Control | None,
        trainers: Mapping[str, Any] | None = None,
    ):
        loss = "mse" if config.task == "adding" else "crossentropy"
        trainers = trainers or self.trainers(config, loss, config.clip_norm)
        super().__init__(config, control, trainers)
        self.references = {"baseline_trivial": TRIVIAL[config.task], "goal": GOAL[config.task]}
        self._inputs, self._targets = held_out(config.sequences, _TEST)
        self._validation, self._validation_targets = validation(config.sequences, _VALIDATION)
        self._small = np.float32 if config.task == "adding" else np.int8  # of arrays of an epoch

    def batches(self, chosen: range, update: int) -> tuple[np.ndarray, ...]:
        """Fresh examples for each of the updates."""
        config = self.config
        return stacked(
            training_batch(config.sequences, config.seed, i, config.batch_size) for i in chosen
        )

    def measure(self, racer: Racer) -> None:
        """Test a cell; by the validation examples it may rest."""
        config, targets = self.config, self._targets
        answers, validated = (
            self._answers(racer, inputs) for inputs in (self._inputs, self._validation)
        )
        if answers is None or validated is None:
            return racer.lose()
        racer.metrics[SCORE[config.task]] = score(config.task, answers, targets)
        racer.metrics["validation"] = score(config.task, validated, self._validation_targets)
        if reached(config.task, racer.metrics["validation"]):
            racer.metrics.setdefault("goal_s", racer.trainer.train_s)
        racer.done = config.stop_at_goal and "goal_s" in racer.metrics
        racer.arrays["answers"] = answers[:SHOWN].astype(self._small)
        if config.task == "copy":
            racer.arrays["right"] = (answers == targets).mean(0)

    def _answers(self, racer: Racer, inputs: np.ndarray) -> np.ndarray | None:
        outputs = self.in_parts(racer.trainer.predict, inputs, _PART)
        if not np.isfinite(outputs).all():
            return None
        return outputs if self.config.task == "adding" else outputs.argmax(-1)

    def score(self, last: bool) -> Scores:
        """What is known of all, and the answers that were right."""
        scores = super().score(last)
        targets = {"targets": self._targets[:SHOWN].astype(self._small)}
        return Scores(scores.metrics, targets | dict(scores.arrays))


def score(name: str, outputs: np.ndarray, targets: np.ndarray) -> float:
    """The RMSE of sums (adding), or the share of symbols that are right (copy)."""
    if name == "adding":
        return float(np.sqrt(np.mean((outputs - targets) ** 2)))
    return float(np.mean(outputs == targets))


def reached(name: str, value: float) -> bool:
    """Whether a score is as good as the goal."""
    return value <= GOAL[name] if name == "adding" else value >= GOAL[name]
