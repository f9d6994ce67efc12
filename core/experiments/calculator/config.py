"""What can be set of the experiment calculator."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, whole
from core.messages import N_
from core.numeric.language.codec import Codec
from core.numeric.language.seq2seq import Seq2SeqArchitecture

SYMBOLS = "0123456789+-*"


@dataclass(frozen=True)
class CalculatorConfig(Config):
    """Questions, network and training."""

    digits: int = whole(
        3, 1, 5, N_("Digits"), N_("Of an operand, at most. Those of a product have one less.")
    )
    operations: str = choice(
        "+",
        {
            "+": N_("Additions"),
            "-": N_("Subtractions"),
            "*": N_("Products"),
            "+-": N_("+ and −"),
            "+-*": N_("All three"),
        },
        N_("Operations"),
        N_("What is asked. The results of subtractions may be negative."),
    )
    cell: str = fields.cell("lstm")
    attention: str = fields.attention()
    units: int = whole(
        128, 16, 256, N_("Units"), N_("Size of the decoder's hidden state."), step=16
    )
    encoder: str = choice(
        "both_ways",
        {"one_way": N_("One way"), "both_ways": N_("Both ways")},
        N_("The encoder reads"),
        N_("From start to end; or also from end to start, each way with half the units."),
    )
    reverse_question: bool = flag(
        True, N_("Question reversed"), N_("The last digits of the question are read first.")
    )
    units_first: bool = flag(
        True,
        N_("Units first"),
        N_("The answer is written from its last digit on, as one calculates on paper."),
    )
    masked: bool = flag(
        True, N_("Padding masked"), N_("The padding of short questions is skipped.")
    )
    teacher_forcing: bool = flag(
        True,
        N_("Teacher forcing"),
        N_("In training the decoder is given the right previous digit, not the one it wrote."),
    )
    fresh: bool = flag(
        True,
        N_("Fresh examples"),
        N_("Every update has new questions; otherwise a fixed set is used."),
    )
    examples: int = whole(
        45_000,
        500,
        100_000,
        N_("Fixed examples"),
        N_("How many questions the fixed set has, where examples are not fresh."),
        step=500,
    )
    embedding_dim: int = whole(
        32, 4, 64, N_("Embedding"), N_("Numbers that stand for a character."), step=4
    )
    batch_size: int = whole(128, 16, 512, N_("Batch"), N_("Questions of an update."), step=16)
    learning_rate: float = fields.falling_rate(0.015)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(20, 1, 100, N_("Epochs"), N_("How often to stop and test."))
    epoch_updates: int = whole(
        60, 10, 500, N_("Updates an epoch"), N_("Batches that the network learns from."), step=10
    )
    seed: int = fields.seed()

    @property
    def architecture(self) -> Seq2SeqArchitecture:
        """What kind of network it is."""
        return Seq2SeqArchitecture(
            self.cell, self.attention, self.encoder, self.masked, question_length(self.digits)
        )

    @property
    def codec(self) -> Codec:
        """How questions and answers become ids."""
        return Codec(SYMBOLS, self.reverse_question, self.units_first)


def question_length(digits: int) -> int:
    """Characters of the longest question."""
    return 2 * digits + 1
