"""What can be set of the experiment sequence-class."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, real, whole
from core.messages import N_
from core.numeric.recurrent.stack.layers import Layer, Stack, recurrent_stack


@dataclass(frozen=True)
class SequenceClassConfig(Config):
    """Data, network and training."""

    data: str = choice(
        "splice",
        {
            "splice": N_("Splice junctions"),
            "promoters": N_("Promoters"),
            "integers": N_("Good or bad"),
            "upload": N_("Your table"),
        },
        N_("Data"),
        N_("Two real sets of genes, integers by a rule that this project made, or a CSV of yours."),
    )
    cell: str = fields.cell()
    direction: str = choice(
        "middle",
        {
            "one": N_("One way"),
            "both": N_("Bidirectional"),
            "middle": N_("To the middle"),
        },
        N_("Reading"),
        N_(
            "From start to end; from both ends, each to the other; or from both ends to the "
            "middle, where the two readers meet."
        ),
    )
    pooling: str = choice(
        "last",
        {"last": N_("The last state"), "max": N_("The highest")},
        N_("What it keeps"),
        N_("Its state after the last step, or the highest value that each unit ever had."),
    )
    units: int = fields.units(32)
    layers: int = fields.layers()
    skip: bool = flag(
        False,
        N_("Skip connections"),
        N_("The layers above the first see the input, too. Needs two layers."),
    )
    input_dropout: float = real(
        0.1,
        0.0,
        0.5,
        N_("Hidden steps"),
        N_("Share of the steps that are hidden in training, so that none is relied on alone."),
        step=0.05,
    )
    dropout: float = fields.dropout(0.3)
    batch_size: int = whole(32, 4, 128, N_("Batch"), N_("Sequences of an update."), step=4)
    learning_rate: float = fields.falling_rate(5e-3)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(25, 1, 200, N_("Epochs"), N_("How often to read all and be tested."))
    seed: int = whole(
        0,
        0,
        999_999,
        N_("Seed"),
        N_("Another seed: other sequences are held out, and other weights to start from."),
    )
    upload: str = fields.upload(
        "sequences", N_("Uploaded table"), N_("The fingerprint of the table you brought.")
    )

    def network(self, classes: int) -> Stack:
        """From the steps of a sequence to the logits of so many classes."""
        *recurrent, dense = recurrent_stack(
            self.cell,
            self.units,
            classes,
            layers=self.layers,
            direction=self.direction,
            pooling=self.pooling,
            skip=self.skip,
            seed=self.seed,
        )
        hidden_steps = Layer(
            "dropout", rate=self.input_dropout, whole_steps=True, seed=self.seed + 60
        )
        dropout = Layer("dropout", rate=self.dropout, seed=self.seed + 50)
        return (
            *[hidden_steps] * bool(self.input_dropout),
            *recurrent,
            *[dropout] * bool(self.dropout),
            dense,
        )
