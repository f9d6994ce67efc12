"""The shipped sparse autoencoder and that of a run: planes, an image taken apart, units."""

import numpy as np
import streamlit as st

from pages.autoencoders.sparse_autoencoder.curves import error_curve, histogram, sparsity_plane
from pages.autoencoders.sparse_autoencoder.dictionary import atoms_figure, taken_apart, units_figure
from pages.autoencoders.sparse_autoencoder.evaluation import SparseEvaluation, of_epoch, shipped
from ui.autoencoders.evaluation import (
    alt_after,
    one_of_each,
    shipped_is_missing,
    where_weights_are,
)
from ui.autoencoders.linked_planes import linked_planes
from ui.layout import the_figure
from ui.notices import significant
from ui.runs.run import Run
from ui.state.kept_choice import kept_choice
from ui.texts import _, number

_KEY = "sparse_autoencoder"
_MORE = 1.02  # times as large: less is not worth a sentence


def instrument():
    """One digit as a sum of the shipped network's atoms, and its planes."""
    evaluation = shipped()
    if evaluation is None:
        shipped_is_missing()
        return
    alt = _("{count} held-out images: the code of a sparse autoencoder and PCA.").format(
        count=number(len(evaluation.codes), 0)
    )
    parts_and_planes(evaluation, alt, key=f"{_KEY}.", opens=True)


def shipped_units():
    """The dictionary of the shipped network and its units."""
    evaluation = shipped()
    if evaluation is not None:
        atoms_figure(evaluation, key=f"{_KEY}.dictionary")
        units_figure(evaluation, key=f"{_KEY}.units")


def parts_and_planes(evaluation: SparseEvaluation, alt: str, *, key: str, opens: bool = False):
    """An image taken apart, how sparse that is, and the planes in which another is chosen.

    key: with which the keys of all begin. opens: they are the figure of the lesson, where an image
    is chosen by its class, too.
    """

    def linked():
        chosen = _first_of_a_class(evaluation, key) if opens else 0
        parts = the_figure() if opens else st.container()
        st.caption(
            _(
                "The code and the atoms of the units that fire, the strongest first; below, they "
                "are added one by one. Click on an image in the plane: it is taken apart here."
            )
        )
        st.caption(in_words(evaluation))
        picked = linked_planes(evaluation, key=f"{key}planes", alt=alt)
        with parts:
            taken_apart(evaluation, _last_chosen(chosen, picked, key), key=f"{key}parts")

    st.fragment(linked)()


def _first_of_a_class(evaluation: SparseEvaluation, key: str) -> int:
    """The place of the first held-out image of the class that is chosen."""
    first = one_of_each(evaluation.labels, len(evaluation.class_names), 1)
    places = {evaluation.class_names[int(evaluation.labels[place])]: place for place in first}
    names = {name: name for name in places}
    return places[
        kept_choice(_("Take apart a"), names, names, key=f"{key}digit", parameter="digit")
    ]


def _last_chosen(by_class: int, picked: int | None, key: str) -> int:
    """Of the image that its class chose and the one picked in the planes, the one that is newer."""
    known = f"{key}chosen"
    before = st.session_state.get(known, (by_class, None, by_class))
    last = before[2] if picked == before[1] else picked
    if last is None or by_class != before[0]:
        last = by_class
    st.session_state[known] = by_class, picked, last
    return last


def draw(run: Run):
    """Every figure of the run, as of the epoch that is looked at."""
    error_curve(run)
    if not run.epochs:
        return
    sparsity_plane(run)
    run = where_weights_are(run)
    evaluation = of_epoch(run)
    if evaluation is None:
        return
    parts_and_planes(evaluation, alt_after(run), key=f"{_KEY}.run_")
    atoms_figure(evaluation, key=f"{_KEY}.run_dictionary")
    units_figure(evaluation, key=f"{_KEY}.run_units")
    histogram(evaluation, key=f"{_KEY}.run_histogram")


def in_words(evaluation: SparseEvaluation) -> str:
    """How sparse it is and what that costs, beside PCA with as many components."""
    metrics = evaluation.metrics
    active = float(metrics["active_units"])
    words = _(
        "Of {units} units {active} fire for a held-out image on average; error {mse}, that of PCA "
        "with {k} components {pca}. Dead units: {dead}."
    ).format(
        units=evaluation.k,
        active=number(active, 1),
        mse=significant(metrics["mse"], 3),
        k=max(1, min(len(evaluation.pca.axes), round(active))),
        pca=significant(metrics["pca_mse"], 3),
        dead=metrics["dead_units"],
    )
    sentences = [words]  # and what the count does not show: units below the bound, and long atoms
    if metrics["firing_mse"] > _MORE * metrics["mse"]:
        sentences.append(
            _("Without the units that glow but do not fire the error would be {error}.").format(
                error=significant(metrics["firing_mse"], 3)
            )
        )
    if evaluation.model is not None:
        lengths = np.linalg.norm(evaluation.model.weights["output.kernel"], axis=1)
        if abs(lengths.mean() - 1) > _MORE - 1:
            sentences.append(
                _("An atom is {length} long on average.").format(
                    length=number(float(lengths.mean()), 2)
                )
            )
    return " ".join(sentences)
