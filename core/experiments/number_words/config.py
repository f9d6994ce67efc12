"""What can be set of the experiment number-words."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, ConfigError, choice, flag, whole
from core.messages import N_
from core.numeric.language.codec import Codec
from core.numeric.language.seq2seq import Seq2SeqArchitecture

SYMBOLS = "0123456789 -acdefghilmnopqrstuvxzé"
MOST_OTHERS = 20_000
_DIGITS, _LETTERS = 6, 73  # of the longest number, as digits and as words


@dataclass(frozen=True)
class NumberWordsConfig(Config):
    """Direction, network and training."""

    direction: str = choice(
        "to_words",
        {"to_words": N_("Digits to words"), "to_digits": N_("Words to digits")},
        N_("Direction"),
        N_("What is read, and what is written."),
    )
    spelling: str = choice(
        "traditional",
        {"traditional": N_("Traditional"), "1990": N_("1990"), "both": N_("Both")},
        N_("Spelling"),
        N_(
            "Hyphens below a hundred only, or, since 1990, between all words. Both can be read, "
            "not written."
        ),
    )
    attention: str = fields.attention()
    encoder: str = choice(
        "both_ways",
        {
            "one_way": N_("One way"),
            "both_ways": N_("Both ways"),
            "self_attention": N_("Self-attention"),
        },
        N_("The encoder reads"),
        N_(
            "With a recurrent layer one way or both ways; or with no recurrence at all, each place "
            "looking at every other."
        ),
    )
    cell: str = fields.cell("lstm")
    units: int = whole(
        128, 16, 256, N_("Units"), N_("Size of the decoder's hidden state."), step=16
    )
    others: int = whole(
        MOST_OTHERS,
        0,
        MOST_OTHERS,
        N_("Numbers above 999"),
        N_("How many of them it learns from; 0 to 999 are always included."),
        step=500,
    )
    masked: bool = flag(
        True, N_("Padding masked"), N_("The padding of short questions is skipped.")
    )
    teacher_forcing: bool = flag(
        True,
        N_("Teacher forcing"),
        N_("In training the decoder is given the right previous letter, not the one it wrote."),
    )
    embedding_dim: int = whole(
        32, 4, 64, N_("Embedding"), N_("Numbers that stand for a character."), step=4
    )
    batch_size: int = whole(128, 16, 256, N_("Batch"), N_("Numbers of an update."), step=16)
    learning_rate: float = fields.falling_rate(0.006)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(12, 1, 100, N_("Epochs"), N_("How often to stop and test."))
    epoch_updates: int = whole(
        50, 5, 500, N_("Updates an epoch"), N_("Batches that the network learns from."), step=5
    )
    seed: int = fields.seed()

    def __post_init__(self):
        """Check the fields, and that the words to be written are spelled in one way."""
        super().__post_init__()
        if self.direction == "to_words" and self.spelling == "both":
            raise ConfigError(
                N_(
                    "Both spellings at once ({field}) can only be read; to write, choose one of "
                    "the two."
                ),
                field="spelling",
            )

    @property
    def architecture(self) -> Seq2SeqArchitecture:
        """What kind of network it is."""
        return Seq2SeqArchitecture(
            self.cell, self.attention, self.encoder, self.masked, lengths(self.direction)[0]
        )

    @property
    def codec(self) -> Codec:
        """How questions and answers become ids."""
        return Codec(SYMBOLS)


def lengths(direction: str) -> tuple[int, int]:
    """Characters of the longest question; steps of the longest answer, its end among them."""
    read, written = (_DIGITS, _LETTERS) if direction == "to_words" else (_LETTERS, _DIGITS)
    return read, written + 1
