"""The dictionary as images, and its units one at a time: for which classes, for which images."""

from html import escape

import numpy as np
import streamlit as st

from core.figures.autoencoders.sparse_autoencoder import COLUMNS, dictionary
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
from ui.texts import _, number, percent

_ROW_PIXELS, _LEAST_ROW_PIXELS, _MOST_PIXELS = 44, 16, 700


def atoms_figure(evaluation: SparseEvaluation, *, key: str):
    """All atoms, ordered by how often their units fire, the dead ones last and faint."""
    model = evaluation.model
    if model is None:
        return
    order = np.argsort(-evaluation.firing, kind="stable")
    dead = int(np.count_nonzero(evaluation.dead))
    title = _title(len(order), dead)
    names = [escape(_unit_name(evaluation, int(unit)), quote=False) for unit in order]
    atoms = evaluation.atoms(model)[order]
    height, width = atoms.shape[1:]
    rows = -(-len(order) // COLUMNS)
    row_pixels = max(_LEAST_ROW_PIXELS, round(_ROW_PIXELS * height / width))
    alt = title + ". " + _("Blue is negative, orange positive; the first fires most often.")
    figure = dictionary(look(title, alt=alt), atoms, evaluation.dead[order], names)
    live_plot(figure, key=key, height=min(_MOST_PIXELS, 70 + row_pixels * rows))


def _title(units: int, dead: int) -> str:
    if dead == 0:
        return _("The dictionary: {units} atoms, none of them dead").format(units=units)
    return _("The dictionary: {units} atoms; the last {dead} are dead").format(
        units=units, dead=dead
    )


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
    figure = unit_explorer(look(title, alt=alt), table, names, views[0], titles)
    choices = Choices(
        list(range(len(order))),
        unit_names,
        list(range(MOVING)),
        [unit_update(view, place, names) for place, view in enumerate(views)],
    )
    live_plot(figure, key=key, height=560, choices=choices)
    st.caption(
        _("Move over the upper panel, or use the arrow keys: the unit there is shown beneath.")
    )


def _view(evaluation: SparseEvaluation, model: Autoencoder, unit: int, name: str) -> UnitView:
    activations = evaluation.codes[:, unit]
    strongest = np.argsort(-activations, kind="stable")[: ACROSS * DOWN]
    strongest = strongest[activations[strongest] > evaluation.above]
    images = evaluation.as_images(evaluation.data[strongest])
    atom = model.weights["output.kernel"][unit].reshape(model.architecture.shape)
    name = escape(name, quote=False).replace(", ", ",<br>", 1)
    return UnitView(name, atom, images, evaluation.class_firing[unit])


def _unit_name(evaluation: SparseEvaluation, unit: int) -> str:
    if evaluation.dead[unit]:
        return _("h{unit}: dead, it fires for no image that was learned from").format(
            unit=number(unit + 1, 0)
        )
    name = _("h{unit}: fires for {share} of the images").format(
        unit=number(unit + 1, 0), share=percent(float(evaluation.firing[unit]))
    )
    names = evaluation.class_names
    if len(names) == 1 or not evaluation.class_firing[unit].any():
        return name
    best = int(evaluation.class_firing[unit].argmax())
    return name + _(", most often for “{name}” ({share})").format(
        name=names[best], share=percent(float(evaluation.class_firing[unit, best]))
    )
