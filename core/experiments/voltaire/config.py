"""What can be set of the experiment voltaire."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, real, whole
from core.messages import N_


@dataclass(frozen=True)
class VoltaireConfig(Config):
    """Model, text and training of a character language model."""

    corpus: str = choice(
        "voltaire",
        {
            "voltaire": N_("Voltaire"),
            "conte": N_("The tale of this project"),
            "upload": N_("Your text"),
        },
        N_("Text to learn from"),
        N_("Voltaire's tales and letters, a tale written for this project, or a text of your own."),
    )
    cell: str = fields.cell()
    units: int = fields.units(192, 16, 512, step=16)
    layers: int = fields.layers()
    embedding_dim: int = whole(
        32, 4, 128, N_("Embedding"), N_("Numbers that stand for a character."), step=4
    )
    dropout: float = fields.dropout()
    sequence_length: int = whole(
        24,
        16,
        200,
        N_("Sequence length"),
        N_(
            "How many characters the gradient flows back through; the state carries on beyond them."
        ),
        step=8,
    )
    batch_size: int = whole(
        48, 4, 128, N_("Batch"), N_("Places of the text that are read side by side."), step=4
    )
    learning_rate: float = fields.learning_rate(0.004, high=0.03)
    decay: float = fields.decay(0.93)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(
        30, 1, 100, N_("Epochs"), N_("How often to stop, score and write a sample.")
    )
    epoch_chars: int = whole(
        100_000,
        10_000,
        2_000_000,
        N_("Characters an epoch"),
        N_("An epoch here reads so many characters; the next goes on where it stopped."),
        step=10_000,
    )
    temperature: float = real(
        0.6, 0.1, 1.5, N_("Temperature of the samples"), N_("Lower is more cautious."), step=0.1
    )
    seed: int = fields.seed()
    upload: str = fields.upload(
        "text", N_("Uploaded text"), N_("The fingerprint of the text you brought.")
    )

    @property
    def text_name(self) -> str:
        """The corpus by the name that ``core.data.language.corpora`` knows."""
        return f"upload:{self.upload}" if self.corpus == "upload" else self.corpus
