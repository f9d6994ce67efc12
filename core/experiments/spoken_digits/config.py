"""What can be set of the experiment spoken-digits."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, real, whole
from core.messages import N_
from core.numeric.recurrent.stack.layers import Stack
from core.numeric.sound.listener import listening_stack


@dataclass(frozen=True)
class SpokenDigitsConfig(Config):
    """Words, network and training."""

    data: str = choice(
        "recordings",
        {"recordings": N_("Recorded digits"), "synthetic": N_("Synthetic words")},
        N_("Sounds"),
        N_("English digits by six people, or ten words that a small synthesiser makes."),
    )
    task: str = choice(
        "word",
        {"word": N_("Which word"), "speaker": N_("Who speaks")},
        N_("To be heard"),
        N_("The word, whoever says it, or the speaker, whatever is said."),
    )
    heldout: str = choice(
        "recordings",
        {"recordings": N_("Other recordings"), "unheard": N_("Never heard")},
        N_("Held out"),
        N_(
            "The first five recordings of each word by each speaker; or all of a speaker (of who "
            "speaks: all of two words), never heard in training."
        ),
    )
    group: int = whole(
        1,
        1,
        6,
        N_("Who is held out"),
        N_("The speaker who is never heard in training; of who speaks, a pair of words."),
    )
    cell: str = fields.cell()
    direction: str = choice(
        "both",
        {"one": N_("One way"), "both": N_("Bidirectional")},
        N_("Reading"),
        N_("From the first frame on; or a second reader begins at the end, too."),
    )
    units: int = fields.units(64)
    layers: int = fields.layers(2)
    dropout: float = fields.dropout(0.3)
    speed: float = real(
        0.2,
        0.0,
        0.4,
        N_("Other speeds"),
        N_("In training each word is made slower or quicker, by a factor of up to e to this."),
        step=0.05,
    )
    tract: float = real(
        0.15,
        0.0,
        0.3,
        N_("Other throats"),
        N_("Spread of the factor by which all resonances are moved, as in a shorter throat."),
        step=0.05,
    )
    timbre: float = real(
        0.3,
        0.0,
        1.0,
        N_("Other timbres"),
        N_(
            "Spread of what is added to each coefficient for a whole word, as another voice or "
            "another microphone would."
        ),
        step=0.1,
    )
    noisy: bool = flag(
        True, N_("Noise and shifts"), N_("Hiss is laid over each word, and its ends are moved.")
    )
    batch_size: int = whole(30, 10, 100, N_("Batch"), N_("Words of an update."), step=10)
    learning_rate: float = fields.falling_rate(5e-3)
    epochs: int = whole(100, 1, 200, N_("Epochs"), N_("How often to hear all and be tested."))
    seed: int = fields.seed()

    def network(self, classes: int) -> Stack:
        """From the steps of a word to the logits of so many classes at each."""
        return listening_stack(
            self.cell,
            self.units,
            classes,
            self.layers,
            self.direction,
            dropout=self.dropout,
            seed=self.seed,
        )
