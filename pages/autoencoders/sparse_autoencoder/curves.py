"""How a run learns, what sparsity costs, and how many units an image lights."""

from functools import partial

import numpy as np

from core.experiments.sparse_autoencoder.config import SparseAutoencoderConfig
from core.figures.autoencoders.sparse_autoencoder import (
    ERROR_TICKS,
    LEAST_ERROR,
    Points,
    active_histogram,
    error_against_sparsity,
)
from core.figures.training import Line
from core.messages import N_
from core.numeric.principal import errors_by_components
from pages.autoencoders.sparse_autoencoder.evaluation import (
    SparseEvaluation,
    shipped,
    sweeps,
)
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.runs.results.bench import ended_runs, run_name
from ui.runs.results.curves import pinned_lines, run_curves
from ui.runs.run import Run
from ui.texts import _, number

_LESSON, _KEY = "sparse-autoencoder", "sparse_autoencoder"
_PENALTIES = {"l1": "L1", "kl": "KL", "none": N_("no penalty")}
_SETTINGS = {"l1": "λ", "kl": "ρ", "none": ""}
_MARKS = {"l1": ("solid", "circle"), "kl": ("dash", "square")}  # lines and symbols of sweeps


def error_curve(run: Run):
    """Held-out and training error by epoch, and PCA's with as many components as units fire."""
    epochs, by_pca = run.by_epoch("pca_mse")
    by_pca = np.where(by_pca < LEAST_ERROR, np.nan, by_pca)
    title = alt = _("The network has just begun")
    if run.epochs:
        metrics = run.at.metrics
        words = (
            _("With {active} units per image its error is below PCA's")
            if metrics["mse"] < metrics["pca_mse"]
            else _("With {active} units per image its error is above PCA's")
        )
        title = words.format(active=number(metrics["active_units"], 1))
        alt = f"{title}. " + _("Held-out error {mse}, PCA's {pca}.").format(
            mse=significant(metrics["mse"]), pca=significant(metrics["pca_mse"])
        )
    run_curves(
        run,
        [
            *pinned_lines(run, lambda other: other.by_epoch("mse")),
            Line(_("training"), *run.by_epoch("train_mse"), "autoencoder", dash="dot"),
            Line(_("PCA"), epochs, by_pca, "pca", dash="longdashdot"),
            Line(_("held-out"), *run.by_epoch("mse"), "autoencoder"),
        ],
        key=f"{_KEY}.curve",
        title=title,
        y_title=_("error (MSE)"),
        alt=alt,
        log_y=True,
        y_axis={"tickvals": ERROR_TICKS, "tickformat": "~g"},
        height=360,
    )


def sparsity_plane(run: Run | None):
    """Error over active units: PCA, what was recorded, the visit's runs, and this one's way."""
    mine = run if run and run.epochs else None
    if mine:
        errors = mine.epochs[0].arrays["pca_errors"]
    elif evaluation := shipped():
        errors = errors_by_components(evaluation.pca, evaluation.data)
    else:
        return
    groups = _recorded(mine) + _of_the_visit(mine)
    if mine:
        groups += _of(mine)
    title = _("Fewer units, more error: where is it below PCA?")
    alt = ". ".join([title, *(f"{group.name}: {group.notes[-1]}" for group in groups)])
    figure = partial(
        error_against_sparsity,
        look(
            title,
            _("active units or components ({scale})").format(scale=_("log")),
            _("held-out error (MSE, {scale})").format(scale=_("log")),
            alt,
        ),
        errors,
        groups,
        pca_name=_("PCA"),
        pca_note=_("PCA with {k} components: {mse}").format(k="%{x}", mse="%{y:.3g}"),
    )
    live_plot(figure, key=f"{_KEY}.tradeoff", height=460)


def _recorded(run: Run | None) -> list[Points]:
    """The sweeps that come with the shipped network, where they are of the same images."""
    if _images(run) != _images(None):
        return []
    return [
        _swept(
            points,
            penalty,
            _("{penalty}, recorded").format(penalty=_PENALTIES[penalty]),
            *_MARKS[penalty],
        )
        for penalty, points in sweeps().items()
    ]


def _swept(points: np.ndarray, penalty: str, name: str, line: str, symbol: str) -> Points:
    setting = f"{_(_PENALTIES[penalty])}, {_SETTINGS[penalty]}"
    notes = [
        _note(active, mse, f"{setting} = {significant(float(value), 3)}")
        for value, active, mse in points
    ]
    active, errors = points.T[1:]
    return Points(name, active, errors, notes, line=line, symbol=symbol, hollow=True)


def _note(active: float, mse: float, what: str) -> str:
    return _("{what}: {active} units, error {mse}").format(
        what=what, active=number(float(active), 1), mse=significant(float(mse), 3)
    )


def _of_the_visit(run: Run | None) -> list[Points]:
    """The other ended runs of the visit, on the same images."""
    runs = ended_runs(_LESSON)
    same = [
        other
        for other in runs
        if other.last and (run is None or other.id != run.id) and _images(other) == _images(run)
    ]
    if not same:
        return []
    active, errors = (
        np.array([other.epochs[-1].metrics[name] for other in same])
        for name in ("active_units", "mse")
    )
    notes = [
        _note(a, e, run_name(other, runs)) for a, e, other in zip(active, errors, same, strict=True)
    ]
    return [Points(_("your other runs"), active, errors, notes, symbol="triangle-up", size=11)]


def _images(run: Run | None) -> tuple[str, str, int]:
    """What tells a run's images from others'; None: those of the shipped network."""
    config = run.config if run else SparseAutoencoderConfig()
    return config.data, config.upload, config.seed


def _of(run: Run) -> list[Points]:
    """The run's way through the epochs, where it stands, and the networks of its sweep."""
    upto = [epoch for epoch in run.epochs if epoch.epoch <= run.at.epoch]
    active, errors = (run.by_epoch(name)[1][: len(upto)] for name in ("active_units", "mse"))
    name = _(_PENALTIES[run.config.penalty])
    notes = [
        _note(a, e, _("epoch {epoch}").format(epoch=epoch.epoch))
        for a, e, epoch in zip(active, errors, upto, strict=True)
    ]
    points = run.at.arrays["points"]
    groups = []
    if len(points) > 1:
        groups.append(
            _swept(points, run.config.penalty, _("the sweep of this run"), "dot", "diamond")
        )
    way = Points(_("its way, epoch by epoch"), active, errors, notes, "accent", size=4)
    here = Points(
        _("this run ({penalty})").format(penalty=name),
        active[-1:],
        errors[-1:],
        notes[-1:],
        symbol="diamond",
        size=15,
    )
    return [*groups, way, here]


def histogram(evaluation: SparseEvaluation, *, key: str):
    """How many units fire for a held-out image."""
    low, high = (int(n) for n in np.percentile(evaluation.counts, (5, 95)))
    title = _("Nine images in ten activate {low} to {high} of {units} units").format(
        low=low, high=high, units=evaluation.k
    )
    figure = partial(
        active_histogram,
        look(title, _("units that fire"), _("images")),
        evaluation.counts,
        mean_name=_("mean {mean}").format(mean=number(float(evaluation.counts.mean()), 1)),
    )
    live_plot(figure, key=key, height=300)
