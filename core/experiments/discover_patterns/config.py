"""What can be set of the experiment discover-patterns."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, real, whole
from core.messages import N_
from core.numeric.recurrent.stack.layers import Stack, recurrent_stack


@dataclass(frozen=True)
class DiscoverPatternsConfig(Config):
    """Data, network, training, and the number of clusters."""

    data: str = choice(
        "rules",
        {"rules": N_("Digits of hidden kinds"), "splice": N_("Genes without their labels")},
        N_("Data"),
        N_("Digits by four rules, made by this project; or the splice junctions, unlabelled."),
    )
    clusters: int = whole(
        4, 2, 8, N_("Clusters"), N_("Groups that k-means makes of the hidden states.")
    )
    cell: str = fields.cell()
    units: int = fields.units(32)
    state: str = choice(
        "spread",
        {
            "spread": N_("How it moves"),
            "mean": N_("Its mean"),
            "last": N_("The last"),
        },
        N_("State that is clustered"),
        N_(
            "Over the second half of the reading: how much each unit of the hidden state moves "
            "(its standard deviation), or its mean; or the state after the last step."
        ),
    )
    noise: float = real(
        0.05, 0.0, 0.5, N_("Wrong digits"), N_("Share of digits that break their rule."), step=0.05
    )
    batch_size: int = whole(32, 4, 128, N_("Batch"), N_("Sequences of an update."), step=4)
    learning_rate: float = fields.learning_rate(0.01)
    epochs: int = whole(20, 1, 100, N_("Epochs"), N_("How often to read all and be tested."))
    seed: int = fields.seed()

    def network(self, letters: int) -> Stack:
        """From the signs of a sequence to the logits of the sign after each of them."""
        return recurrent_stack(self.cell, self.units, letters, pooling="none", seed=self.seed)
