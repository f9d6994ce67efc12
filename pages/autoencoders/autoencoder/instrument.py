"""The instrument: the shipped autoencoders beside PCA, one of them to be looked into."""

from dataclasses import dataclass

import streamlit as st

from core.experiments.kit.config import Config, choice
from core.messages import N_
from pages.autoencoders.autoencoder.comparison import of_pca, of_pixels, table
from pages.autoencoders.autoencoder.look import planes_and_images
from pages.autoencoders.autoencoder.studied import SHIPPED, cards, layers, shipped
from ui.autoencoders.studied import Studied
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


def instrument():
    """The planes and the reconstructions of a shipped network, and the table of them all."""
    st.fragment(_instrument)()


def _instrument():
    config = controls(AutoencoderLook, strip=("network",))
    if config is None:
        return
    studied = shipped(config.network)
    if studied is None:
        st.info(
            _("The shipped autoencoder is missing from this copy of Pangloss. Train one below.")
        )
        return
    st.caption(layers(studied.model.architecture))
    st.fragment(planes_and_images)(
        studied, _alt(studied), planes="autoencoder.planes", images="autoencoder.digits"
    )
    st.markdown(_table(config.network))
    st.caption(_("The shipped networks, each trained once; times as on the day they were made."))


def _alt(studied: Studied) -> str:
    return _(
        "{count} held-out digits as two numbers each: by the shipped autoencoder, and by PCA. "
        "Held-out error {mse}, PCA's {pca}."
    ).format(
        count=len(studied.labels),
        mse=significant(studied.mse(studied.reconstructions), 4),
        pca=significant(studied.mse(studied.of_pca), 4),
    )


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
