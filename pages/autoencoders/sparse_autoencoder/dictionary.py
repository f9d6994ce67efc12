"""The dictionary as images, its units one at a time, and an image as a sum of its atoms."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.figures.autoencoders import sparse_autoencoder as figures
from core.figures.autoencoders.sparse_units import (
    ACROSS,
    DOWN,
    MOVING,
    UnitView,
    unit_explorer,
    unit_update,
)
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.sparsity import by_class
from pages.autoencoders.sparse_autoencoder.evaluation import SparseEvaluation
from ui.components.charts import Choices, live_plot, look
from ui.notices import significant
from ui.texts import _, number, percent

_ROW_PIXELS, _LEAST_ROW_PIXELS, _MOST_PIXELS = 44, 16, 700
_PARTS_PIXELS = 340
_MOST = 6  # atoms of an image that are shown


def atoms_figure(evaluation: SparseEvaluation, *, key: str):
    """All atoms, ordered by how often their units fire, the dead ones last and faint."""
    model = evaluation.model
    if model is None:
        return
    order = np.argsort(-evaluation.firing, kind="stable")
    dead = int(np.count_nonzero(evaluation.dead))
    title = (
        _("The dictionary: {units} atoms; the last {dead} are dead")
        if dead
        else _("The dictionary: {units} atoms, none of them dead")
    ).format(units=len(order), dead=dead)
    names = [escape(_unit_name(evaluation, int(unit)), quote=False) for unit in order]
    atoms = evaluation.as_images(model.weights["output.kernel"][order])
    height, width = atoms.shape[1:]
    rows = -(-len(order) // figures.COLUMNS)
    row_pixels = max(_LEAST_ROW_PIXELS, round(_ROW_PIXELS * height / width))
    alt = title + ". " + _("Blue is negative, orange positive; the first fires most often.")
    figure = partial(figures.dictionary, look(title, alt=alt), atoms, evaluation.dead[order], names)
    live_plot(figure, key=key, height=min(_MOST_PIXELS, 70 + row_pixels * rows))


def units_figure(evaluation: SparseEvaluation, *, key: str):
    """For which classes each living unit fires; one of them closer, by pointer or arrow keys."""
    model = evaluation.model
    order = [
        int(unit)
        for unit in by_class(evaluation.activation)
        if evaluation.activation[unit].sum() > 0
    ]
    if model is None or not order:
        return
    titles = (
        _("units, by their best class; bright: mean activation"),
        _("its atom"),
        _("images for which it fires most"),
        _("how often, by class"),
    )
    unit_names = [_unit_name(evaluation, unit) for unit in order]
    views = [
        _view(evaluation, model, unit, name) for unit, name in zip(order, unit_names, strict=True)
    ]
    names = [escape(name, quote=False) for name in evaluation.class_names]
    title = _("For which class does each unit fire?")
    alt = _(
        "Mean activation of {units} units for {classes} classes; below, one unit: its atom, the "
        "images for which it fires most, and how often it fires for each class."
    ).format(units=len(order), classes=len(names))
    table = evaluation.activation[order]
    figure = partial(unit_explorer, look(title, alt=alt), table, names, views[0], titles)
    choices = Choices(
        list(range(len(order))),
        unit_names,
        list(range(MOVING)),
        [unit_update(view, place, names) for place, view in enumerate(views)],
    )
    live_plot(figure, key=key, height=560, choices=choices)
    st.caption(
        _(
            "Move over the upper panel or tap it, or use the arrow keys: the unit there is shown "
            "below."
        )
    )


def _view(evaluation: SparseEvaluation, model: Autoencoder, unit: int, label: str) -> UnitView:
    activations = evaluation.codes[:, unit]
    places = np.argsort(-activations, kind="stable")[: ACROSS * DOWN]
    places = places[activations[places] > evaluation.above]
    images = evaluation.as_images(evaluation.data[places])
    atom = model.weights["output.kernel"][unit].reshape(model.architecture.shape)
    name = escape(label, quote=False).replace(", ", ",<br>", 1)
    return UnitView(name, atom, images, evaluation.class_firing[unit])


def _unit_name(evaluation: SparseEvaluation, unit: int) -> str:
    if evaluation.dead[unit]:
        return _("z{unit}: dead, it fires for no training image").format(unit=number(unit + 1, 0))
    name = _("z{unit}: fires for {share} of the images").format(
        unit=number(unit + 1, 0), share=percent(float(evaluation.firing[unit]))
    )
    names = evaluation.class_names
    if len(names) == 1 or not evaluation.class_firing[unit].any():
        return name
    best = int(evaluation.class_firing[unit].argmax())
    return name + _(", most often for “{name}” ({share})").format(
        name=names[best], share=percent(float(evaluation.class_firing[unit, best]))
    )


def taken_apart(evaluation: SparseEvaluation, place: int, *, key: str):
    """The held-out image at ``place``, by its code, as a sum of atoms."""
    model = evaluation.model
    if model is None:
        return
    code, image = evaluation.codes[place], evaluation.data[place][None]
    units = strongest(code, evaluation.above)
    whole = model.decode(code[None])
    name = evaluation.class_names[int(evaluation.labels[place])]
    sentence = (
        _("This “{name}” is a sum of {count} of {units} atoms, with an error of {error}")
        if name
        else _("This image is a sum of {count} of {units} atoms, with an error of {error}")
    )
    title = sentence.format(
        name=escape(name, quote=False),
        count=int(evaluation.counts[place]),
        units=len(code),
        error=significant(float(np.mean((image - whole) ** 2)), 2),
    )
    bias = model.weights["output.bias"][None]
    atoms = np.concatenate([bias, model.weights["output.kernel"][units]])
    sums = np.concatenate([partial_sums(model, code, units), whole, image])
    amounts = [f"{number(float(code[unit]), 2)}<br>d{unit + 1}" for unit in units]
    below = [
        _("bias"),
        *(f"+ {amount}" for amount in amounts),
        _("all {count}").format(count=int(evaluation.counts[place])),
        _("image"),
    ]
    alt = ". ".join(
        [
            title + ": " + ", ".join(amount.replace("<br>", " × ") for amount in amounts),
            _("The bias, one atom more in each image, all of them, and the image itself."),
        ]
    )
    figure = partial(
        figures.taken_apart,
        look(title, alt=alt),
        code,
        [(_("atoms"), evaluation.as_images(atoms))],
        [(_("sum"), evaluation.as_images(sums))],
        below,
        code_name=_("code"),
        told=[f"z{unit + 1} = {number(float(value), 2)}" for unit, value in enumerate(code)],
    )
    live_plot(figure, key=f"{key}.atoms", height=_PARTS_PIXELS, room=1, tallest=0.65)


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
