"""The three cells learn live, and the gradient's way back is drawn epoch by epoch."""

from functools import partial

import numpy as np
import streamlit as st

from core.experiments.gradient_flow.config import CELLS, GradientFlowConfig
from core.figures import style
from core.figures.recurrent.gradient_curves import GradientCurve, gradient_curves
from core.figures.recurrent.gradient_maps import epoch_maps
from core.figures.training import Line
from core.numeric.recurrent.gradient_flow import horizon_steps, log10_or_nan
from pages.recurrent.gradient_flow.quiz import QUESTIONS
from pages.recurrent.gradient_flow.start import NAMES
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.runs.results.bench import pinned
from ui.runs.results.curves import looked_at, run_curves, x_end
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _

_NAME = "gradient-flow"


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        _NAME,
        GradientFlowConfig,
        _draw,
        title=_("Now train all three"),
        strip=("length", "forget_bias", "update_bias", "learning_rate", "epochs"),
        metrics={f"{c}_test_rmse": _("{cell} error").format(cell=n) for c, n in NAMES.items()},
        questions=QUESTIONS,
        prepare=_prepare,
        pending=_("The first rows of the maps appear at the end of the first epoch."),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    names = NAMES.items()
    horizons = {f"{c}_horizon_steps": _("{cell}: horizon").format(cell=n) for c, n in names}
    errors = {f"{c}_test_rmse": _("{cell}: error").format(cell=n) for c, n in names}
    takeaway_section(_NAME, run, metrics=horizons | errors)


def _prepare(config: GradientFlowConfig | None) -> GradientFlowConfig | None:
    """``config``, and how many units and weights the cells have."""
    if config:
        st.caption(
            _("Units: {units}; so all three have about {params} weights.").format(
                units=", ".join(f"{NAMES[c]} {n}" for c, n in config.units().items()),
                params=config.params,
            )
        )
    return config


def _draw(run: Run):
    if not run.epochs:
        return
    _maps(run)
    errors, curves = st.columns(2)
    with errors:
        _errors(run)
    with curves:
        _curves(run)
    _say(run)


def rows(run: Run, key: str) -> tuple[list[int], np.ndarray]:
    """Epochs from 0, the start, and the gradient's relative norms (epochs, time)."""
    first = run.epochs[0].arrays
    return (
        [0, *(epoch.epoch for epoch in run.epochs)],
        np.stack([first[f"start_{key}"], *(epoch.arrays[key] for epoch in run.epochs)]),
    )


def _maps(run: Run):
    keys = {"rnn_hidden": "RNN", "lstm_hidden": "LSTM", "lstm_cell": "LSTM c", "gru_hidden": "GRU"}
    epochs, norms = zip(*(rows(run, key) for key in keys), strict=True)
    figure = partial(
        epoch_maps,
        look(_map_title(run), _("step t"), _("epoch")),
        {key: log10_or_nan(values) for key, values in zip(keys, norms, strict=True)},
        keys,
        epochs[0],
        colour_title=_("|∂L/∂h<sub>t</sub>| relative to t = T"),
        at=looked_at(run),
        y_end=x_end(run),
    )
    live_plot(figure, key="gradient_flow.maps", height=400)


def _map_title(run: Run) -> str:
    metrics, length = run.at.metrics, run.config.length
    whole = [NAMES[c] for c in CELLS if metrics.get(f"{c}_horizon_steps", 0) >= length]
    if whole:
        return _("Epoch {epoch}: the gradient reaches the first step in {cells}").format(
            epoch=run.at.epoch, cells=", ".join(whole)
        )
    steps = ", ".join(
        f"{NAMES[c]} {metrics[f'{c}_horizon_steps']:.0f}"
        for c in CELLS
        if f"{c}_horizon_steps" in metrics
    )
    return _("Epoch {epoch}: steps until it falls below 1%: {steps}").format(
        epoch=run.at.epoch, steps=steps
    )


def _errors(run: Run):
    lines = [
        Line(NAMES[cell], *run.by_epoch(f"{cell}_test_rmse"), cell, style.DASHES[cell])
        for cell in CELLS
    ]
    other = pinned(_NAME)
    if other and other.id != run.id:
        lines += [
            Line(NAMES[cell], *other.by_epoch(f"{cell}_test_rmse"), cell, faint=True)
            for cell in CELLS
        ]
    at = run.at.metrics
    best = min(CELLS, key=lambda cell: at.get(f"{cell}_test_rmse", np.inf))
    title = _("Held out: {cell} {rmse}").format(
        cell=NAMES[best], rmse=significant(at.get(f"{best}_test_rmse", np.nan), 2)
    )
    run_curves(
        run,
        lines,
        key="gradient_flow.errors",
        title=title,
        y_title=_("RMSE"),
        references={_("always answering 1"): run.started.references["baseline_trivial"]},
        height=380,
    )


def _curves(run: Run):
    first, now = run.epochs[0].arrays, run.at.arrays
    curves = [
        GradientCurve(name, cell, "dot", first[f"start_{cell}_hidden"], faint=True)
        for cell, name in NAMES.items()
    ]
    for cell, name in NAMES.items():
        median = now[f"{cell}_hidden"]
        curves.append(
            GradientCurve(name, cell, style.DASHES[cell], median, horizon=horizon_steps(median))
        )
    title = _("After epoch {epoch}; dotted: at the start").format(epoch=run.at.epoch)
    figure = partial(
        gradient_curves,
        look(title, _("step t"), _("|∂L/∂h<sub>t</sub>| relative to t = T")),
        curves,
        threshold_name=_("1%"),
        unchanged_name=_("100%"),
        reach=_("{name}: {steps} steps"),
    )
    live_plot(figure, key="gradient_flow.epoch_curves", height=380)


def _say(run: Run):
    metrics = run.at.metrics
    times = [
        _("{cell}: {seconds} s of training on its own clock").format(
            cell=NAMES[cell], seconds=significant(metrics[f"{cell}_train_s"], 2)
        )
        for cell in CELLS
    ]
    st.caption(" · ".join(times))
    for cell in CELLS:
        if f"{cell}_diverged" in metrics:
            st.warning(
                _(
                    "{cell}: its weights have overflowed. It exploded and learns no more; "
                    "what you see of it is from before. A smaller learning rate or clipping "
                    "would have prevented it."
                ).format(cell=NAMES[cell])
            )
