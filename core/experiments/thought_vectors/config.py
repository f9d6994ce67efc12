"""What can be set of the experiment thought-vectors."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, whole
from core.messages import N_


@dataclass(frozen=True)
class ThoughtVectorsConfig(Config):
    """What is read, what makes its vectors, and training."""

    corpus: str = choice(
        "intents",
        {
            "intents": N_("Requests (CLINC150)"),
            "voltaire": N_("Voltaire's tales"),
            "conte": N_("The tale of this project"),
            "upload": N_("Your text"),
        },
        N_("Texts"),
        N_("English requests of 150 intents, or passages of French tales, or of your own text."),
    )
    method: str = choice(
        "paragraph",
        {"paragraph": N_("Paragraph vectors"), "autoencoder": N_("Recurrent autoencoder")},
        N_("Method"),
        N_(
            "A vector that tells which words a text has, or the last state of a network that has "
            "to write the text again."
        ),
    )
    dim: int = whole(64, 8, 256, N_("Dimension"), N_("Numbers of a text's vector."), step=8)
    cell: str = fields.cell()
    start: str = choice(
        "counted",
        {"counted": N_("From counted vectors"), "random": N_("At random")},
        N_("Word vectors"),
        N_("How the autoencoder's word vectors begin: as counted neighbours (PPMI, SVD), or not."),
    )
    words: int = whole(
        2_000,
        100,
        5_000,
        N_("Vocabulary"),
        N_("So many of the most frequent words are known; the others are not read."),
        step=100,
    )
    batch_size: int = whole(32, 8, 128, N_("Batch"), N_("Texts of an update."), log=True)
    learning_rate: float = fields.falling_rate(0.02)
    epochs: int = whole(10, 1, 60, N_("Epochs"), N_("How often all texts are seen."))
    seed: int = fields.seed()
    upload: str = fields.upload(
        "text", N_("Uploaded text"), N_("The fingerprint of the text you brought.")
    )
