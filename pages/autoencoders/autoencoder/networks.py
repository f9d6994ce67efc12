"""The shipped autoencoders that the page looks into, and the layers of any."""

from collections.abc import Mapping
from typing import Any

from core import pretrained
from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from core.messages import N_
from core.numeric.autoencoders.autoencoder import Architecture
from ui.autoencoders.evaluation import Evaluation, evaluate_shipped

# What the page calls a shipped network -> its name and its words.
SHIPPED: Mapping[str, tuple[str, str]] = {
    "deep": (NAME, N_("Deep")),
    "simple": (f"{NAME}-simple", N_("One hidden layer")),
    "greedy": (f"{NAME}-greedy", N_("Deep, greedy")),
    "convolutional": (f"{NAME}-convolutional", N_("Convolutional")),
}


def shipped(which: str) -> Evaluation | None:
    """A network that comes with Pangloss, None where its weights or the digits are missing."""
    return evaluate_shipped(SHIPPED[which][0], AutoencoderConfig)


def cards() -> dict[str, Mapping[str, Any]]:
    """The cards of the shipped networks that are here, by what the page calls them."""
    here = pretrained.names()
    return {which: pretrained.card(name) for which, (name, _) in SHIPPED.items() if name in here}


def layers(architecture: Architecture) -> str:
    """Its layers from the image over the code, in bold, and back: units, or maps of a size."""
    a = architecture
    ends = f"{a.shape[0]} × {a.shape[1]}" if a.convolutional else str(a.features)
    hidden = [str(units) for units in a.hidden]
    if a.convolutional:
        sizes = a.sizes()[1:]
        hidden = [f"{h} × {w} × {n}" for (h, w), n in zip(sizes, a.hidden, strict=True)]
    way = [ends, *hidden, f"**{a.latent_dim}**", *reversed(hidden), ends]
    return " → ".join(way)
