"""What can be set of the experiment word-embeddings."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, real, whole
from core.messages import N_


@dataclass(frozen=True)
class WordEmbeddingsConfig(Config):
    """Corpus, method, what is drawn, and training."""

    corpus: str = choice(
        "world",
        {
            "world": N_("An invented world"),
            "novels": N_("French novels"),
            "reviews": N_("English film reviews"),
            "conte": N_("The tale of this project"),
            "upload": N_("Your text"),
        },
        N_("Corpus"),
        N_("Sentences drawn by rules (synthetic), French books, film reviews, or your own text."),
    )
    method: str = choice(
        "skip-gram",
        {"skip-gram": "Skip-gram", "cbow": "CBOW"},
        N_("Method"),
        N_("Skip-gram tells the neighbours from a word, CBOW the word from its neighbours."),
    )
    objective: str = choice(
        "negatives",
        {"negatives": N_("Negative samples"), "softmax": N_("All words")},
        N_("Compared with"),
        N_("What the true word is told from; all words cost much with a large vocabulary."),
    )
    dim: int = whole(16, 2, 300, N_("Dimension"), N_("Numbers of a word's vector."))
    window: int = whole(3, 1, 10, N_("Window"), N_("Words on each side that count as neighbours."))
    negatives: int = whole(5, 1, 20, N_("Negatives"), N_("Drawn words for each true one."))
    subsampling: float = real(
        0.0,
        0.0,
        0.01,
        N_("Subsampling"),
        N_("Words more frequent than this share are often skipped; 0 reads all."),
        step=0.0001,
    )
    min_count: int = whole(
        2, 1, 50, N_("Minimum count"), N_("Words that come less often are left out.")
    )
    rows: int = whole(16, 1, 128, N_("Batch"), N_("Pieces of 64 words that an update reads."))
    learning_rate: float = fields.falling_rate(0.02)
    epochs: int = whole(
        10,
        1,
        200,
        N_("Epochs"),
        N_("An epoch reads the corpus, of a long one about 200,000 words."),
    )
    seed: int = fields.seed()
    upload: str = fields.upload(
        "text", N_("Uploaded text"), N_("The fingerprint of the text you brought.")
    )

    @property
    def corpus_name(self) -> str:
        """The corpus by the name that ``core.data.language.words.corpora`` knows."""
        return f"upload:{self.upload}" if self.corpus == "upload" else self.corpus
