"""One image taken apart: the atoms that make it, how much of each, and what they come to."""

from html import escape

import numpy as np
import streamlit as st

from core.figures.autoencoders.images import ImageRow, grey_images, signed_images
from core.numeric.autoencoders.autoencoder import Autoencoder
from pages.autoencoders.sparse_autoencoder.evaluation import SparseEvaluation
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.texts import _, number

_MOST = 6  # atoms that are shown
_SMALL = 12  # pixels of what stands beneath, so that it fits on a narrow screen


def taken_apart(evaluation: SparseEvaluation, place: int | None, *, key: str):
    """The held-out image at ``place``, or the first, as a sum of atoms."""
    model = evaluation.model
    if model is None:
        return
    place = 0 if place is None else place
    code, image = evaluation.codes[place], evaluation.data[place][None]
    units = strongest(code, evaluation.above)
    whole = model.decode(code[None])
    title = _title(evaluation, place, float(np.mean((image - whole) ** 2)))
    bias = model.weights["output.bias"][None]
    atoms = np.concatenate([bias, model.weights["output.kernel"][units]])
    sums = np.concatenate([partial_sums(model, code, units), whole, image])
    amounts = [f"{number(float(code[unit]), 2)}<br>h{unit + 1}" for unit in units]
    below = [_("bias"), *("+" for _unit in units), _("all"), _("image")]
    as_images = evaluation.as_images
    parts = [ImageRow(_("atoms"), as_images(atoms))]
    added = [ImageRow(_("sum"), as_images(sums))]
    alt = title + ": " + ", ".join(amount.replace("<br>", " × ") for amount in amounts)
    above = signed_images(look(title, alt=alt), parts, ["1", *amounts, "", ""])
    alt = _("The bias, one atom more in each image, all of them, and the image itself.")
    beneath = grey_images(look("", alt=alt), added, below)
    for figure in (above, beneath):
        figure.update_xaxes(tickfont_size=_SMALL)
    beneath.update_layout(margin_t=4)
    with st.container(gap=None):
        live_plot(above, key=f"{key}.atoms", height=175)
        live_plot(beneath, key=f"{key}.sums", height=110)
    st.caption(
        _(
            "Click on an image in the plane above: here it is taken apart into the atoms of the "
            "units that fire for it, the strongest first; beneath, they are added one by one."
        )
    )


def _title(evaluation: SparseEvaluation, place: int, error: float) -> str:
    name = evaluation.class_names[int(evaluation.labels[place])]
    sentence = (
        _("This “{name}” is a sum of {count} atoms, with an error of {error}")
        if name
        else _("This image is a sum of {count} atoms, with an error of {error}")
    )
    return sentence.format(
        name=escape(name, quote=False),
        count=int(evaluation.counts[place]),
        error=significant(error, 2),
    )


def strongest(code: np.ndarray, above: float) -> list[int]:
    """The units of a code (units,) that fire, the strongest first, at most as many as are shown."""
    order = np.argsort(-code, kind="stable")[:_MOST]
    return [int(unit) for unit in order if code[unit] > above]


def partial_sums(model: Autoencoder, code: np.ndarray, units: list[int]) -> np.ndarray:
    """What is decoded from no unit, from the first, from the first two, ...: (n, features)."""
    codes = np.zeros((len(units) + 1, len(code)))
    for i, unit in enumerate(units):
        codes[i + 1 :, unit] = code[unit]
    return model.decode(codes)
