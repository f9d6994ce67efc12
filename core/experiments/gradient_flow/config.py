"""What can be set of the experiment gradient-flow."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.data.sequences.memory_tasks import Adding
from core.experiments.kit import fields
from core.experiments.kit.config import Config, real, whole
from core.messages import N_
from core.numeric.recurrent.stack.layers import Stack, recurrent_stack
from core.numeric.recurrent.stack.sizes import matched_units

CELLS = ("rnn", "lstm", "gru")


def gate_bias(default: float, label: str, help: str) -> Any:
    """The bias of a gate, at the start."""
    return real(default, -2.0, 6.0, label, help, step=0.5)


@dataclass(frozen=True)
class GradientFlowConfig(Config):
    """The task, how the gates start, and how all three cells are trained."""

    length: int = whole(
        50, 10, 200, N_("Length T"), N_("Steps of a sequence of the task."), step=10
    )
    forget_bias: float = gate_bias(
        1.0,
        N_("LSTM bias"),
        N_("Of the forget gate of the LSTM, at the start; Keras starts it at 1."),
    )
    update_bias: float = gate_bias(
        0.0,
        N_("GRU bias"),
        N_("Of the update gate of the GRU, at the start; Keras starts it at 0."),
    )
    learning_rate: float = fields.learning_rate(0.01)
    epochs: int = whole(30, 1, 100, N_("Epochs"), N_("How often to stop, test and measure."))
    epoch_updates: int = whole(
        20, 5, 100, N_("Updates an epoch"), N_("Batches that each cell learns from."), step=5
    )
    params: int = whole(
        2600,
        500,
        10_000,
        N_("Weights"),
        N_("Each cell gets as many units as it takes to come near this number, all within 5%."),
        step=100,
    )
    batch_size: int = whole(
        64,
        8,
        256,
        N_("Batch"),
        N_("Fresh examples in each update, the same for all cells."),
        step=8,
    )
    clip_norm: float = fields.clip_norm()
    seed: int = fields.seed()

    @property
    def task(self) -> Adding:
        """The adding problem of this length."""
        return Adding(self.length)

    def units(self) -> dict[str, int]:
        """Units of each cell, so that all have about ``params`` weights."""
        return matched_units(CELLS, self.params, self._network, self.task.features)

    @cached_property
    def networks(self) -> dict[str, Stack]:
        """Each cell's network: one recurrent layer with these biases, one output."""
        return {cell: self._network(cell, units) for cell, units in self.units().items()}

    @property
    def input_shapes(self) -> dict[str, tuple[int, int]]:
        """Steps and features of a sequence, by cell."""
        return dict.fromkeys(CELLS, (self.length, self.task.features))

    def _network(self, cell: str, units: int) -> Stack:
        bias = {"lstm": self.forget_bias, "gru": self.update_bias}.get(cell)
        return recurrent_stack(cell, units, self.task.outputs, gate_bias=bias, seed=self.seed)
