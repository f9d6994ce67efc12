"""What can be set of the experiment next-value."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, real, text, whole
from core.messages import N_
from core.numeric.recurrent.stack.layers import Stack, recurrent_stack


@dataclass(frozen=True)
class NextValueConfig(Config):
    """Data, network and training."""

    data: str = choice(
        "sunspots",
        {
            "sunspots": N_("Sunspots"),
            "seattle": N_("Seattle"),
            "sine": N_("Noisy sine"),
            "rule": N_("Integers"),
            "generation": N_("New sequences"),
            "upload": N_("Your series"),
        },
        N_("Data"),
        N_(
            "Real: sunspots by the month, Seattle's highest temperature by the day. Made here: a "
            "sine, integers by a rule, new integer sequences like given ones. Or a CSV of yours."
        ),
    )
    rule: str = choice(
        "chaotic",
        {
            "arithmetic": N_("Arithmetic"),
            "alternating": N_("Alternating"),
            "modular": N_("Modular"),
            "chaotic": N_("Chaotic"),
        },
        N_("Rule of the integers"),
        N_(
            "1, 3, 5, …; up by 5 and down by 3 in turn; up by 7, from 30 on 30 less; or a "
            "thousandfold logistic map, rounded."
        ),
    )
    family: str = choice(
        "arithmetic",
        {
            "arithmetic": N_("Arithmetic"),
            "alternating": N_("Alternating"),
            "modular": N_("Modular"),
            "mixed": N_("Mixed"),
        },
        N_("Rules of the sequences"),
        N_(
            "One step of −10 to 10; up and down in turn; one step modulo 20; or any of these. "
            "Every third rule is held out."
        ),
    )
    cell: str = fields.cell()
    units: int = fields.units(32)
    layers: int = fields.layers()
    bidirectional: bool = flag(
        False,
        N_("Bidirectional"),
        N_("Every layer reads the window from both ends. The future stays unseen."),
    )
    skip: bool = flag(
        False,
        N_("Skip connections"),
        N_("The layers above the first see the input, too. Needs two layers."),
    )
    dropout: float = fields.dropout()
    window: int = whole(
        36,
        4,
        120,
        N_("Window"),
        N_("Values that the network reads to tell the next. The linear equation gets as many."),
        step=2,
    )
    target: str = choice(
        "change",
        {"value": N_("The value"), "change": N_("The change")},
        N_("What it tells"),
        N_("The next value itself, or by how much it differs from the last."),
    )
    horizon: int = whole(
        24, 2, 60, N_("Horizon"), N_("Steps of a forecast that goes on from its own answers.")
    )
    length: int = whole(
        1200, 200, 3000, N_("Length"), N_("Values of a series that is made."), step=100
    )
    noise: float = real(
        0.2, 0.0, 1.0, N_("Noise"), N_("Its standard deviation, beside a sine of 1."), step=0.05
    )
    examples: int = whole(
        2, 1, 4, N_("Examples"), N_("Sequences that show the rule, before the new one.")
    )
    numbers: int = whole(3, 3, 8, N_("Numbers"), N_("Of each sequence."))
    batch_size: int = whole(32, 4, 128, N_("Batch"), N_("Windows of an update."), step=4)
    learning_rate: float = fields.learning_rate(0.005)
    decay: float = fields.decay(0.9)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(20, 1, 100, N_("Epochs"), N_("How often to stop and forecast."))
    seed: int = fields.seed()
    upload: str = fields.upload(
        "series", N_("Uploaded table"), N_("The fingerprint of the table you brought.")
    )
    column: str = text("", 0, 60, N_("Column"), N_("Of your table; the first of numbers if empty."))
    period: int = whole(
        0, 0, 400, N_("Season"), N_("Rows after which your series comes again; 0: as it is found.")
    )

    @property
    def network(self) -> Stack:
        """Recurrent layers, then the next value."""
        return recurrent_stack(
            self.cell,
            self.units,
            1,
            layers=self.layers,
            direction="both" if self.bidirectional else "one",
            skip=self.skip,
            dropout=self.dropout,
            seed=self.seed,
        )
