"""The autoencoders that the page looks into: the shipped ones, and that of a run."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core import pretrained
from core.data.images.image_set import Images
from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from core.messages import N_
from core.numeric.autoencoders.autoencoder import Architecture, Autoencoder
from ui.autoencoders import studied
from ui.autoencoders.studied import Studied
from ui.runs.run import Run

# What the page calls a shipped network -> its name and its words.
SHIPPED: Mapping[str, tuple[str, str]] = {
    "deep": (NAME, N_("Deep")),
    "simple": (f"{NAME}-simple", N_("One hidden layer")),
    "greedy": (f"{NAME}-greedy", N_("Deep, greedy")),
    "convolutional": (f"{NAME}-convolutional", N_("Convolutional")),
}


def shipped(which: str) -> Studied | None:
    """A network that comes with Pangloss, None where its weights or the digits are missing."""
    return studied.shipped(SHIPPED[which][0], Autoencoder, AutoencoderConfig)


def cards() -> dict[str, Mapping[str, Any]]:
    """The cards of the shipped networks that are here, by what the page calls them."""
    here = pretrained.names()
    return {which: pretrained.card(name) for which, (name, _) in SHIPPED.items() if name in here}


def of_epoch(run: Run) -> Studied | None:
    """The run's network at the epoch that is looked at, None before the first or without images."""

    def build(known: Images, weights: dict[str, np.ndarray]) -> Autoencoder:
        return Autoencoder(run.config.architecture(known.shape), weights)

    return studied.of_run(run, build)


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
