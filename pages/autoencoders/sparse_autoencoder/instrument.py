"""The instrument: the shipped sparse autoencoder, its planes, an image taken apart, its units."""

import numpy as np
import streamlit as st

from pages.autoencoders.sparse_autoencoder.dictionary import atoms_figure, units_figure
from pages.autoencoders.sparse_autoencoder.parts import taken_apart
from pages.autoencoders.sparse_autoencoder.seen import Seen, shipped
from ui.autoencoders.linked_planes import linked_planes
from ui.notices import significant
from ui.texts import _, number

_KEY = "sparse_autoencoder"
_MORE = 1.02  # times as large: less is not worth a sentence


def instrument():
    """The planes of the shipped network, and one digit as a sum of atoms."""
    seen = shipped()
    if seen is None:
        st.info(
            _("The shipped autoencoder is missing from this copy of Pangloss. Train one below.")
        )
        return
    st.fragment(_planes)(seen)


def shipped_units():
    """The dictionary of the shipped network and its units."""
    seen = shipped()
    if seen is not None:
        atoms_figure(seen, key=f"{_KEY}.dictionary")
        units_figure(seen, key=f"{_KEY}.units")


def _planes(seen: Seen):
    st.caption(in_words(seen))
    alt = _("{count} held-out images: the code of a sparse autoencoder beside PCA.").format(
        count=number(len(seen.codes), 0)
    )
    place = linked_planes(seen.studied, key=f"{_KEY}.planes", alt=alt)
    taken_apart(seen, place, key=f"{_KEY}.parts")


def in_words(seen: Seen) -> str:
    """How sparse it is and what that costs, beside PCA with as many components."""
    said = seen.metrics
    words = _(
        "Of {units} units {active} fire for a held-out image on average; error {mse}, that of PCA "
        "with {k} components {pca}. Dead units: {dead}."
    ).format(
        units=seen.studied.k,
        active=number(float(said["active_units"]), 1),
        mse=significant(said["mse"], 3),
        k=seen.pca_components,
        pca=significant(said["pca_mse"], 3),
        dead=said["dead_units"],
    )
    return " ".join([words, *_what_is_hidden(seen)])


def _what_is_hidden(seen: Seen) -> list[str]:
    """What the count of active units does not show: units below the bound, and long atoms."""
    said, found = seen.metrics, []
    if said["firing_mse"] > _MORE * said["mse"]:
        found.append(
            _("Without the units that glow but do not fire the error would be {error}.").format(
                error=significant(said["firing_mse"], 3)
            )
        )
    if seen.model is not None:
        lengths = np.linalg.norm(seen.model.weights["output.kernel"], axis=1)
        if abs(lengths.mean() - 1) > _MORE - 1:
            found.append(
                _("An atom is {length} long on average.").format(
                    length=number(float(lengths.mean()), 2)
                )
            )
    return found
