"""What can be set of the experiment text-class."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, real, whole
from core.messages import N_


@dataclass(frozen=True)
class TextClassConfig(Config):
    """Texts, network and training."""

    data: str = choice(
        "reviews",
        {
            "reviews": N_("Sentiment: film reviews"),
            "films": N_("Sentiment: IMDb sentences"),
            "subjectivity": N_("Theme: opinion or plot"),
            "authors": N_("Author: French books"),
            "messages": N_("Spam: text messages"),
            "intents": N_("Intent: requests"),
            "invented": N_("Invented opinions"),
            "invented_french": N_("Invented opinions, French"),
            "upload": N_("Your table"),
        },
        N_("Task"),
        N_("Real sentences, messages and books, opinions made by a rule (synthetic), or yours."),
    )
    network: str = choice(
        "mean",
        {
            "mean": N_("Mean of words"),
            "rnn": "RNN",
            "lstm": "LSTM",
            "gru": "GRU",
            "convolution": N_("Convolution"),
        },
        N_("Network"),
        N_("What makes one vector of the words: their mean, a last state, or filters' maxima."),
    )
    start: str = choice(
        "naive_bayes",
        {
            "random": N_("At random"),
            "empty": N_("Empty counts"),
            "naive_bayes": N_("From naive Bayes"),
        },
        N_("Start"),
        N_(
            "At random, or with a part that has a weight for each run of words and letters, which "
            "begins with zeros or with the weights of naive Bayes."
        ),
    )
    bidirectional: bool = flag(
        False, N_("Both directions"), N_("A second recurrent layer reads from the end.")
    )
    vectors: str = choice(
        "own",
        {
            "own": N_("Its own"),
            "frozen": N_("Shipped, frozen"),
            "tuned": N_("Shipped, tuned"),
        },
        N_("Word vectors"),
        N_("Learned from these texts alone, or begun with the shipped French ones."),
    )
    passage: str = choice(
        "300",
        {"100": "100", "300": "300", "1000": "1000"},
        N_("Passage"),
        N_("Characters of a passage whose author is to be told."),
    )
    held_out: str = choice(
        "book",
        {"book": N_("Whole books"), "passage": N_("Passages")},
        N_("Held out"),
        N_(
            "Of the authors: whole books that nothing was learned from, or passages of books that "
            "were learned from, which looks better and is wrong."
        ),
    )
    dim: int = whole(16, 2, 100, N_("Dimension"), N_("Numbers of a word's vector."))
    units: int = fields.units(32)
    hidden_words: float = real(
        0.6,
        0.0,
        0.8,
        N_("Hidden words"),
        N_("Share of the words that are hidden in training, so that none is relied on alone."),
        step=0.05,
    )
    dropout: float = fields.dropout(0.3)
    train_texts: int = whole(
        20_000,
        40,
        20_000,
        N_("Texts to learn from"),
        N_("At most so many, equally of each class; the same ones are held out."),
        log=True,
    )
    batch_size: int = whole(64, 8, 256, N_("Batch"), N_("Texts of an update."), step=8)
    learning_rate: float = fields.falling_rate(5e-3)
    epochs: int = whole(4, 1, 60, N_("Epochs"), N_("How often all texts are read."))
    seed: int = whole(
        0,
        0,
        999_999,
        N_("Seed"),
        N_("Another seed: other texts are held out, and other weights to start from."),
    )
    upload: str = fields.upload(
        "texts", N_("Uploaded table"), N_("The fingerprint of the table you brought.")
    )
