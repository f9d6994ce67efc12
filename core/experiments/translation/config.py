"""What can be set of the experiment translation."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, whole
from core.messages import N_
from core.numeric.language.seq2seq import Seq2SeqArchitecture


@dataclass(frozen=True)
class TranslationConfig(Config):
    """Sentences, network and training."""

    direction: str = choice(
        "en_fr",
        {"en_fr": N_("English to French"), "fr_en": N_("French to English")},
        N_("Direction"),
        N_("What is read, and what is written."),
    )
    data: str = choice(
        "tatoeba",
        {"tatoeba": "Tatoeba", "invented": N_("Invented sentences")},
        N_("Sentences"),
        N_("Pairs that people wrote, or pairs made by a small grammar (synthetic)."),
    )
    attention: str = fields.attention()
    cell: str = fields.cell("gru")
    units: int = whole(
        256, 16, 256, N_("Units"), N_("Size of the decoder's hidden state."), step=16
    )
    embedding_dim: int = whole(
        128, 8, 128, N_("Embedding"), N_("Numbers that stand for a piece of a word."), step=8
    )
    pieces: int = whole(
        4000,
        100,
        4000,
        N_("Pieces"),
        N_("Of each language at most so many; what is rarer is spelled with them."),
        step=100,
    )
    train_pairs: int = whole(
        120_000,
        100,
        120_000,
        N_("Pairs to learn from"),
        N_("At most so many; the same ones are held out."),
        log=True,
    )
    dropout: float = fields.dropout(0.2)
    batch_size: int = whole(128, 16, 256, N_("Batch"), N_("Pairs of an update."), step=16)
    learning_rate: float = fields.falling_rate(0.003)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(40, 1, 200, N_("Epochs"), N_("How often to stop and translate."))
    epoch_updates: int = whole(
        100, 5, 500, N_("Updates an epoch"), N_("Batches that the network learns from."), step=5
    )
    seed: int = fields.seed()

    @property
    def languages(self) -> tuple[str, str]:
        """What is read, and what is written: "en" and "fr"."""
        source, target = self.direction.split("_")
        return source, target

    @property
    def architecture(self) -> Seq2SeqArchitecture:
        """What kind of network it is."""
        return Seq2SeqArchitecture(self.cell, self.attention, "both_ways")
