"""What can be set of the experiment lstm-autoencoder."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, whole
from core.messages import N_

NAME = "lstm-autoencoder"
FRAMES = (1, 2, 4, 7, 14)  # they divide 140


@dataclass(frozen=True)
class LSTMAutoencoderConfig(Config):
    """Heartbeats, network and training."""

    data: str = choice(
        "ecg5000",
        {"ecg5000": "ECG5000", "synthetic": N_("Synthetic")},
        N_("Beats"),
        N_("5,000 real beats of one patient, or 2,800 that a program makes from a model."),
    )
    latent_dim: int = whole(
        4, 1, 16, N_("Latent dimension k"), N_("Numbers that the encoder keeps of a beat.")
    )
    units: int = fields.units(64, 8, 96, 8)
    shift: int = whole(
        0,
        0,
        20,
        N_("Shift (samples)"),
        N_(
            "Every beat is shifted by up to this many samples to either side, as if it had "
            "been cut out carelessly; in training and test alike."
        ),
    )
    bidirectional: bool = flag(
        True, N_("Bidirectional"), N_("A second encoder reads the beat from its end.")
    )
    frame: int = choice(
        4,
        {frame: str(frame) for frame in FRAMES},
        N_("Samples a step"),
        N_("How many of the 140 samples the LSTM reads and writes at each step."),
    )
    backwards: bool = flag(
        False,
        N_("Written backwards"),
        N_("The decoder writes the end of the beat first (Srivastava et al. 2015)."),
    )
    batch_size: int = whole(32, 8, 256, N_("Batch"), N_("Beats of an update."), step=8)
    learning_rate: float = fields.falling_rate(5e-3)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(60, 1, 200, N_("Epochs"), N_("How often to read all normal beats."))
    seed: int = fields.seed()
