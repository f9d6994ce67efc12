"""What can be set of the experiment tagger."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, real, whole
from core.messages import N_


@dataclass(frozen=True)
class TaggerConfig(Config):
    """Sentences, network and training."""

    data: str = choice(
        "sequoia",
        {
            "sequoia": N_("Parts of speech: French"),
            "novels": N_("Names: French novels"),
            "newspapers": N_("Names: old newspapers"),
            "posts": N_("Names: English posts"),
            "requests": N_("Slots: English requests"),
            "invented": N_("Invented sentences"),
            "upload": N_("Your text"),
        },
        N_("Task"),
        N_("Sentences tagged by hand, sentences made by a grammar (synthetic), or yours."),
    )
    direction: str = choice(
        "both",
        {"both": N_("Both"), "left": N_("From the left"), "right": N_("From the right")},
        N_("Reads"),
        N_("From which end the sentence is read; both are two recurrent layers."),
    )
    cell: str = fields.cell("lstm")
    characters: bool = flag(
        True, N_("Letters"), N_("A convolution reads each word's letters beside its vector.")
    )
    features: bool = flag(
        True,
        N_("Hand-made features"),
        N_("Ends of words, capitals and neighbours are weighed directly, as a linear tagger does."),
    )
    transitions: bool = flag(
        True,
        N_("Transition layer"),
        N_("What goes well behind what: the best path of tags is sought (CRF)."),
    )
    book: bool = flag(
        False,
        N_("The rest of the book"),
        N_(
            "Of novels: how a word is written at its other places, and what stands beside it "
            "there. No label is looked at."
        ),
    )
    dim: int = whole(64, 4, 128, N_("Dimension"), N_("Numbers of a word's vector."), step=4)
    units: int = fields.units(64)
    hidden_words: float = real(
        0.3,
        0.0,
        0.8,
        N_("Hidden words"),
        N_("Share of words and features that are hidden in training, so that the rest must do."),
        step=0.05,
    )
    dropout: float = fields.dropout(0.4)
    train_sentences: int = whole(
        20_000,
        20,
        20_000,
        N_("Sentences to learn from"),
        N_("At most so many, from the start; the same ones are held out."),
        log=True,
    )
    batch_size: int = whole(32, 4, 128, N_("Batch"), N_("Sentences of an update."), step=4)
    learning_rate: float = fields.falling_rate(3e-3)
    epochs: int = whole(10, 1, 60, N_("Epochs"), N_("How often all sentences are read."))
    seed: int = fields.seed()
    upload: str = fields.upload(
        "tagged", N_("Uploaded text"), N_("The fingerprint of the tagged text you brought.")
    )
