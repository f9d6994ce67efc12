"""The instrument: the shipped autoencoders beside PCA, one of them to be looked into."""

from dataclasses import dataclass

import streamlit as st

from core.experiments.kit.config import Config, choice
from core.messages import N_
from pages.autoencoders.autoencoder.comparison import of_pca, of_pixels, table
from pages.autoencoders.autoencoder.networks import SHIPPED, cards, layers, shipped
from ui.autoencoders.evaluation import Evaluation, alt_of_shipped, shipped_is_missing
from ui.autoencoders.linked_planes import linked_planes
from ui.autoencoders.reconstructions import reconstructions
from ui.notices import significant
from ui.state.controls import controls
from ui.texts import _


@dataclass(frozen=True)
class AutoencoderLook(Config):
    """Which of the shipped networks is looked into."""

    network: str = choice(
        "deep",
        {which: words for which, (_name, words) in SHIPPED.items()},
        N_("Shipped network"),
        N_("All learned the same digits with k = 2; they differ in layers and training alone."),
    )


@st.fragment
def instrument():
    """The planes and the reconstructions of a shipped network, and the table of them all."""
    config = controls(AutoencoderLook, strip=("network",))
    if config is None:
        return
    evaluation = shipped(config.network)
    if evaluation is None:
        shipped_is_missing()
        return
    st.caption(layers(evaluation.network.architecture))
    planes_and_images(
        evaluation,
        alt_of_shipped(evaluation),
        planes="autoencoder.planes",
        images="autoencoder.digits",
    )
    st.markdown(_table(config.network))
    st.caption(_("The shipped networks, each trained once; times as on the day they were made."))


@st.fragment
def planes_and_images(evaluation: Evaluation, alt: str, *, planes: str, images: str):
    """The planes, and beneath them images there and back, that under the hand the last of them.

    planes, images: the keys of both.
    """
    picked = linked_planes(evaluation, key=planes, alt=alt)
    if evaluation.model is not None:
        errors = evaluation.mse(evaluation.reconstructions), evaluation.mse(evaluation.of_pca)
        title = title_of(*errors, evaluation.k)
        reconstructions(evaluation, key=images, title=title, picked=picked)


def title_of(error: float, of_pca: float, k: int) -> str:
    """Which of the two has the smaller error, in a sentence."""
    ratio = significant(error / of_pca, 2)
    if error < of_pca:
        return _("Through k = {k} and back: {ratio} times PCA's error").format(k=k, ratio=ratio)
    return _("Through k = {k} and back: PCA is better, error × {ratio}").format(k=k, ratio=ratio)


def _table(chosen: str) -> str:
    """What all of them reach on the held-out digits by their cards, and PCA."""
    found = {which: card["metrics"] for which, card in cards().items()}
    quickest = min(metrics["pca_train_s"] for metrics in found.values())
    rows = [(_("PCA"), of_pca(found[chosen]) | {"train_s": quickest})]
    for which, metrics in found.items():
        words = _(SHIPPED[which][1])
        rows.append((f"**{words}**" if which == chosen else words, metrics))
    rows.append((_("the pixels themselves"), of_pixels(found[chosen])))
    return table(_("Held-out digits"), rows)
