"""One forecast of the held-out part, moved over the series by pointer, finger or arrow keys."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.generation import GenerationTask
from core.experiments.next_value.run import Given, series_of
from core.experiments.next_value.series import SeriesTask
from core.experiments.next_value.task import BASELINES
from core.figures.recurrent.forecasting import Forecasts, forecast_explorer, seen_digits, update_of
from core.figures.style import Look
from pages.recurrent.next_value.figures import (
    DATA_FIELDS,
    NETWORK,
    baseline_names,
    method_names,
    task,
    unit_of,
)
from ui.components.charts import Choices, live_plot, look
from ui.layout import class_view, the_figure
from ui.notices import significant
from ui.runs.run import Run
from ui.texts import _

_EARLIER = 0.15  # of the held-out part's length, shown before it
_FIRST = 0.4  # of the origins, the one that is shown at first


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
        (given.unit if config.data == "upload" else unit_of(config)) or _("value"),
        alt=_(
            "The series with its held-out part; below, one forecast of {steps} steps beside "
            "what came. Move over the upper panel or use the arrow keys for another."
        ).format(steps=data.horizon),
    )
    # Of the settings what is seen: both are made once for all reruns that show the same.
    seen = NextValueConfig(**{name: getattr(config, name) for name in (*DATA_FIELDS, "cell")})
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
        _forecasts(data, told)[first],
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
    shown = _forecasts(data, told)
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


def _forecasts(data: SeriesTask, told: _Told | None) -> list[Forecasts]:
    """What is forecast from each origin on."""
    read, truth = seen_digits(data.values), seen_digits(data.truth())
    methods = {name: data.baselines[name][1] for name in BASELINES}
    if told:
        methods = {NETWORK: told.forecasts, **methods}
    methods = {name: seen_digits(values) for name, values in methods.items()}
    return [
        Forecasts(
            read[origin - data.steps : origin],
            truth[i],
            {name: values[i] for name, values in methods.items()},
            told.saliency[i] if told else None,
        )
        for i, origin in enumerate(data.origins.tolist())
    ]


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
