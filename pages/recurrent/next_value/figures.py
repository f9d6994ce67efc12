"""The figures of the next value: a forecast to be moved over the series, and its error."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.generation import GenerationTask
from core.experiments.next_value.run import Given, series_of, task_of
from core.experiments.next_value.series import SeriesTask
from core.experiments.next_value.task import BASELINES
from core.figures.recurrent.forecasting import (
    Forecasts,
    error_by_horizon,
    forecast_explorer,
    update_of,
)
from core.figures.style import Look
from core.messages import N_
from core.numeric.sequences.baselines import rmse
from ui.components.charts import Choices, live_plot, look
from ui.layout import class_view, the_figure
from ui.notices import significant
from ui.runs.run import Run
from ui.texts import _

NETWORK = "network"
_CLEARLY = 0.02  # a smaller relative difference of two errors is none
_NOTHING = 1e-5  # rounding is all that is left of a smaller error
_EARLIER = 0.15  # of the held-out part's length, shown before it
_FIRST = 0.4  # of the origins, the one that is shown at first
_DATA_FIELDS = ("data", "rule", "family", "window", "target", "horizon", "length", "noise")
_DATA_FIELDS += ("examples", "numbers", "seed", "upload", "column", "period")

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
    return f"{rounded} {_unit(config)}".strip()


def rmse_in(config: NextValueConfig) -> str:
    """The axis title of an error."""
    unit = _unit(config)
    return _("RMSE ({unit})").format(unit=unit) if unit else _("RMSE")


def _unit(config: NextValueConfig) -> str:
    return {"seattle": "°C", "sunspots": _("sunspots")}.get(config.data, "")


def standing(ours: float, best: float) -> str:
    """How an error stands against the best baseline's: "wins", "ties" or "loses"."""
    if ours < best * (1 - _CLEARLY):
        return "wins"
    return "ties" if ours <= best * (1 + _CLEARLY) else "loses"


def task(config: NextValueConfig) -> SeriesTask | GenerationTask:
    """The data of ``config``, with what its baselines tell, kept between reruns."""
    return _task(NextValueConfig(**{name: getattr(config, name) for name in _DATA_FIELDS}))


@st.cache_resource(max_entries=64, ttl=1800, show_spinner=False)
def _task(config: NextValueConfig) -> SeriesTask | GenerationTask:
    made = task_of(config)
    _ = made.baselines  # which it keeps
    return made


@dataclass(frozen=True)
class _Told:
    """What a network tells of the held-out part: arrays of an epoch, by their names."""

    forecasts: np.ndarray
    saliency: np.ndarray
    held_out: np.ndarray


def explore(config: NextValueConfig, run: Run | None):
    """The main figure: one forecast of the held-out part, moved by pointer or arrow keys."""
    data = task(config)
    if isinstance(data, GenerationTask):
        return
    given = series_of(config)
    at = run.at if run and run.epochs else None
    told = _Told(*(at.arrays[field.name] for field in fields(_Told))) if at else None
    words = look(
        _("One forecast, and what came") if at else _("What simple forecasts say"),
        _("steps from where the forecast begins"),
        (given.unit if config.data == "upload" else _unit(config)) or _("value"),
        alt=_(
            "The series with its held-out part; below, one forecast of {steps} steps beside "
            "what came. Move over the upper panel or use the arrow keys for another."
        ).format(steps=data.horizon),
    )
    # Of the settings what is seen: both are made once for all reruns that show the same.
    seen = NextValueConfig(**{name: getattr(config, name) for name in (*_DATA_FIELDS, "cell")})
    upper, height = _years(given, _start(data), data.end), 620
    if class_view():  # the dates say what they are
        upper["title"] = {"text": ""}
        height = height if at else 540  # of two panels the legend is in sight, too
    with the_figure():
        live_plot(
            partial(_explorer, words, seen, told),
            key="next_value.explore",
            height=height,
            room=1,
            layout={"xaxis": upper},
            choices=partial(_choices, seen, told),
        )
    if run and at is None:
        st.caption(_("The first forecasts come at the end of the first epoch."))
    st.caption(
        _(
            "Move over the upper panel or tap it, or use the arrow keys: the forecast begins "
            "there. It goes on from its own answers, without a look at what came."
        )
        + (" " + _("Bars: what it looked at for its first answer.") if at else "")
    )


def _explorer(words: Look, config: NextValueConfig, told: _Told | None) -> go.Figure:
    """The figure as it is at first."""
    data, given = _series(config), series_of(config)
    start, first = _start(data), _first(data)
    one_ahead = None
    if told:
        one_ahead = np.full(data.end - start, np.nan)
        one_ahead[data.cut - start :] = told.held_out
    return forecast_explorer(
        words,
        np.arange(start, data.end),
        data.values[start : data.end],
        one_ahead,
        int(data.origins[first]),
        _forecasts(data, first, told),
        _methods(config, told),
        {
            "series": {"sunspots": _("month"), "seattle": _("day")}.get(config.data, _("step")),
            "gradient": _("gradient"),
            "read": _("read"),
            "came": _("what came"),
            "held_out": _("held out from here on"),
            "filled": _("filled, was missing"),
        },
        cell=config.cell,
        cut=data.cut,
        times=given.times[start : data.end],
        filled=None if given.filled is None else given.filled[start : data.end],
    )


def _choices(config: NextValueConfig, told: _Told | None) -> Choices:
    """The forecasts from all origins, of which one is shown."""
    data, names = _series(config), _methods(config, told)
    times, origins = series_of(config).times, data.origins.tolist()
    shown = [_forecasts(data, i, told) for i in range(len(origins))]
    sentences = [_sentence(times[i], one, names) for i, one in zip(origins, shown, strict=True)]
    updates = [
        update_of(one, i, float(data.values[i]), names)
        for i, one in zip(origins, shown, strict=True)
    ]
    traces = range(len(updates[0]["x"]))
    return Choices(origins, sentences, list(traces), updates, _first(data))


def _series(config: NextValueConfig) -> SeriesTask:
    data = task(config)
    assert isinstance(data, SeriesTask)
    return data


def _start(data: SeriesTask) -> int:
    """The first place of the upper panel."""
    return max(0, data.cut - int(_EARLIER * (data.end - data.cut)) - data.steps)


def _first(data: SeriesTask) -> int:
    """Which of the origins is shown at first."""
    return int(_FIRST * len(data.origins))


def _methods(config: NextValueConfig, told: _Told | None) -> dict[str, str]:
    return method_names(config) if told else baseline_names()


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


def _forecasts(data: SeriesTask, i: int, told: _Told | None) -> Forecasts:
    origin = int(data.origins[i])
    by_method = {name: data.baselines[name][1][i] for name in BASELINES}
    if told:
        by_method = {NETWORK: told.forecasts[i], **by_method}
    gradient = told.saliency[i] if told else None
    return Forecasts(
        data.values[origin - data.steps : origin], data.truth()[i], by_method, gradient
    )


def _years(given: Given, start: int, end: int) -> dict[str, Any]:
    """Plotly's ticks at some places of the upper panel, which are named by their times."""
    if given.times[0].isdecimal():
        return {}
    some = [int(i) for i in np.linspace(start, end - 1, 6)]
    return {"tickvals": some, "ticktext": [given.times[i] for i in some]}


def _sentence(when: str, one: Forecasts, names: Mapping[str, str]) -> str:
    """A forecast in a sentence."""
    parts = [
        _("From {when}: {value} came first").format(when=when, value=significant(one.truth[0]))
    ]
    parts += [
        _("{method} said {value}").format(method=names[name], value=significant(values[0]))
        for name, values in one.by_method.items()
    ]
    return ", ".join(parts)


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
