"""What can be set of the experiment feed-forward."""

from dataclasses import dataclass
from functools import cached_property

from core.data.sequences.recall_task import KEYS, SYMBOLS
from core.experiments.kit import fields
from core.experiments.kit.config import Config, whole
from core.messages import N_
from core.numeric.recurrent.cells import CELLS
from core.numeric.recurrent.stack.layers import Layer, Stack, linear


@dataclass(frozen=True)
class FeedForwardConfig(Config):
    """The task, the two networks, and how both are trained."""

    longest: int = whole(
        12, 4, 30, N_("Longest sequence"), N_("In training; the test goes up to twice as long.")
    )
    window: int = whole(
        6, 1, 60, N_("Window"), N_("How many of the last symbols the dense network sees.")
    )
    cell: str = fields.cell()
    units: int = whole(
        16,
        4,
        64,
        N_("Units"),
        N_("Of the recurrent network; the dense one gets about as many weights."),
    )
    epochs: int = whole(20, 1, 60, N_("Epochs"), N_("How often to stop and test both networks."))
    batch_size: int = whole(32, 8, 256, N_("Batch"), N_("Fresh sequences in each update."), step=8)
    epoch_updates: int = whole(
        20, 10, 200, N_("Updates an epoch"), N_("Batches that each network learns from."), step=10
    )
    learning_rate: float = fields.learning_rate(0.01)
    seed: int = fields.seed()

    @property
    def hidden(self) -> int:
        """Units of the dense network, so that both networks have about as many weights."""
        gates = CELLS[self.cell].gates
        recurrent = gates * self.units * (SYMBOLS + self.units + 1) + KEYS * (self.units + 1)
        return max(1, round((recurrent - KEYS) / (self.window * SYMBOLS + 1 + KEYS)))

    @cached_property
    def networks(self) -> dict[str, Stack]:
        """The dense network, which reads a row, and the recurrent one, by name."""
        hidden = Layer("dense", self.hidden, activation="relu", seed=self.seed + 10)
        recurrent = Layer(self.cell, self.units, seed=self.seed)
        return {
            "dense": (hidden, linear(KEYS, self.seed + 11)),
            "rnn": (recurrent, linear(KEYS, self.seed + 2)),
        }

    @property
    def input_shapes(self) -> dict[str, tuple[int | None, ...]]:
        """Of an example, by network."""
        return {"dense": (self.window * SYMBOLS,), "rnn": (None, SYMBOLS)}
