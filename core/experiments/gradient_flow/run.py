"""The run of the experiment gradient-flow."""

from collections.abc import Iterator

import numpy as np

from core.data.sequences.memory_tasks import TRIVIAL_RMSE, held_out, training_batch
from core.events import Event
from core.experiments.gradient_flow.config import GradientFlowConfig
from core.experiments.kit.control import Control
from core.experiments.kit.race import Race, Racer
from core.experiments.kit.run import stacked, train
from core.numeric.recurrent.cells import Weights
from core.numeric.recurrent.gradient_flow import gradient_norms, horizon_steps, read, relative

_TEST = 512  # two compiled batches of the same size
_MEASURED = 32  # test sequences along which the gradient is followed; the median is told


def run(config: GradientFlowConfig, control: Control | None = None) -> Iterator[Event]:
    """Train the three, and say what happens: Started, Step and Epoch events, at last Finished.

    Every cell learns from the same fresh examples in the same order. Metrics, of each cell by its
    name: CELL_test_rmse, CELL_train_s on its own clock, CELL_params, CELL_horizon_steps (after how
    many steps back the median |dL/dh_t| is below 1 % of |dL/dh_T|; the length if it never is),
    lstm_cell_horizon_steps (the same of dL/dc_t), CELL_diverged = 1 where the weights were lost to
    infinity; baseline_trivial. Arrays of an Epoch: CELL_hidden and lstm_cell, float32 (time,), the
    relative norms; with "start_" before the name, in the first epoch, those before training.
    """
    yield from train(_GradientFlow(config, control))


class _GradientFlow(Race):
    name = "gradient-flow"

    def __init__(self, config: GradientFlowConfig, control: Control | None):
        super().__init__(config, control, self.trainers(config, "mse", config.clip_norm))
        self.references = {"baseline_trivial": TRIVIAL_RMSE}
        self._inputs, self._targets = held_out(config.task, _TEST)

    def begin(self, epoch: int) -> None:
        if epoch > 1:
            return
        start: dict[str, np.ndarray] = {}
        for racer in self.racers:
            curves = self._curves(racer)
            start |= {f"start_{racer.name}_{name}": curve for name, curve in curves.items()}
            self.control.wait()
        self.first_arrays = start

    def batches(self, chosen: range, update: int) -> tuple[np.ndarray, ...]:
        config = self.config
        return stacked(
            training_batch(config.task, config.seed, i, config.batch_size) for i in chosen
        )

    def measure(self, racer: Racer) -> None:
        outputs = racer.trainer.predict(self._inputs)
        self.control.wait()
        if not np.isfinite(outputs).all():
            return racer.lose()
        racer.metrics["test_rmse"] = float(np.sqrt(np.mean((outputs - self._targets) ** 2)))
        racer.arrays |= self._curves(racer)
        for name, curve in racer.arrays.items():
            steps = horizon_steps(curve)
            prefix = "" if name == "hidden" else f"{name}_"
            horizon = len(curve) if steps is None else steps
            racer.metrics[f"{prefix}horizon_steps"] = float(horizon)

    def _curves(self, racer: Racer) -> dict[str, np.ndarray]:
        """Of each state the gradient's norm relative to the last step's, the median, (time,)."""
        weights = self.racer_weights(racer)
        layer = Weights(*(weights[f"0.forward.{name}"][None] for name in Weights._fields))
        sequences = self._inputs[None, :_MEASURED].astype(float)
        readout = weights["dense.kernel"].T.astype(float)
        d_last = np.broadcast_to(readout, (1, sequences.shape[1], readout.shape[-1]))
        norms = gradient_norms(read(racer.name, layer, sequences), d_last)
        return {
            name: np.median(relative(norm)[:, 0], axis=1).astype(np.float32)
            for name, norm in norms.items()
        }
