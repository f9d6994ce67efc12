"""The networks that clean images on the page, shipped or of a run, and their rivals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from core import pretrained
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.run import denoising_task
from core.experiments.kit.recipe import layout
from core.messages import Problem
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.denoising import HELD_OUT_STREAM, Cleaner, Removers
from core.numeric.autoencoders.noise import Noise
from ui.autoencoders.evaluation import Evaluation, evaluate_shipped, one_of_each, run_evaluation
from ui.runs.inputs.model_choice import choose_model
from ui.runs.run import Run
from ui.texts import _, number

CHOICE = "denoising_autoencoder.who"


@dataclass(frozen=True, eq=False, kw_only=True)
class Denoiser(Evaluation[Autoencoder]):
    """A network with what it was learned for, its rivals, and held-out images to clean.

    data: with the noise that was learned from. wanted: clean, float32 (m, features). key: another
    one for other weights.
    """

    key: str
    config: DenoisingAutoencoderConfig
    removers: Removers

    @property
    def clean(self) -> np.ndarray:
        """The held-out images without noise, float32 (m, features)."""
        return self.target

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width) of an image."""
        return self.removers.shape

    @cached_property
    def cleaners(self) -> Mapping[str, Cleaner]:
        """By name: "network", and the rivals."""
        network = self.network
        by_network = {"network": lambda noisy: np.clip(network.reconstruct(noisy), 0, 1)}
        return by_network | self.removers.cleaners

    def noisy(self, noise: Noise) -> np.ndarray:
        """The held-out images with a noise on them, (m, features)."""
        return noise.on(self.clean, self.shape, HELD_OUT_STREAM)

    def one_of_each(self) -> list[int]:
        """The first held-out image of each class; without classes the first ten."""
        return one_of_each(self.labels, len(self.class_names), 10)


@lru_cache(maxsize=1)
def shipped() -> Denoiser | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    base = evaluate_shipped(NAME, DenoisingAutoencoderConfig)
    if base is None:
        return None
    card = pretrained.card(NAME)
    config = DenoisingAutoencoderConfig.parse(card["config"])
    base = replace(base, tsne=layout(NAME))
    return _denoiser(base, card["sha256"], config, denoising_task(config).removers)


def of_epoch(run: Run | None) -> Denoiser | None:
    """The run's network as of the epoch that is looked at.

    None before the first, if its weights were not kept, or where the images are no longer here.
    """
    if run is None or not run.epochs or not run.weights():
        return None
    try:
        return _of_run(run.id, run.at.epoch, run.end is not None, run)
    except Problem:
        return None


@st.cache_resource(max_entries=16, ttl=3600, show_spinner=False)
def _of_run(run_id: str, epoch: int, ended: bool, _run: Run) -> Denoiser:
    base = run_evaluation(_run)
    shape, k = base.network.architecture.shape, int(_run.at.metrics["best_pca_k"])
    removers = Removers.of(_run.epochs[0].arrays, shape, k)
    return _denoiser(base, f"{run_id}:{epoch}:{ended}", _run.config, removers)


def _denoiser(
    base: Evaluation[Autoencoder], key: str, config: DenoisingAutoencoderConfig, removers: Removers
) -> Denoiser:
    """From the network on the clean held-out images."""
    clean = base.data.astype(np.float32)
    noisy = config.noise_of().on(clean, removers.shape, HELD_OUT_STREAM)
    values = base.values | {"data": noisy, "wanted": clean, "codes": base.network.encode(noisy)}
    return Denoiser(**values, key=key, config=config, removers=removers)


def choose_denoiser(run: Run | None) -> Denoiser | None:
    """Asks which network cleans; None, with a sentence, if there is none."""
    return choose_model(
        _("Who cleans"),
        {"shipped": shipped(), "run": of_epoch(run and run.with_weights())},
        key=CHOICE,
        missing=_("The shipped denoiser is missing from this copy of Pangloss. Train one below."),
        describe=describe,
    )


def describe(denoiser: Denoiser) -> str:
    """What a network has learned from, and how large it is."""
    config = denoiser.config
    return _("learned from: {noise} {level}; {params} weights, code of {k} numbers").format(
        noise=_(config.specs()["noise"].options[config.noise]),
        level=number(config.level, 2),
        params=number(denoiser.network.params, 0),
        k=config.latent_dim,
    )


def method_names(denoiser: Denoiser) -> dict[str, str]:
    """What people call the methods, in the order in which they are shown."""
    return {
        "noisy": _("noisy"),
        "network": _("network"),
        "wiener": _("Wiener filter"),
        "best_pca": _("PCA, k = {k}").format(k=denoiser.removers.k),
        "median": _("median filter"),
    }
