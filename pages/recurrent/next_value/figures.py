"""The data of the next value as its figures show them: what they are called, and the error."""

from collections.abc import Mapping
from functools import partial

import numpy as np
import streamlit as st

from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.generation import GenerationTask
from core.experiments.next_value.run import task_of
from core.experiments.next_value.series import SeriesTask
from core.experiments.next_value.task import BASELINES
from core.figures.recurrent.forecasting import error_by_horizon
from core.messages import N_
from core.numeric.sequences.baselines import rmse
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.runs.run import Run
from ui.texts import _

NETWORK = "network"
_CLEARLY = 0.02  # a smaller relative difference of two errors is none
_NOTHING = 1e-5  # rounding is all that is left of a smaller error
# Settings that the data depend on.
DATA_FIELDS = ("data", "rule", "family", "window", "target", "horizon", "length", "noise")
DATA_FIELDS += ("examples", "numbers", "seed", "upload", "column", "period")

_LARGER = N_(
    "The held-out numbers are larger than any that were learned from. The linear equation is "
    "exact at any size; a hidden state between −1 and 1 knows only the sizes it has met."
)
WHY = {
    "sunspots": N_(
        "Sunspots follow a cycle of about eleven years that is never quite the same, so last "
        "cycle is a poor guess. From month to month they scatter, and no method can foresee the "
        "scatter: what is left to learn beyond a linear equation is little."
    ),
    "seattle": N_(
        "Tomorrow is mostly like today, drawn a little towards the season: that is nearly linear, "
        "so the linear equation is hard to beat, and the same day of last year is no help."
    ),
    "sine": N_(
        "A sine is exactly linear in its last two values; averaging over more of them removes the "
        "noise. The linear equation is the right model here, and nothing can do better than the "
        "noise itself."
    ),
    "upload": N_(
        "Where the linear equation wins, the series is nearly linear in its past or too short to "
        "learn more from."
    ),
    "arithmetic": _LARGER,
    "alternating": _LARGER,
    "modular": N_(
        "The series repeats after 30 numbers: with a window of 30 or more, the last season and the "
        "linear equation copy it without an error."
    ),
    "chaotic": N_(
        "The next number is a parabola of the last. No straight line comes near it, so the linear "
        "equation can only guess the mean; a network can learn the curve."
    ),
    "new_arithmetic": N_(
        "Last number plus the step of an example: this is a linear equation, and least squares "
        "finds it without an error. A network can only come near; rounded, that may be enough."
    ),
    "new_alternating": N_(
        "Last number plus the step that stands at the same place of an example: this is a linear "
        "equation, too, and least squares finds it without an error."
    ),
    "new_modular": N_(
        "From 19 on it goes on at 0: a jump that no linear equation can make, and a hard one for a "
        "network as well, since the step may hide behind it."
    ),
    "new_mixed": N_(
        "Which kind of rule it is must be seen in the examples first; one linear equation cannot "
        "serve all kinds."
    ),
}


def baseline_names() -> dict[str, str]:
    """Name of a baseline -> what people call it."""
    return {
        "last_value": _("last value"),
        "seasonal_naive": _("last season"),
        "linear_ar": _("linear equation"),
    }


def with_unit(config: NextValueConfig, value: float) -> str:
    """A value of the data's as people read it."""
    rounded = significant(value) if abs(value) >= _NOTHING else "0"
    return f"{rounded} {unit_of(config)}".strip()


def rmse_in(config: NextValueConfig) -> str:
    """The axis title of an error."""
    unit = unit_of(config)
    return _("RMSE ({unit})").format(unit=unit) if unit else _("RMSE")


def unit_of(config: NextValueConfig) -> str:
    """What the values are counted in; "" where that is not known."""
    return {"seattle": "°C", "sunspots": _("sunspots")}.get(config.data, "")


def standing(ours: float, best: float) -> str:
    """How an error stands against the best baseline's: "wins", "ties" or "loses"."""
    if ours < best * (1 - _CLEARLY):
        return "wins"
    return "ties" if ours <= best * (1 + _CLEARLY) else "loses"


def task(config: NextValueConfig) -> SeriesTask | GenerationTask:
    """The data of ``config``, with what its baselines tell, kept between reruns."""
    return _task(NextValueConfig(**{name: getattr(config, name) for name in DATA_FIELDS}))


@st.cache_resource(max_entries=64, ttl=1800, show_spinner=False, hash_funcs={NextValueConfig: repr})
def _task(config: NextValueConfig) -> SeriesTask | GenerationTask:
    made = task_of(config)
    _ = made.baselines  # which it keeps
    return made


def errors(config: NextValueConfig, run: Run | None):
    """The error against the steps ahead, of the network and of the baselines."""
    data = task(config)
    truth = data.truth()
    curves = {name: rmse(data.baselines[name][1], truth, axis=0) for name in BASELINES}
    if run and run.epochs:
        curves = {NETWORK: run.at.arrays["rmse_by_horizon"], **curves}
    figure = partial(
        error_by_horizon,
        look(_errors_title(curves), _("steps ahead"), rmse_in(config)),
        curves,
        method_names(config),
        cell=config.cell,
        spread=(_("spread of what came"), float(truth.std())),
    )
    live_plot(figure, key="next_value.errors", height=380)


def method_names(config: NextValueConfig) -> dict[str, str]:
    """Name of the network and of each baseline -> what people call it."""
    return {NETWORK: config.cell.upper(), **baseline_names()}


def _errors_title(curves: Mapping[str, np.ndarray]) -> str:
    ours = curves.get(NETWORK)
    if ours is None:
        return _("The error, step after step")
    best = min(float(curves[name][-1]) for name in BASELINES)
    return {
        "wins": _("At {steps} steps: network best"),
        "ties": _("At {steps} steps: no difference"),
        "loses": _("At {steps} steps: simple is best"),
    }[standing(float(ours[-1]), best)].format(steps=len(ours))
