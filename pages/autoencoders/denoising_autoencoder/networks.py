"""The networks that clean images on the page, shipped or of a run, and their rivals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from core import pretrained
from core.data.images.known import images
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.task import MOST_SHOWN, denoising_task
from core.experiments.kit.recipe import layout
from core.messages import Problem
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.noise_removers import HELD_OUT_STREAM, Cleaner, Noise, Removers
from core.numeric.principal import Components
from ui.autoencoders.evaluation import Evaluation, as_shape, one_of_each
from ui.runs.model_choice import choose_model
from ui.runs.run import Run
from ui.texts import _, number

CHOICE = "denoising_autoencoder.who"


@dataclass(frozen=True, eq=False)
class Denoiser:
    """A network with what it was learned for, its rivals, and held-out images to clean.

    key: another one for other weights. clean: float32 (m, features); labels: int (m,). tsne: the
    codes of the noisy images laid out in a plane, (m, 2), if that was computed.
    """

    key: str
    config: DenoisingAutoencoderConfig
    model: Autoencoder
    removers: Removers
    pca: Components
    clean: np.ndarray
    labels: np.ndarray
    class_names: tuple[str, ...]
    tsne: np.ndarray | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width) of an image."""
        return self.removers.shape

    @cached_property
    def cleaners(self) -> Mapping[str, Cleaner]:
        """By name: "network", and the rivals."""
        return {"network": self.by_network, **self.removers.cleaners}

    def by_network(self, noisy: np.ndarray) -> np.ndarray:
        """What the network makes of noisy images (n, features), in [0, 1]."""
        return np.clip(self.model.decode(self.model.encode(noisy)), 0, 1)

    def noise(self, kind: str, level: float) -> Noise:
        """A noise as the run would draw it."""
        return self.config.noise_of(level, kind)

    def noisy(self, noise: Noise) -> np.ndarray:
        """The held-out images with a noise on them, (m, features)."""
        return noise.on(self.clean, self.shape, HELD_OUT_STREAM)

    def one_of_each(self) -> list[int]:
        """The first held-out image of each class; without classes the first ten."""
        return one_of_each(self.labels, len(self.class_names), 10)

    @cached_property
    def evaluation(self) -> Evaluation:
        """For the planes: the images with the noise that was learned from, wanted clean."""
        noisy = self.noisy(self.config.noise_of())
        return Evaluation(
            self.model,
            self.pca,
            noisy,
            self.labels,
            self.class_names,
            self.model.encode(noisy),
            as_shape(self.shape),
            self.tsne,
            wanted=self.clean,
        )


@lru_cache(maxsize=1)
def shipped() -> Denoiser | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    if NAME not in pretrained.names():
        return None
    model, card = pretrained.load(NAME, Autoencoder)
    config = DenoisingAutoencoderConfig.parse(card["config"])
    try:
        task = denoising_task(config)
    except Problem:
        return None
    known, test = task.images.known, task.images.test[:MOST_SHOWN]
    return Denoiser(
        card["sha256"],
        config,
        model,
        task.removers,
        task.images.pca,
        known.pixels[test],
        known.labels[test],
        known.class_names,
        layout(NAME),
    )


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
    config, first = _run.config, _run.epochs[0].arrays
    known = images(config.data, config.upload)
    test = first["test_indices"]
    mean, axes = (first[name].astype(np.float64) for name in ("mean", "axes"))
    model = Autoencoder(
        config.architecture(known.shape),
        {name: array.astype(np.float32) for name, array in _run.weights().items()},
    )
    return Denoiser(
        f"{run_id}:{epoch}:{ended}",
        config,
        model,
        Removers.of(first, known.shape, int(_run.at.metrics["best_pca_k"])),
        Components(mean, axes, first["variances"]),
        known.pixels[test],
        first["labels"].astype(int),
        known.class_names,
        _run.end.arrays.get("tsne") if _run.end else None,
    )


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
        params=number(denoiser.model.params, 0),
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
