"""What can be set of the experiment long-memory."""

from dataclasses import dataclass
from functools import cached_property

from core.data.sequences.memory_tasks import Task, task
from core.experiments.kit import fields
from core.experiments.kit.config import Config, ConfigError, choice, flag, real, whole
from core.messages import N_
from core.numeric.recurrent.stack.layers import GATE_BIAS, Layer, Stack, recurrent_stack
from core.numeric.recurrent.stack.sizes import matched_units

CELLS = ("rnn", "lstm", "gru", "irnn")


@dataclass(frozen=True)
class LongMemoryConfig(Config):
    """The task, who takes part, and how all of them are trained."""

    task: str = choice(
        "adding",
        {"adding": N_("Adding problem"), "copy": N_("Copy memory")},
        N_("Task"),
        N_("Add two marked numbers of a long sequence, or repeat symbols after a long silence."),
    )
    length: int = whole(
        100,
        20,
        400,
        N_("Length T"),
        N_("Steps of a sequence; in copy memory, steps between seeing and repeating."),
        step=20,
    )
    irnn: bool = flag(
        False,
        N_("ReLU RNN from the identity"),
        N_("Le, Jaitly and Hinton (2015): ReLU, its recurrent weights at first the identity."),
    )
    bidirectional: bool = flag(
        False,
        N_("Both directions"),
        N_("Every layer reads from both ends. The number of weights stays as it is."),
    )
    layers: int = fields.layers(2)
    rnn: bool = flag(True, N_("RNN takes part"), N_("The plain RNN with tanh."))
    lstm: bool = flag(True, N_("LSTM takes part"), N_("Keras's: its forget bias starts at 1."))
    gru: bool = flag(True, N_("GRU takes part"), N_("The course's (reset_after=False)."))
    params: int = whole(
        4600,
        3000,
        10_000,
        N_("Weights"),
        N_("Each cell gets as many units as it takes to come near this number, all within 5%."),
        step=200,
    )
    recall: int = whole(
        3, 1, 10, N_("Symbols to copy"), N_("Copy memory only; the article has ten.")
    )
    open_gates: float = real(
        0.0,
        0.0,
        6.0,
        N_("Open the gates"),
        N_("Added at the start to the biases of the gates that keep: the LSTM's F, the GRU's Z."),
        step=0.5,
    )
    batch_size: int = whole(
        64,
        8,
        128,
        N_("Batch"),
        N_("Fresh examples in each update, the same for all cells."),
        step=8,
    )
    learning_rate: float = fields.learning_rate(0.01)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(60, 1, 200, N_("Epochs"), N_("How often to stop and test all cells."))
    epoch_updates: int = whole(
        50, 10, 200, N_("Updates an epoch"), N_("Batches that each cell learns from."), step=10
    )
    stop_at_goal: bool = flag(
        True, N_("Rest at the goal"), N_("A cell that has reached the goal learns no more.")
    )
    seed: int = fields.seed()

    def __post_init__(self):
        """Check the fields, and that somebody takes part. Raises ConfigError."""
        super().__post_init__()
        if not self.entrants:
            raise ConfigError(
                N_("No cell takes part: switch on {field}, or another cell."), field="rnn"
            )

    @property
    def entrants(self) -> tuple[str, ...]:
        """The cells that take part, names of ``CELLS``."""
        return tuple(cell for cell in CELLS if getattr(self, cell))

    @property
    def sequences(self) -> Task:
        """The task that makes the examples."""
        return task(self.task, self.length, self.recall)

    @property
    def asked(self) -> int:
        """At how many last steps an answer is given; 0: once, after the last."""
        return self.recall if self.task == "copy" else 0

    def units(self) -> dict[str, int]:
        """Units of each entrant's layers, so that all have about ``params`` weights."""
        return matched_units(self.entrants, self.params, self._network, self.sequences.features)

    @cached_property
    def networks(self) -> dict[str, Stack]:
        """Each entrant's network, by its cell."""
        return {cell: self._network(cell, units) for cell, units in self.units().items()}

    @property
    def input_shapes(self) -> dict[str, tuple[int, int]]:
        """Steps and features of a sequence, by cell."""
        return dict.fromkeys(self.entrants, (self.sequences.time, self.sequences.features))

    def _network(self, cell: str, units: int) -> Stack:
        gated = self.open_gates and cell in GATE_BIAS
        *recurrent, dense = recurrent_stack(
            cell,
            units,
            self.sequences.outputs,
            layers=self.layers,
            direction="both" if self.bidirectional else "one",
            pooling="none" if self.asked else "last",
            gate_bias=GATE_BIAS[cell] + self.open_gates if gated else None,
            seed=self.seed,
        )
        crop = [Layer("crop", steps=self.sequences.time - self.asked)] if self.asked else []
        return (*recurrent, *crop, dense)
