"""The fields that most experiments share, each with its words and bounds."""

from typing import Any

from core.experiments.kit.config import choice, real, text, whole
from core.messages import N_


def cell(default: str = "gru") -> Any:
    """Which cell; the GRU by default."""
    return choice(
        default,
        {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"},
        N_("Cell"),
        N_("How the hidden state is updated. The GRU is the course's (reset_after=False)."),
    )


def attention() -> Any:
    """Which attention; the dot product by default."""
    return choice(
        "dot",
        {"none": N_("None"), "additive": N_("Additive"), "dot": N_("Dot product")},
        N_("Attention"),
        N_("Whether the decoder looks back at the question at each step, and how it compares."),
    )


def units(default: int, low: int = 4, high: int = 128, step: int = 4) -> Any:
    """Size of the hidden state."""
    return whole(
        default, low, high, N_("Units"), N_("Size of the hidden state of each layer."), step=step
    )


def layers(high: int = 3) -> Any:
    """Number of recurrent layers, one by default."""
    return whole(1, 1, high, N_("Layers"), N_("Recurrent layers, one on top of the other."))


def dropout(default: float = 0.0) -> Any:
    """Share of outputs hidden in training."""
    return real(
        default, 0.0, 0.6, N_("Dropout"), N_("Share of outputs hidden in training."), step=0.05
    )


def learning_rate(default: float, high: float = 0.1) -> Any:
    """Adam's learning rate, which may be changed in mid-run."""
    return real(
        default,
        1e-5,
        high,
        N_("Learning rate"),
        N_("Size of Adam's steps. You can change it while the network learns."),
        log=True,
        live=True,
    )


def falling_rate(default: float) -> Any:
    """Adam's learning rate at the start of half a cosine, which may be changed in mid-run."""
    return real(
        default,
        1e-5,
        1e-1,
        N_("Learning rate"),
        N_(
            "Size of Adam's first steps; it falls along half a cosine. You may change it while "
            "the network learns."
        ),
        log=True,
        live=True,
    )


def decay(default: float) -> Any:
    """Factor of the learning rate from epoch to epoch."""
    return real(
        default,
        0.5,
        1.0,
        N_("Decay"),
        N_("The learning rate is multiplied by it each epoch."),
        step=0.01,
    )


def clip_norm() -> Any:
    """Bound of the gradient's norm, 1 by default, 0 for none."""
    return real(
        1.0,
        0.0,
        10.0,
        N_("Gradient clipping"),
        N_(
            "Larger gradients are scaled down to this norm, so one steep place does no harm; "
            "0 is off."
        ),
        step=0.5,
    )


def seed() -> Any:
    """The seed of everything random, 0 by default."""
    return whole(
        0, 0, 999_999, N_("Seed"), N_("Another seed, another start; the same seed, the same run.")
    )


def upload(kind: str, label: str, help: str) -> Any:
    """The hash of a file that a visitor brought; kind: as ``upload`` of ``Spec``."""
    return text("", 0, 64, label, help, upload=kind)


def image_set() -> Any:
    """Which images, scikit-learn's digits by default."""
    return choice(
        "digits",
        {"digits": N_("Digits 8 × 8"), "mnist": "MNIST", "upload": N_("Your images")},
        N_("Images"),
        N_("scikit-learn's digits, which every machine has, the first 10,000 of MNIST, or yours."),
    )


def image_upload() -> Any:
    """The hash of the images that a visitor brought."""
    return upload("images", N_("Uploaded images"), N_("The fingerprint of the images you brought."))


def latent_dim(default: int, high: int = 64) -> Any:
    """Latent dimension."""
    return whole(
        default,
        1,
        high,
        N_("Latent dimension k"),
        N_("Numbers that the encoder keeps of an image."),
    )


def image_batch(default: int, low: int = 8) -> Any:
    """Images of an update."""
    return whole(default, low, 512, N_("Batch"), N_("Images of an update."), log=True)


def image_epochs(default: int) -> Any:
    """Epochs over all images."""
    return whole(default, 1, 500, N_("Epochs"), N_("How often to see all images."))


def hidden_activation(default: str) -> Any:
    """Activation of the hidden layers."""
    names = {"relu": "ReLU", "elu": "ELU", "tanh": "tanh"}
    return choice(default, names, N_("Activation"), N_("Of the hidden layers."))
